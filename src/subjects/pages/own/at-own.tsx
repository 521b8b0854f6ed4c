import type { ComponentChildren } from 'preact'
import { z } from 'zod'
import { NotFound, type PersonViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Errors,
  fill,
  keptPage,
  page,
  redirect,
  Textarea,
  errorFor,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Page,
} from '../../../web/index.ts'
import { becomePerson } from '../../own/visit.ts'

export type AtOwn = { kind: 'own'; viewer: PersonViewer; now: Date }
const most = 5000

/** Through the person's own door, while their visit stands; a form that comes too late keeps every word. */
export const atOwn = async (ask: Ask): Promise<AtOwn | { kind: 'answer'; answer: Answer }> => {
  const { house, tx, place } = ask
  const now = house.now()
  const viewer = await becomePerson(tx, house.keys, place.id, ask.cookies['mine'], { now, zone: place.zone })
  if (viewer) return { kind: 'own', viewer, now }
  const isForm = Object.keys(ask.form).length > 0
  return { kind: 'answer', answer: isForm ? keptPage(ask, 403, ask.w.own.over) : redirect('/mine') }
}

/** The same for what only the person themself does. @throws {NotFound} for a parent or an advocate */
export const asThemself = async (ask: Ask): ReturnType<typeof atOwn> => {
  const at = await atOwn(ask)
  if (at.kind === 'own' && at.viewer.as !== 'themself') throw new NotFound()
  return at
}

/** A page of their own. Its title says nothing to whoever looks at the tabs; no script of ours but the way out. */
export const ownPage = (
  ask: Ask,
  parts: { title: string; errors?: readonly FieldError[]; back?: boolean; children: ComponentChildren },
): Page => {
  const { title, errors = [], back = true, children } = parts
  return page({
    title: ask.w.own.title,
    status: errors.length ? 422 : 200,
    frame: 'journey',
    body: (
      <>
        {back && <BackLink href={ask.href('/mine/open')}>{ask.w.common.back}</BackLink>}
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        {children}
      </>
    ),
  })
}

export const needWords = (ask: Ask, missing: string) => z.string(missing).regex(/\S/, missing).max(most, tooLong(ask))
export const mayWords = (ask: Ask) => z.string().max(most, tooLong(ask)).default('')
const tooLong = (ask: Ask): string => fill(ask.w.own.long, { most: most.toLocaleString('en-GB') })

export const Box = (props: {
  ask: Ask
  name: string
  label: string
  hint?: string
  rows?: number
  errors: readonly FieldError[]
}) => (
  <Textarea
    name={props.name}
    label={{ text: props.label, classes: 'govuk-label--s' }}
    hint={props.hint}
    rows={props.rows ?? 4}
    autocomplete="off"
    value={typed(props.ask.form, props.name)}
    errorMessage={errorFor(props.errors, props.name)}
  />
)

/** Words that somebody said, as they said them. */
export const Quote = ({ children }: { children: ComponentChildren }) => (
  <blockquote class="govuk-inset-text trellis-words" dir="auto">
    {children}
  </blockquote>
)
