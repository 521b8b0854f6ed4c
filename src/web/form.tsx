import type { ComponentChildren } from 'preact'
import { newId } from '../platform/index.ts'
import type { Ask } from './ask.ts'
import { ErrorSummary } from './components/index.ts'
import type { FieldError } from './read-form.ts'

/** What was typed in a field, to show again. */
export const typed = (form: Ask['form'], field: string): string => {
  const value = form[field]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}
/** All values of a field that may be ticked several times. */
export const ticked = (form: Ask['form'], field: string): string[] => {
  const value = form[field]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

export const errorFor = (errors: readonly FieldError[], field: string): string | undefined =>
  errors.find((error) => error.field === field)?.text

/**
 * A form of ours: posts to its own page unless told otherwise, safe against being sent from elsewhere.
 * @param once a member of staff who presses twice has it done once (`answerOnce`)
 */
export const Form = (props: {
  ask: Ask
  action?: string
  upload?: boolean
  once?: boolean
  id?: string
  class?: string
  children: ComponentChildren
}) => (
  <form
    method="post"
    action={props.ask.href(props.action ?? props.ask.path)}
    encType={props.upload ? 'multipart/form-data' : undefined}
    id={props.id}
    class={props.class}
    novalidate
  >
    <input type="hidden" name="_csrf" value={props.ask.csrf} />
    {props.once && <input type="hidden" name="_once" value={newId()} />}
    {props.children}
  </form>
)

/** The summary at the top that names each field and takes the focus. Nothing when nothing is wrong. */
export const Errors = (props: { ask: Ask; errors: readonly FieldError[] }) =>
  props.errors.length === 0 ? null : (
    <ErrorSummary
      title={props.ask.w.common.errorTitle}
      errorList={props.errors.map((error) => ({ text: error.text, href: `#${error.field}` }))}
    />
  )
