import type { ComponentChildren } from 'preact'
import { z } from 'zod'
import {
  BackLink,
  Button,
  Errors,
  Form,
  page,
  readForm,
  redirect,
  Title,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { concernFor, frontDoor } from '../../front-door.ts'
import { longest } from '../../concern.ts'
import type { Duty } from '../said.tsx'

type Concern = Awaited<ReturnType<typeof concernFor>>

/** One small act on a concern: a page that asks for what it needs, and its answer. */
type Act<F, S extends z.ZodType> = {
  /** The last part of its address, and the name of what was done. */
  path: string
  title: (words: Duty) => string
  button: (words: Duty) => string
  schema: (words: Duty, facts: F) => S
  facts: (ask: Ask, concern: Concern) => Promise<F>
  fields: (props: { ask: Ask; facts: F; errors: readonly FieldError[] }) => ComponentChildren
  /** What is said instead of the fields when there is nothing to choose from. */
  nothing?: (words: Duty, facts: F) => string | undefined
  /** Does it. A sentence means that it could not be done, and why. */
  act: (ask: Ask, concern: Concern, value: z.output<S>, facts: F) => Promise<string | undefined>
  done: string
}

/** Its page and what takes its form, for the routes. */
export const act = <F, S extends z.ZodType>(parts: Act<F, S>): { show: Handler; send: Handler } => ({
  show: async (ask) => {
    const concern = await concernFor(ask.tx, frontDoor(ask.viewer), ask.params['id']!)
    return form(ask, parts, concern, await parts.facts(ask, concern), [])
  },
  send: async (ask) => {
    const concern = await concernFor(ask.tx, frontDoor(ask.viewer), ask.params['id']!)
    const facts = await parts.facts(ask, concern)
    const read = readForm(parts.schema(ask.w.duty, facts), ask.form)
    if (!read.ok) return form(ask, parts, concern, facts, read.errors)
    const problem = await parts.act(ask, concern, read.value, facts)
    if (problem)
      return form(ask, parts, concern, await parts.facts(ask, concern), [{ field: 'form', text: problem }], 409)
    return redirect(`/concerns/${concern.id}?done=${parts.done}`)
  },
})

const form = <F, S extends z.ZodType>(
  ask: Ask,
  parts: Act<F, S>,
  concern: Concern,
  facts: F,
  errors: FieldError[],
  status: Page['status'] = errors.length ? 422 : 200,
): Page => {
  const words = ask.w.duty
  const nothing = parts.nothing?.(words, facts)
  const back = ask.href(`/concerns/${concern.id}`)
  return page({
    title: parts.title(words),
    status,
    frame: 'staff',
    body: (
      <>
        <BackLink href={back}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={concern.reference}>{parts.title(words)}</Title>
        {nothing ? (
          <p class="govuk-body">{nothing}</p>
        ) : (
          <Form ask={ask} id="form">
            {parts.fields({ ask, facts, errors })}
            <Button preventDoubleClick>{parts.button(words)}</Button>
          </Form>
        )}
      </>
    ),
  })
}

/** Words somebody must write, with the sentence for when they wrote none. */
export const written = (words: Duty, empty: string) =>
  z
    .string(empty)
    .trim()
    .min(1, empty)
    .max(longest, words.errors.long)
    .refine((text) => text.isWellFormed(), words.errors.broken)
