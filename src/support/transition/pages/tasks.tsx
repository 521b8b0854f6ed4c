import type { Through } from '../../../subjects/index.ts'
import { Details, fill, Link, Tag, WarningText, type Ask } from '../../../web/index.ts'
import { counted, dayOf } from '../../plan/pages/dates.ts'
import type { Eighteen } from '../gather.ts'
import { answerLabel, isLate, isOpen, taskCalled, type Task } from '../transition.ts'

type Shown = { ask: Ask; at: Through; told: Eighteen }

/** What is open, the first due first, with who carries each on both sides; what is done below. */
export const Tasks = ({ ask, at, told }: Shown) => {
  const words = ask.w.eighteen.tasks
  const open = told.tasks.filter(isOpen)
  const done = told.tasks.filter((task) => !isOpen(task))
  const consent = open.find(({ code }) => taskCalled(code)?.beforeBirthday)
  return (
    <section class="trellis-told" aria-labelledby="to-do">
      <h2 class="govuk-heading-m trellis-told__title" id="to-do">
        {words.title}
      </h2>
      {consent && told.frame === 'child' && (
        <WarningText>
          {fill(isLate(consent, at.today) ? words.beforeBirthdayLate : words.beforeBirthday, {
            task: taskCalled(consent.code)!.label,
            day: dayOf(ask, consent.due_on),
          })}
        </WarningText>
      )}
      {open.length === 0 && <p class="govuk-body">{words.none}</p>}
      <Rows ask={ask} at={at} told={told} tasks={open.slice(0, atOnce)} />
      {open.length > atOnce && (
        <Details summary={counted(words.more, open.length - atOnce)}>
          <Rows ask={ask} at={at} told={told} tasks={open.slice(atOnce)} />
        </Details>
      )}
      {done.length > 0 && (
        <Details summary={words.finished.replace('{count}', String(done.length))}>
          <ul class="trellis-rows">
            {done.map((task) => (
              <Done ask={ask} at={at} told={told} task={task} />
            ))}
          </ul>
        </Details>
      )}
    </section>
  )
}

/** The first due are what to do next; what is folded can wait longest. */
const atOnce = 4

const Rows = ({ tasks, ...shown }: Shown & { tasks: readonly Task[] }) => (
  <ul class="trellis-rows">
    {tasks.map((task) => (
      <Row {...shown} task={task} />
    ))}
  </ul>
)

const hrefOf = (ask: Ask, at: Through, { id }: Task): string =>
  ask.href(`/people/${at.subject.id}/eighteen/tasks/${id}`)

/** By when; once the day has gone by, that it was due. */
export const dueIn = (ask: Ask, task: Task, today: string): string =>
  fill(isLate(task, today) ? ask.w.eighteen.tasks.was : ask.w.plan.due, { day: dayOf(ask, task.due_on) })

const Row = ({ ask, at, told, task }: Shown & { task: Task }) => {
  const words = ask.w.eighteen
  return (
    <li class="trellis-row">
      <div>
        <Link href={hrefOf(ask, at, task)}>{taskCalled(task.code)?.label ?? task.code}</Link>
        <span class="trellis-row__more">
          <time dateTime={task.due_on}>{dueIn(ask, task, at.today)}</time>
          <br />
          {fill(words.owners.together, told.together(task.id))}
        </span>
      </div>
      {isLate(task, at.today) && (
        <div class="trellis-row__tags">
          <Tag classes="govuk-tag--orange">{words.tasks.late}</Tag>
        </div>
      )}
    </li>
  )
}

const Done = ({ ask, at, told, task }: Shown & { task: Task }) => {
  const words = ask.w.eighteen.tasks
  return (
    <li class="trellis-row">
      <div>
        <Link href={hrefOf(ask, at, task)}>{taskCalled(task.code)?.label ?? task.code}</Link>
        {task.answer && <p class="govuk-body govuk-!-margin-bottom-1">{answerLabel(task.answer)}</p>}
        {task.words && (
          <p class="govuk-body trellis-words govuk-!-margin-bottom-1" dir="auto">
            {task.words}
          </p>
        )}
        <span class="trellis-row__more">
          {fill(words.by[task.outcome as 'done'], {
            name: told.nameOf(task.said_by),
            day: dayOf(ask, task.said_at!.toISOString().slice(0, 10)),
          })}
        </span>
      </div>
    </li>
  )
}
