import type { ComponentChildren } from 'preact'
import { Both, Writes, type Hint } from '../../../support/index.ts'
import { Button, fill, type Ask, type FieldError } from '../../../web/index.ts'
import type { Part } from '../parts.ts'
import type { ChangeRow, IssueRow } from '../read.ts'
import type { Asked } from './asks.ts'

type Shown = Asked & { read: readonly number[]; hints: readonly Hint[] }
type Two = { name: string; label: string; texts: readonly { id: string; by: string; words: string }[] }

/** The form of one page: each point and change with what can be done to it, and what two people wrote side by side. */
export const PartForm = (props: {
  ask: Ask
  part: Part
  rows: { issues: readonly IssueRow[]; changes: readonly ChangeRow[] }
  asked: readonly Shown[]
  two: readonly Two[]
  errors: readonly FieldError[]
}) => {
  const { ask, part, rows, asked, two, errors } = props
  const words = ask.w.learningReport.form
  const list = 'list' in part ? part.list : undefined
  const below = (one: Shown, i: number): ComponentChildren => {
    const isLast = one.row !== undefined && asked[i + 1]?.row !== one.row
    const both = two.find(({ name }) => name === one.question.name)
    return (
      <>
        {both && <SideBySide ask={ask} {...both} />}
        {isLast &&
          (list === 'issues' ? (
            <IssueButtons ask={ask} issue={one.row!} rows={rows.issues} />
          ) : (
            <Drop ask={ask} change={one.row!} at={rows.changes} />
          ))}
        {list && i === asked.length - 1 && (
          <p class="govuk-button-group" id="add">
            <Press does={list === 'issues' ? 'add-issue' : 'add-change'}>
              {list === 'issues' ? words.issues.add : words.changes.add}
            </Press>
          </p>
        )}
      </>
    )
  }
  return (
    <Writes
      ask={ask}
      asked={asked.map((one, i) => ({
        ...one,
        before: (
          <>
            {/* Return in a choice presses the first button of a form: it shall not move a point. */}
            {i === 0 && <FirstButton />}
            {one.first && <hr class="govuk-section-break govuk-section-break--m govuk-section-break--visible" />}
          </>
        ),
        after: below(one, i),
      }))}
      errors={errors}
    />
  )
}

const FirstButton = () => (
  <button class="govuk-visually-hidden" name="do" value="go on" tabIndex={-1} aria-hidden="true" />
)

const Press = ({ does, id = '', children }: { does: string; id?: string; children: ComponentChildren }) => (
  <Button
    name="press"
    value={`${does} ${id}`.trim()}
    classes="govuk-button--secondary trellis-small-button"
    preventDoubleClick
  >
    {children}
  </Button>
)

const IssueButtons = ({ ask, issue, rows }: { ask: Ask; issue: string; rows: readonly IssueRow[] }) => {
  const words = ask.w.learningReport.form.issues
  const own = rows.find(({ id }) => id === issue)
  const siblings = rows.filter(({ parent_id }) => parent_id === (own?.parent_id ?? null))
  const at = siblings.findIndex(({ id }) => id === issue)
  const isTop = own?.parent_id === null
  const parents = rows.filter(({ parent_id }) => parent_id === null)
  const point = isTop ? String(at + 1) : `${parents.findIndex(({ id }) => id === own?.parent_id) + 1}.${at + 1}`
  const press = (does: 'up' | 'down' | 'in' | 'out' | 'under' | 'remove') => (
    <Press does={does} id={issue}>
      {words.moves[does]} <span class="govuk-visually-hidden">{fill(words.ofPoint, { point })}</span>
    </Press>
  )
  return (
    <div class="govuk-button-group">
      {at > 0 && press('up')}
      {at < siblings.length - 1 && press('down')}
      {isTop && at > 0 && press('in')}
      {!isTop && press('out')}
      {isTop && press('under')}
      {press('remove')}
    </div>
  )
}

const Drop = ({ ask, change, at }: { ask: Ask; change: string; at: readonly ChangeRow[] }) => {
  const words = ask.w.learningReport.form.changes
  return (
    <div class="govuk-button-group">
      <Press does="drop" id={change}>
        {fill(words.remove, { change: at.findIndex(({ id }) => id === change) + 1 })}
      </Press>
    </div>
  )
}

const SideBySide = ({ ask, name, label, texts }: Two & { ask: Ask }) => {
  const words = ask.w.learningReport.form.two
  return (
    <section aria-label={fill(words.title, { field: label })}>
      <p class="govuk-body">{words.intro}</p>
      <Both texts={texts} />
      <div class="govuk-button-group">
        <Press does="join" id={name}>
          {words.join} <span class="govuk-visually-hidden">{fill(words.title, { field: label })}</span>
        </Press>
      </div>
    </section>
  )
}
