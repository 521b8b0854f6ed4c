import type { ComponentChildren } from 'preact'
import type { z } from 'zod'
import { BadRequest, newId } from '../platform/index.ts'
import type { Ask } from './ask.ts'
import { ErrorSummary } from './components/index.ts'

/** A sentence about one field; `field` is also the id that the summary links to. */
export type FieldError = { field: string; text: string }
export type Read<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] }

/**
 * Reads what was typed with the page's one schema. Messages of the schema are the sentences that people read.
 * @throws {BadRequest} for a field that the page never asked for: nobody typed that
 */
export const readForm = <S extends z.ZodType>(schema: S, form: Ask['form']): Read<z.output<S>> => {
  const parsed = schema.safeParse(form)
  if (parsed.success) return { ok: true, value: parsed.data }
  const unknown = parsed.error.issues.find((issue) => issue.code === 'unrecognized_keys')
  if (unknown) throw new BadRequest('This form held something that was not asked for.')
  const seen = new Set<string>()
  const errors = parsed.error.issues.flatMap((issue) => {
    const field = issue.path.map(String).join('-')
    // One sentence a field: the first thing to put right.
    if (seen.has(field)) return []
    seen.add(field)
    return [{ field, text: issue.message }]
  })
  return { ok: false, errors }
}

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
