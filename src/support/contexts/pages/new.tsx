import { z } from 'zod'
import { concernsSeen, placeIn, placeWords } from '../../../concerns/index.ts'
import { areasNamed } from '../../../partnership/index.ts'
import { localDate, type StaffViewer } from '../../../platform/index.ts'
import {
  contextKinds,
  describeContext,
  describedContexts,
  homeOf,
  openContext,
  type ContextKind,
  type Through,
} from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  page,
  Radios,
  readForm,
  redirect,
  Select,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { nextReview } from '../../plan/hold-review.ts'
import { startPlan } from '../../plan/write.ts'
import { linkConcern } from '../link.ts'
import { namedIn } from '../tell.ts'
import { contextPage, mayLine, mustLine, of, workingIn } from './frame.tsx'
import { listed, Row } from './list.tsx'

/** A record of a place, a group or an online space: no person is needed for it. From a concern it begins with its place. */
export const newContextPage: Handler = async (ask) => {
  const from = await concernIn(ask)
  const { said } = from ?? {}
  const kind = said && kindOf[said.about]
  const where = [said?.place, said?.postcode].filter(Boolean).join('\n')
  return view({ ...ask, form: said ? { ...(kind && { kind }), where } : {} }, from)
}
const kindOf: Readonly<Record<string, ContextKind>> = {
  place: 'place',
  business: 'business',
  group: 'group',
  online: 'online',
}

export const sendNewContext: Handler = async (ask) => {
  const from = await concernIn(ask)
  const words = ask.w.contexts.new
  const areas = await areasNamed(ask.tx, ask.place.id)
  const read = readForm(
    z.strictObject({
      kind: z.enum(contextKinds, words.kindMissing),
      contact: mustLine(ask, words.contactMissing),
      ...describing(ask, areas),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, from, read.errors)
  const { contact, area, ...said } = read.value
  const worker = ask.viewer as StaffViewer
  const at = ask.house.now()
  const { keys } = ask.house
  const id = await openContext(
    ask.tx,
    keys,
    worker,
    { ...said, ...wordsOf(ask, said.name), area: area || null },
    { contact, at },
  )
  const clock = { kind: 'context', held: 0, from: at, zone: ask.place.zone } as const
  const review_on = (await nextReview(ask.tx, worker.partnership, clock)) ?? localDate(at, ask.place.zone)
  await startPlan(ask.tx, worker, { id, adult_from: null }, { kind: 'context', review_on }, at)
  if (from) await linkConcern(ask.tx, worker, { subject: id, concern: from.id }, at)
  return redirect(`${homeOf({ id, kind: said.kind })}?done=context-opened`)
}

const describing = (ask: Ask, areas: readonly { id: string }[]) => ({
  name: mustLine(ask, ask.w.contexts.new.nameMissing),
  where: mayLine(ask),
  area: z.enum(['', ...areas.map(({ id }) => id)]).default(''),
})

/** So that a concern whose place has the same words is found. */
const wordsOf = (ask: Ask, name: string) => ({ name_words: placeWords(ask.house.keys, ask.place.id, name) })

/** The concern that a record is opened from, where this viewer may read it. */
const concernIn = async (ask: Ask) => {
  const id = ask.query['concern'] ?? ''
  const said = await placeIn(ask.tx, ask.house.keys, ask.place.id, id)
  const [seen] = said ? await concernsSeen(ask.tx, ask.place.id, [id]) : []
  return said && seen ? { id, said, reference: seen.reference } : undefined
}
type From = Awaited<ReturnType<typeof concernIn>>

const view = async (ask: Ask, from: From, errors: readonly FieldError[] = []) => {
  const words = ask.w.contexts
  const same = from ? await namedIn(ask.tx, ask.place.id, from.id) : new Set<string>()
  const all = from ? await listed(ask) : []
  // Those whose name the concern has come first.
  const there = [...all].sort((a, b) => Number(same.has(b.subject)) - Number(same.has(a.subject)))
  return page({
    title: words.new.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/contexts')}>{words.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.new.title}</Title>
        <p class="govuk-body">{words.new.intro}</p>
        {from && <p class="govuk-body">{fill(words.new.from, { reference: from.reference })}</p>}
        {there.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.new.there}</h2>
            <ul class="trellis-rows">
              {there.map((one) => (
                <Row
                  ask={ask}
                  one={one}
                  end={`/concerns?concern=${from!.id}`}
                  tag={same.has(one.subject) ? words.new.same : undefined}
                />
              ))}
            </ul>
            <h2 class="govuk-heading-m">{words.new.another}</h2>
          </>
        )}
        <Form ask={ask} action={from ? `/contexts/new?concern=${from.id}` : '/contexts/new'} once>
          <Radios
            name="kind"
            fieldset={{ legend: { text: words.new.kind, classes: 'govuk-fieldset__legend--m' } }}
            value={typed(ask.form, 'kind')}
            errorMessage={errorFor(errors, 'kind')}
            items={contextKinds.map((value) => ({ value, text: words.kinds[value] }))}
          />
          <Describing ask={ask} areas={await areasNamed(ask.tx, ask.place.id)} errors={errors} />
          <Input
            name="contact"
            label={words.new.contact}
            value={typed(ask.form, 'contact')}
            errorMessage={errorFor(errors, 'contact')}
            autocomplete="off"
          />
          <Button preventDoubleClick>{words.new.button}</Button>
        </Form>
      </>
    ),
  })
}

const Describing = (props: {
  ask: Ask
  areas: readonly { id: string; name: string }[]
  errors: readonly FieldError[]
}) => {
  const { ask, areas, errors } = props
  const words = ask.w.contexts.new
  return (
    <>
      <Input
        name="name"
        label={words.name}
        hint={words.nameHint}
        value={typed(ask.form, 'name')}
        errorMessage={errorFor(errors, 'name')}
        autocomplete="off"
      />
      <Textarea
        name="where"
        label={words.where}
        hint={words.whereHint}
        rows={2}
        value={typed(ask.form, 'where')}
        errorMessage={errorFor(errors, 'where')}
      />
      <Select
        name="area"
        label={words.area}
        value={typed(ask.form, 'area')}
        items={[{ value: '', text: words.areaNone }, ...areas.map(({ id, name }) => ({ value: id, text: name }))]}
      />
    </>
  )
}

/** What it is called and where it is, changed by whoever works on it. */
export const describePage = workingIn(async (ask, at) => {
  const described = await describedContexts(ask.tx, ask.house.keys, at.worker.partnership, [at.subject.id])
  const { name = '', where = '', area_id } = described.get(at.subject.id) ?? {}
  return describeView({ ...ask, form: { name, where, area: area_id ?? '' } }, at)
})

export const sendDescribe = workingIn(async (ask, at) => {
  const read = readForm(z.strictObject(describing(ask, await areasNamed(ask.tx, ask.place.id))), ask.form)
  if (!read.ok) return describeView(ask, at, read.errors)
  const { area, ...said } = read.value
  const [tx, keys, , subject] = of(ask, at)
  const called = { ...said, ...wordsOf(ask, said.name), area: area || null }
  await describeContext(tx, keys, at.worker, subject, called, at.now)
  return redirect(`${homeOf(at.subject)}?done=context-described`)
})

const describeView = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) =>
  contextPage({
    ask,
    at,
    title: ask.w.contexts.new.changed,
    errors,
    children: (
      <Form ask={ask} once>
        <Describing ask={ask} areas={await areasNamed(ask.tx, ask.place.id)} errors={errors} />
        <Button preventDoubleClick>{ask.w.contexts.new.save}</Button>
      </Form>
    ),
  })
