import {
  Button,
  Checkboxes,
  errorFor,
  fill,
  Form,
  Input,
  Radios,
  ticked,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import type { Standing } from '../ready.ts'
import type { Side } from '../sides.ts'
import { dayOf } from './days.ts'
import type { At } from './frame.tsx'

/** Signing the version that was read, for the side that the viewer speaks for. */
export const SignForm = (props: {
  ask: Ask
  at: At
  standing: Standing
  allowed: readonly Side[]
  errors: readonly FieldError[]
}) => {
  const { ask, at, standing, allowed, errors } = props
  const words = ask.w.learningReport.form
  const line = (name: 'name' | 'role' | 'body') => (
    <Input
      name={name}
      label={{ text: words.sign.lines[name], classes: 'govuk-label--s' }}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
    />
  )
  return (
    <Form ask={ask} action={`${at.base}/sign`} once>
      {/* What was read is what is signed: typed in again after a mistake it is still that version. */}
      <input type="hidden" name="version" value={typed(ask.form, 'version') || standing.version} />
      {allowed.length === 1 ? (
        <>
          <input type="hidden" name="side" value={allowed[0]} />
          <p class="govuk-body">{fill(words.sign.forSide, { side: words.sides[allowed[0]!] })}</p>
        </>
      ) : (
        <Radios
          name="side"
          fieldset={{ legend: { text: words.sign.side, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'side')}
          errorMessage={errorFor(errors, 'side')}
          items={allowed.map((side) => ({ value: side, text: words.sides[side] }))}
        />
      )}
      {line('name')}
      {line('role')}
      {line('body')}
      <p class="govuk-body">{fill(words.sign.today, { day: dayOf(ask, at.today) })}</p>
      <Radios
        name="named"
        fieldset={{ legend: { text: words.sign.named, classes: 'govuk-fieldset__legend--s' } }}
        hint={words.sign.namedHint}
        value={typed(ask.form, 'named')}
        errorMessage={errorFor(errors, 'named')}
        items={[
          { value: 'yes', text: words.sign.namedYes },
          { value: 'no', text: words.sign.namedNo },
        ]}
      />
      <Checkboxes
        name="read"
        values={ticked(ask.form, 'read')}
        errorMessage={errorFor(errors, 'read')}
        items={[{ value: 'yes', text: fill(words.sign.read, { version: standing.version }) }]}
      />
      <Button preventDoubleClick>{fill(words.sign.button, { version: standing.version })}</Button>
    </Form>
  )
}
