import { z } from 'zod'
import { isId, NotFound } from '../../platform/index.ts'
import { addName, namedFor, namingHistory, removeName, type DataClass, type Naming } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  NotificationBanner,
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
} from '../../web/index.ts'
import { enter, type Through } from '../gate.ts'
import { mayBeNamed, readsWhenNamed, workersOf, type MayBeNamed } from '../may-be-named.ts'
import { day } from './moment.ts'

/** Who may read one sealed entry, or one sealed decision to share, and changing it: for those who are named on it already. */
export const namesPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await find(ask, at))
}

export const sendNames: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const sealed = await find(ask, at)
  const words = ask.w.subjects.names
  const { more, named } = sealed
  const read = readForm(
    z.discriminatedUnion(
      'act',
      [
        z.strictObject({
          act: z.literal('add'),
          add: z.string(words.addMissing).refine((id) => more.some((one) => one.id === id), words.addMissing),
          remove: z.string().optional(),
          why: why(ask),
        }),
        z.strictObject({
          act: z.literal('remove'),
          add: z.string().optional(),
          remove: z.string(words.removeMissing).refine((id) => named.some((one) => one.id === id), words.removeMissing),
          why: why(ask),
        }),
      ],
      words.actMissing,
    ),
    ask.form,
  )
  if (!read.ok) return view(ask, at, sealed, read.errors)
  const said = read.value
  const row = { row: sealed.entry, subject: at.subject.id }
  const because = { keys: ask.house.keys, why: said.why, at: at.now }
  if (said.act === 'add') await addName(ask.tx, at.worker, row, said.add, because)
  else if ((await removeName(ask.tx, at.worker, row, said.remove, because)) === 'last')
    return view(ask, at, sealed, [{ field: 'remove', text: words.last }])
  // Whoever took their own name away does not see the entry any more.
  const gone = said.act === 'remove' && said.remove === at.worker.staff
  return redirect(gone ? `/people/${at.subject.id}?done=unnamed` : `${ask.path}?done=yes`)
}

const why = (ask: Ask) =>
  z
    .string(ask.w.subjects.names.whyMissing)
    .trim()
    .min(1, ask.w.subjects.names.whyMissing)
    .max(500, ask.w.subjects.circle.whyLong)

type Sealed = { entry: string; named: { id: string; text: string }[]; more: MayBeNamed[] }

/** Row-level security shows the entry to whoever is named on it and nobody else. @throws {NotFound} */
const find = async (ask: Ask, at: Through): Promise<Sealed> => {
  const id = ask.params['entry'] ?? ''
  const entry =
    isId(id) &&
    (await ask.tx
      .selectFrom('entry')
      .select(['id', 'agency_id', 'data_class'])
      .where('partnership_id', '=', at.worker.partnership)
      .where('subject_id', '=', at.subject.id)
      .where('id', '=', id)
      .where('handling', '=', '2')
      .executeTakeFirst())
  const decision = isId(id) && !entry && (await sealedDecision(ask, at, id))
  if (!entry && !decision) throw new NotFound()
  const staff = (await namedFor(ask.tx, at.worker.partnership, [id])).get(id) ?? []
  const names = await namesFor(ask.tx, staff)
  const named = staff.map((one) => {
    const { name = '', jobTitle = '', agency = '' } = names.get(one) ?? {}
    return { id: one, text: [name, jobTitle, agency].filter(Boolean).join(', ') }
  })
  // A decision to share is its agency's alone, and a colleague named on it may be one who answers for it by law.
  if (!entry) {
    const colleagues = await workersOf(ask, at.worker.agency)
    return { entry: id, named, more: colleagues.filter((one) => !staff.includes(one.id)) }
  }
  const kind = { supplier: entry.agency_id, dataClass: entry.data_class as DataClass }
  const more = (await mayBeNamed(ask, at)).filter((one) => !staff.includes(one.id) && readsWhenNamed(at, one, kind))
  return { entry: id, named, more }
}

/** Row-level security shows a sealed decision to those of its agency who are named on it. */
const sealedDecision = (ask: Ask, at: Through, id: string) =>
  ask.tx
    .selectFrom('disclosure')
    .select('id')
    .where('partnership_id', '=', at.worker.partnership)
    .where('subject_id', '=', at.subject.id)
    .where('id', '=', id)
    .where('kept', '=', '2')
    .executeTakeFirst()

const view = async (ask: Ask, at: Through, sealed: Sealed, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.names
  const { entry, named, more } = sealed
  const said = (await namingHistory(ask.tx, ask.house.keys, at.worker.partnership, [entry])).filter(
    ({ why, why_ended }) => why || why_ended,
  )
  const names = await namesFor(
    ask.tx,
    said.flatMap(({ staff_id, named_by, ended_by }) => [staff_id, named_by, ended_by].filter((id) => id !== null)),
  )
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: { kind: 'person', id: at.subject.id, detail: { handling: '2' } },
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        {ask.query['done'] === 'yes' && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {words.done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <ul class="govuk-list govuk-list--bullet">
          {named.map(({ text }) => (
            <li>{text}</li>
          ))}
        </ul>
        {said.length > 0 && (
          <Reasons ask={ask} said={said} nameOf={(id) => names.get(id ?? '')?.name ?? ask.w.subjects.circle.somebody} />
        )}
        {more.length === 0 && <p class="govuk-body">{named.length === 1 ? words.nobodyMore : words.nobodyToAdd}</p>}
        {(more.length > 0 || named.length > 1) && <Change ask={ask} at={at} sealed={sealed} errors={errors} />}
      </>
    ),
  })
}

/** Why names were added and taken away, in the words of those who did it. */
const Reasons = (props: { ask: Ask; said: readonly Naming[]; nameOf: (id: string | null) => string }) => {
  const { ask, said, nameOf } = props
  const words = ask.w.subjects.names
  return (
    <section aria-labelledby="reasons">
      <h2 class="govuk-heading-m" id="reasons">
        {words.reasons}
      </h2>
      <ul class="trellis-rows">
        {said.map((one) => (
          <li class="trellis-row">
            <div>
              <span class="trellis-row__name">{nameOf(one.staff_id)}</span>
              <span class="trellis-row__more trellis-words">
                {one.why && fill(words.began, { day: day(ask, one.named_at), who: nameOf(one.named_by), why: one.why })}
                {one.why && one.why_ended && '\n'}
                {one.why_ended &&
                  one.ended_at &&
                  fill(words.ended, { day: day(ask, one.ended_at), who: nameOf(one.ended_by), why: one.why_ended })}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** To add a name or take one away, as far as there is one. */
const Change = (props: { ask: Ask; at: Through; sealed: Sealed; errors: readonly FieldError[] }) => {
  const { ask, at, errors } = props
  const { named, more } = props.sealed
  const words = ask.w.subjects.names
  return (
    <Form ask={ask}>
      <Radios
        name="act"
        fieldset={{ legend: { text: words.act, classes: 'govuk-fieldset__legend--m' } }}
        errorMessage={errorFor(errors, 'act')}
        value={typed(ask.form, 'act')}
        items={[
          more.length > 0 && {
            value: 'add',
            text: words.add,
            conditional: (
              <Select
                name="add"
                label={words.addWho}
                hint={words.addHint}
                errorMessage={errorFor(errors, 'add')}
                value={typed(ask.form, 'add')}
                items={[{ value: '', text: '' }, ...more.map(({ id, text }) => ({ value: id, text }))]}
              />
            ),
          },
          named.length > 1 && {
            value: 'remove',
            text: words.remove,
            conditional: (
              <Select
                name="remove"
                label={words.removeWho}
                errorMessage={errorFor(errors, 'remove')}
                value={typed(ask.form, 'remove')}
                items={[
                  { value: '', text: '' },
                  ...named.map(({ id, text }) => ({
                    value: id,
                    text: id === at.worker.staff ? fill(words.you, { name: text }) : text,
                  })),
                ]}
              />
            ),
          },
        ].filter((item) => item !== false)}
      />
      <Textarea
        name="why"
        label={words.why}
        hint={ask.w.subjects.circle.whyHint}
        rows={3}
        value={typed(ask.form, 'why')}
        errorMessage={errorFor(errors, 'why')}
      />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}
