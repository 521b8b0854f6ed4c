import type { ComponentChildren } from 'preact'
import { newId } from '../../platform/index.ts'
import {
  Button,
  Checkboxes,
  DateBoxes,
  errorFor,
  fill,
  Form,
  Radios,
  Textarea,
  ticked,
  typed,
  type Ask,
  type FieldError,
} from '../../web/index.ts'
import type { Hint } from './language-aid.ts'
import type { Question, Said } from './question.ts'

type Asked = {
  question: Question
  said: Said
  read: readonly number[]
  hints: readonly Hint[]
  /** What stands above it, and below: where a form has rows of several questions. */
  before?: ComponentChildren
  after?: ComponentChildren
}

/**
 * The form of one part. It saves itself five seconds after the last word where there is JavaScript (web/client/writing.ts);
 * the buttons do the same without. `ask.form` holds what is shown in its boxes.
 * @param goOn the words of its first button, where it does not lead to a next part
 * @param one the words of its button, where two texts are made one: only somebody who presses it does that
 */
export const Writes = (props: {
  ask: Ask
  asked: readonly Asked[]
  errors: readonly FieldError[]
  goOn?: string
  one?: string
}) => {
  const { ask, asked, errors, goOn, one: button } = props
  const words = ask.w.writing
  return (
    <Form ask={ask} class={button ? undefined : 'trellis-writes'} id="writing">
      <input type="hidden" name="sitting" value={typed(ask.form, 'sitting') || newId()} />
      {asked.map((one) => (
        <>
          {one.before}
          <input
            type="hidden"
            name={`v-${one.question.name}`}
            // What was typed belongs to what was read when the typing began, though something newer stands by now.
            value={
              ask.form[`v-${one.question.name}`] === undefined
                ? one.read.join(' ')
                : typed(ask.form, `v-${one.question.name}`)
            }
          />
          <Answer ask={ask} {...one} errors={errors} />
          {one.after}
        </>
      ))}
      <p
        class="govuk-hint trellis-writes__state"
        role="status"
        data-saved={words.saved}
        data-unsaved={words.unsaved}
        data-beside={words.besideNow}
        data-away={words.away}
        data-out={words.out}
        data-instead={words.insteadLine}
      />
      <div class="govuk-button-group">
        <Button name="do" value="go on" preventDoubleClick>
          {button ?? goOn ?? words.goOn}
        </Button>
        {!button && (
          <Button name="do" value="later" preventDoubleClick classes="govuk-button--secondary">
            {words.later}
          </Button>
        )}
      </div>
    </Form>
  )
}

const Answer = ({ ask, question, said, hints, errors }: Asked & { ask: Ask; errors: readonly FieldError[] }) => {
  const { name, kind, codes = [], rows = 6 } = question
  const items = codes.map((value) => ({ value, text: said.codes?.[value] ?? value }))
  const legend = { legend: { text: said.label, classes: 'govuk-fieldset__legend--s' } }
  const errorMessage = errorFor(errors, name)
  if (kind === 'date')
    return <DateBoxes ask={ask} name={name} legend={said.label} hint={said.hint} form={ask.form} errors={errors} />
  if (kind === 'one')
    return (
      <Radios
        name={name}
        fieldset={legend}
        hint={said.hint}
        value={typed(ask.form, name)}
        errorMessage={errorMessage}
        items={items}
      />
    )
  if (kind === 'several')
    return (
      <Checkboxes
        name={name}
        fieldset={legend}
        hint={said.hint}
        values={ticked(ask.form, name)}
        errorMessage={errorMessage}
        items={items}
      />
    )
  return (
    <>
      <Textarea
        name={name}
        label={{ text: said.label, classes: 'govuk-label--s' }}
        hint={said.hint}
        rows={rows}
        value={typed(ask.form, name)}
        errorMessage={errorMessage}
      />
      <div class="trellis-aid" data-aid={name} aria-live="polite">
        <Hints ask={ask} hints={hints} />
      </div>
    </>
  )
}

/** What one could write instead, beneath what was written. It stops nobody. */
export const Hints = ({ ask, hints }: { ask: Ask; hints: readonly Hint[] }): ComponentChildren =>
  hints.length === 0 ? null : (
    <ul class="govuk-list trellis-aid__list">
      {hints.map((hint) => (
        <li>{hintLine(ask, hint)}</li>
      ))}
    </ul>
  )

export const hintLine = (ask: Ask, { found, instead, why }: Hint): string =>
  fill(ask.w.writing.insteadLine, { found, instead, why })
