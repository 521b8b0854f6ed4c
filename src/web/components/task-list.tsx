import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { safeHref } from './safe-href.ts'
import { hasWords, worded, type Worded } from './words.ts'

export type Task = {
  title: Worded
  hint?: Worded
  /** Words, or a `<Tag>`. */
  status: Worded
  href?: string
  classes?: string
}

type TaskListProps = { items: Optional<Task>[]; idPrefix?: string; classes?: string; attributes?: Attributes }

export const TaskList = ({ items, idPrefix = 'task-list', classes, attributes }: TaskListProps) => (
  <ul class={classNames('govuk-task-list', classes)} {...attributes}>
    {items.map((task, index) => task && <Item {...task} id={`${idPrefix}-${index + 1}`} />)}
  </ul>
)

const Item = ({ id, title, hint, status, href, classes }: Task & { id: string }) => {
  const name = worded(title)
  const state = worded(status)
  const { text: hintText } = worded(hint)
  const hintId = hasWords(hintText) ? `${id}-hint` : undefined
  const statusId = `${id}-status`
  return (
    <li class={classNames('govuk-task-list__item', href && 'govuk-task-list__item--with-link', classes)}>
      <div class="govuk-task-list__name-and-hint">
        {href ? (
          <a
            class={classNames('govuk-link govuk-task-list__link', name.classes)}
            href={safeHref(href)}
            aria-describedby={classNames(hintId, statusId)}
          >
            {name.text}
          </a>
        ) : (
          <div class={name.classes}>{name.text}</div>
        )}
        {hintId && (
          <div id={hintId} class="govuk-task-list__hint">
            {hintText}
          </div>
        )}
      </div>
      <div class={classNames('govuk-task-list__status', state.classes)} id={statusId}>
        {state.text}
      </div>
    </li>
  )
}
