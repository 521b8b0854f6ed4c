import type { ComponentChildren } from 'preact'
import { Button, ErrorMessage, Form, WarningText, type Ask } from '../../web/index.ts'

type PasskeyFormProps = {
  ask: Ask
  /** The hidden field that the browser's answer travels in. */
  field: string
  /** What the browser is asked; `src/web/client/passkey.ts` reads it. */
  options: object
  does: 'register' | 'authenticate'
  then: string
  heading?: string
  text: string
  button: string
  withoutScript: ComponentChildren
  error?: string
  children?: ComponentChildren
}

/** Asks the browser for a passkey and sends its answer like any other form. Without JavaScript it says what to do instead. */
export const PasskeyForm = ({ ask, field, options, does, then, heading, text, button, ...rest }: PasskeyFormProps) => (
  <Form ask={ask} id={`${field}-form`} class="trellis-passkey">
    {heading && <h2 class="govuk-heading-m">{heading}</h2>}
    <div class="trellis-passkey__without">
      <WarningText>{rest.withoutScript}</WarningText>
    </div>
    <div class="trellis-passkey__with" data-passkey={does} data-options={JSON.stringify(options)} data-field={field}>
      <p class="govuk-body">{text}</p>
      {rest.error && <ErrorMessage id={`${field}-error`}>{rest.error}</ErrorMessage>}
      <input type="hidden" name="then" value={then} />
      <input type="hidden" name={field} value="" />
      {rest.children}
      <Button id={field}>{button}</Button>
    </div>
  </Form>
)
