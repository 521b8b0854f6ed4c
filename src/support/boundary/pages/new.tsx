import { z } from 'zod'
import { concernsSeen } from '../../../concerns/index.ts'
import { agencies as allAgencies, agencyNames } from '../../../partnership/index.ts'
import { isId, localDate, NotFound, type StaffViewer } from '../../../platform/index.ts'
import { accountsOfAgency } from '../../../staff/index.ts'
import type { Through } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  dateBoxes,
  DateBoxes,
  dateShown,
  errorFor,
  Errors,
  fill,
  Form,
  InsetText,
  page,
  readForm,
  redirect,
  Select,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { OwnerFields, readDue, readOwner } from '../../plan/pages/owner-fields.tsx'
import { most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { ownersFor, type Owners } from '../../plan/owners.ts'
import { personPage, withWorker } from '../../transition/pages/frame.tsx'
import { abouts, answerWithinDays } from '../dispute.ts'
import { raiseDispute, type Raising } from '../raise.ts'

/** Two agencies do not agree: what each says, by when it is answered, and who holds the person meanwhile. */
export const newDisputePage = withWorker(async (ask, at) => {
  const there = await aroundPerson(ask, at)
  return personView(proposed(ask, at.today), at, there)
})

export const sendNewDispute = withWorker(async (ask, at) => {
  const there = await aroundPerson(ask, at)
  const read = readRaising(ask, there, at.today)
  if (!read.ok) return personView(ask, at, there, read.errors)
  const of = { person: at.subject }
  const id = await raiseDispute(ask.tx, ask.house.keys, at.worker, of, read.value, at.now)
  return redirect(`/people/${at.subject.id}/disputes/${id}?done=raised`)
})

/** The same about a concern, for the front door. */
export const concernDisputePage: Handler = async (ask) => {
  const at = await aroundConcern(ask)
  return concernView(proposed(ask, at.today), at)
}

export const sendConcernDispute: Handler = async (ask) => {
  const at = await aroundConcern(ask)
  const read = readRaising(ask, at.there, at.today)
  if (!read.ok) return concernView(ask, at, read.errors)
  const of = { concern: at.concern.id }
  const id = await raiseDispute(ask.tx, ask.house.keys, at.worker, of, read.value, ask.house.now())
  return redirect(`/disputes/${id}?done=raised`)
}

/** Who may hold it, and with whom one may not agree: agencies that know of the person already. */
type There = { owners: Owners; others: { id: string; name: string }[] }
const aroundPerson = async (ask: Ask, at: Through): Promise<There> => {
  const owners = await ownersFor(ask, at)
  return { owners, others: owners.agencies.filter(({ id }) => id !== at.worker.agency) }
}
/** Who may hold a concern meanwhile: somebody of the front door's own agency, or somebody by name at another. */
export const ownersAtDoor = async (ask: Ask, worker: StaffViewer): Promise<Owners> => {
  const agencies = await allAgencies(ask.tx, worker.partnership)
  const agency = (await agencyNames(ask.tx, [worker.agency])).get(worker.agency) ?? ''
  const people = await accountsOfAgency(ask.tx, worker.agency)
  return { people: people.map(({ id, name }) => ({ id, name, agency, agencyId: worker.agency })), agencies }
}
const aroundConcern = async (ask: Ask) => {
  const worker = ask.viewer as StaffViewer
  const id = ask.params['id']!
  const [concern] = isId(id) ? await concernsSeen(ask.tx, worker.partnership, [id]) : []
  if (!concern) throw new NotFound()
  const now = ask.house.now()
  const { people, agencies } = await ownersAtDoor(ask, worker)
  const others = agencies.filter((one) => one.id !== worker.agency)
  return { worker, concern, today: localDate(now, ask.place.zone), there: { owners: { people, agencies }, others } }
}

/** A day that the form offers: a week from now. */
const proposed = (ask: Ask, today: string): Ask => {
  const day = new Date(Date.parse(today) + answerWithinDays * 86_400_000).toISOString().slice(0, 10)
  return { ...ask, form: dateShown('due', day) }
}

const readRaising = (ask: Ask, { owners, others }: There, today: string) => {
  const words = ask.w.gaps.disputes.form
  const schema = z
    .strictObject({
      about: z.string(words.aboutMissing).refine((code) => abouts.some((one) => one.code === code), words.aboutMissing),
      other: z.string(words.otherMissing).refine((id) => others.some((one) => one.id === id), words.otherMissing),
      words: z.string(words.wordsMissing).regex(/\S/, words.wordsMissing).max(most_words, tooLong(ask)),
      other_words: z.string().trim().max(most_words, tooLong(ask)).default(''),
      owner: z.string().default(''),
      name: z.string().trim().max(300).default(''),
      agency: z.string().default(''),
      ...dateBoxes(ask, 'due'),
    })
    .transform((value, ctx): Raising => {
      const holder = readOwner(ask, owners, value, ctx)
      const { about, other, words: said, other_words: otherWords } = value
      const answer_by = readDue(ask, today, value, ctx)
      return { about, other, words: said, otherWords, answer_by, holder: holder! }
    })
  return readForm(schema, ask.form)
}

const personView = (ask: Ask, at: Through, there: There, errors: readonly FieldError[] = []) => {
  const words = ask.w.gaps.disputes.form
  return Promise.resolve(
    personPage({
      ask,
      at,
      title: words.title,
      back: { href: '', text: ask.w.common.back },
      errors,
      children: <Fields ask={ask} there={there} errors={errors} />,
    }),
  )
}

type AtConcern = Awaited<ReturnType<typeof aroundConcern>>
const concernView = (ask: Ask, { concern, there }: AtConcern, errors: readonly FieldError[] = []) => {
  const words = ask.w.gaps.disputes.form
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: { kind: 'concern', id: concern.id },
    body: (
      <>
        <BackLink href={ask.href(`/concerns/${concern.id}`)}>
          {fill(words.concern, { reference: concern.reference })}
        </BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <Fields ask={ask} there={there} errors={errors} />
      </>
    ),
  })
}

const Fields = ({ ask, there, errors }: { ask: Ask; there: There; errors: readonly FieldError[] }) => {
  const words = ask.w.gaps.disputes.form
  if (there.others.length === 0) return <InsetText>{words.nobody}</InsetText>
  return (
    <>
      <p class="govuk-body-l">{words.intro}</p>
      <Form ask={ask} once>
        <Select
          name="about"
          label={{ text: words.about, classes: 'govuk-label--s' }}
          value={typed(ask.form, 'about')}
          errorMessage={errorFor(errors, 'about')}
          items={[{ value: '', text: '' }, ...abouts.map(({ code, label }) => ({ value: code, text: label }))]}
        />
        <Select
          name="other"
          label={{ text: words.other, classes: 'govuk-label--s' }}
          value={typed(ask.form, 'other')}
          errorMessage={errorFor(errors, 'other')}
          items={[{ value: '', text: '' }, ...there.others.map(({ id, name }) => ({ value: id, text: name }))]}
        />
        <WordsBox ask={ask} name="words" label={words.words} errors={errors} />
        <WordsBox ask={ask} name="other_words" label={words.otherWords} hint={words.otherWordsHint} errors={errors} />
        <h2 class="govuk-heading-m">{words.holder}</h2>
        <p class="govuk-body">{words.holderHint}</p>
        <OwnerFields ask={ask} owners={there.owners} errors={errors} label={words.who} />
        <DateBoxes ask={ask} name="due" legend={words.by} hint={words.byHint} form={ask.form} errors={errors} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    </>
  )
}
