import { z } from 'zod'
import { NotFound, tokenHash } from '../../platform/index.ts'
import { handOver, involvedWith } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  page,
  Radios,
  readForm,
  redirect,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { isContext } from '../contexts/context.ts'
import { aboutPerson, enter, type Through } from '../gate.ts'
import { agenciesToAsk, mayChange } from '../may-change.ts'
import { tellable } from '../tellable.ts'
import { handoverBoxes, HandoverFields, handoverIn } from './matters/handover-fields.tsx'
import { ChosenAgency, choiceOf, WhichAgency, WhoFields, whoSchema, type Choice } from './circle-parts.tsx'

type Role = 'lead' | 'trusted adult'

/** Names another lead worker, or trusted adult: there is no moment without one. */
export const namePage =
  (role: Role): Handler =>
  async (ask) => {
    const at = await enter(ask, ask.params['id']!)
    if (at.kind === 'answer') return at.answer
    await mustBeTheirs(ask, at)
    return view(ask, at, role)
  }

export const sendName =
  (role: Role): Handler =>
  async (ask) => {
    const at = await enter(ask, ask.params['id']!)
    if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
    await mustBeTheirs(ask, at)
    const words = ask.w.subjects.circle
    const choice = await choiceOf(ask, await agenciesToAsk(ask, at, 'anybody'))
    const now = await whoHasIt(ask, at, role)
    const read = readForm(now.ids.length > 0 ? replacing(ask, at, choice) : firstOne(ask, choice), ask.form)
    if (!read.ok) return view(ask, at, role, read.errors)
    const { agency, staff, contact, why, stay, was, handover } = read.value
    const changed = [{ field: 'staff', text: words.changed[role] }]
    if (was !== now.edition) return view(ask, at, role, changed)
    const named = await handOver(ask.tx, at.worker, {
      subject: at.subject.id,
      role,
      to: { agency, staff, contact },
      replaces: now.ids,
      stay: stay === 'yes',
      at: at.now,
      said: { keys: ask.house.keys, why },
      handover,
    })
    if (named === 'changed') return view(ask, at, role, changed)
    if (named === 'already') return view(ask, at, role, [{ field: 'staff', text: words.already[role] }])
    return redirect(`/people/${at.subject.id}?done=named`)
  }

const whoIs = (ask: Ask, choice: Choice) => ({
  ...whoSchema(ask.w.subjects.circle, choice),
  was: z.string().max(100).default(''),
})
const firstOne = (ask: Ask, choice: Choice) =>
  z.strictObject(whoIs(ask, choice)).transform((value) => ({ ...value, stay: 'no', handover: undefined }))

/** Somebody has it: whether they stay is asked, and the handover. */
const replacing = (ask: Ask, at: Through, choice: Choice) =>
  z
    .strictObject({
      ...whoIs(ask, choice),
      stay: z.enum(['yes', 'no'], ask.w.subjects.circle.stayMissing),
      ...handoverBoxes(ask),
    })
    .transform(({ agency, staff, contact, why, was, stay, ...said }, ctx) => {
      const handover = handoverIn(ask, said, at, ctx)
      return { agency, staff, contact, why, was, stay, handover }
    })

const mustBeTheirs = async (ask: Ask, at: Through): Promise<void> => {
  if (!(await mayChange(ask, at)).lead) throw new NotFound()
}

/**
 * Who is it now. The page carries a fingerprint, so that what was meant for one is not done to another; it does not say
 * how many there are whom the agreement does not let this viewer hear of.
 */
const whoHasIt = async (ask: Ask, at: Through, role: Role) => {
  const all = await involvedWith(ask.tx, at.worker.partnership, at.subject.id, at.now)
  const ids = all.flatMap((one) => (one.role === role ? [one.id] : [])).sort()
  return { ids, edition: tokenHash(ask.house.keys, 'circle', ids.join()).toString('hex').slice(0, 16) }
}

const view = async (ask: Ask, at: Through, role: Role, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.circle
  const choice = await choiceOf(ask, await agenciesToAsk(ask, at, 'anybody'))
  const { edition, ids } = await whoHasIt(ask, at, role)
  const told = (await tellable(ask, at)).filter((one) => one.role === role)
  const names = await namesFor(
    ask.tx,
    told.flatMap(({ staff_id }) => staff_id ?? []),
  )
  const called = [...names.values()].map(({ name, agency }) => `${name}, ${agency}`).join('; ')
  return page({
    title: words.nameTitle[role],
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/involved`)}>{ask.w.subjects.involved.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.nameTitle[role]}</Title>
        <p class="govuk-body">
          {called ? fill(words.nameNow[role], { who: called }) : words.nameNobody[role]} {words.nameIntro}
        </p>
        {choice.agency ? (
          <Form ask={ask}>
            <input type="hidden" name="was" value={edition} />
            <ChosenAgency ask={ask} choice={choice} />
            <WhoFields ask={ask} choice={choice} errors={errors} label={words.nameWho[role]} />
            {ids.length > 0 && (
              <Radios
                name="stay"
                fieldset={{ legend: { text: words.stay, classes: 'govuk-fieldset__legend--s' } }}
                errorMessage={errorFor(errors, 'stay')}
                value={typed(ask.form, 'stay')}
                items={[
                  { value: 'yes', text: words.stayYes },
                  { value: 'no', text: words.stayNo },
                ]}
              />
            )}
            {ids.length > 0 && !isContext(at.subject) && <HandoverFields ask={ask} errors={errors} />}
            <Button preventDoubleClick>{words.nameButton[role]}</Button>
          </Form>
        ) : (
          <WhichAgency ask={ask} agencies={choice.agencies} />
        )}
      </>
    ),
  })
}
