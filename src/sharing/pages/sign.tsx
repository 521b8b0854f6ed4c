import { z } from 'zod'
import { NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  InsetText,
  Link,
  readForm,
  redirect,
  Select,
  ticked,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { clausesOf } from '../draft.ts'
import { clauseInWords } from '../plain.ts'
import { maySign, sign, type Signatory } from '../sign.ts'
import { partiesOf, type PartyState, type Version } from '../standing.ts'
import { agreementsPage, findVersion, mayKeep, namingFor, pathOf } from './parts.tsx'

export const signPage: Handler = async (ask) => view(ask, await signable(ask))

export const sendSign: Handler = async (ask) => {
  const version = await signable(ask)
  const by = typed(ask.form, 'way') === 'paper' && mayKeep(ask) ? readPaper(ask) : readOwn(ask)
  if (Array.isArray(by)) return view(ask, version, by)
  const outcome = await sign(ask.tx, ask.viewer, version.id, by, ask.house.now())
  if (outcome === 'signed') return redirect(`${pathOf(version)}?done=signed`)
  const field = by.onPaper ? (outcome === 'same person' ? 'name' : 'agency') : 'job'
  return view(ask, version, [{ field, text: ask.w.agreements.sign.said[outcome] }])
}

const signable = async (ask: Ask): Promise<Version> => {
  const { version } = await findVersion(ask)
  const ended = version.state === 'lapsed' || version.state === 'replaced'
  if (!version.offered_at || ended) throw new NotFound()
  return version
}

const readOwn = (ask: Ask): Signatory | FieldError[] => {
  const words = ask.w.agreements.sign
  const schema = z.strictObject({
    way: z.string().max(10).optional(),
    job: z.string(words.jobMissing).trim().min(1, words.jobMissing).max(150, words.jobLong),
    confirm: z.literal('yes', words.confirmMissing),
  })
  const given = readForm(schema, ask.form)
  return given.ok ? { onPaper: false, jobTitle: given.value.job } : given.errors
}

const readPaper = (ask: Ask): Signatory | FieldError[] => {
  const words = ask.w.agreements.sign
  const schema = z.strictObject({
    way: z.string().max(10).optional(),
    agency: z.uuid(words.agencyMissing),
    name: z.string(words.nameMissing).trim().min(1, words.nameMissing).max(150, words.nameLong),
    paperJob: z.string(words.paperJobMissing).trim().min(1, words.paperJobMissing).max(150, words.jobLong),
  })
  const given = readForm(schema, ask.form)
  if (!given.ok) return given.errors
  const { agency, name, paperJob } = given.value
  return { onPaper: true, agency, name, jobTitle: paperJob }
}

const view = async (ask: Ask, version: Version, errors: readonly FieldError[] = []): Promise<Answer> => {
  const words = ask.w.agreements.sign
  const parties = await partiesOf(ask.tx, ask.place.id, [version.id])
  const own = parties.find(({ agency_id }) => ask.viewer.kind === 'staff' && agency_id === ask.viewer.agency)
  const waiting = parties.filter(({ seats }) => seats < 2)
  const title = fill(words.title, { agreement: version.title })
  const ownSigns = own !== undefined && own.seats < 2 && maySign(ask.viewer)
  return agreementsPage(
    ask,
    title,
    <>
      <BackLink href={ask.href(pathOf(version))}>{version.title}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={version.code}>{title}</Title>
      <p class="govuk-body">
        {words.intro}{' '}
        {ownSigns && mayKeep(ask) && waiting.length > 0 && <Link href="#on-paper">{words.paperBelow}</Link>}
      </p>
      {ownSigns && (
        <Own ask={ask} version={version} own={own} errors={errors} clauses={await readClauses(ask, version)} />
      )}
      {mayKeep(ask) && <Paper ask={ask} waiting={waiting} errors={errors} />}
      <h2 class="govuk-heading-m">{words.waiting}</h2>
      {waiting.length === 0 && <p class="govuk-body">{words.nobody}</p>}
      <ul class="govuk-list govuk-list--bullet">
        {waiting.map(({ agency, seats }) => (
          <li>{seats === 1 ? fill(words.waitingOne, { agency }) : agency}</li>
        ))}
      </ul>
    </>,
    { status: errors.length ? 422 : 200 },
  )
}

/** What is signed stands on the page where it is signed. */
const readClauses = async (ask: Ask, version: Version) => {
  const naming = await namingFor(ask)
  const clauses = await clausesOf(ask.tx, ask.place.id, version.id)
  return (
    <ol class="govuk-list trellis-signing">
      {clauses.map((clause) => (
        <li value={clause.number}>
          <strong>{clause.title}.</strong> {clauseInWords(clause, naming)}
        </li>
      ))}
    </ol>
  )
}

type OwnProps = {
  ask: Ask
  version: Version
  own: PartyState
  errors: readonly FieldError[]
  clauses: Awaited<ReturnType<typeof readClauses>>
}
const Own = ({ ask, version, own, errors, clauses }: OwnProps) => {
  const words = ask.w.agreements.sign
  const { viewer, form } = ask
  return (
    <>
      <h2 class="govuk-heading-m">{fill(words.own, { agency: own.agency })}</h2>
      <p class="govuk-body">{fill(words.fixed, { number: version.number })}</p>
      <InsetText>{clauses}</InsetText>
      <Form ask={ask}>
        <p class="govuk-body">
          {viewer.kind === 'staff' && fill(words.ownText, { name: viewer.name })}{' '}
          <Link href={ask.href(pathOf(version))}>{words.read}</Link>
        </p>
        <Input name="job" label={words.jobTitle} value={typed(form, 'job')} errorMessage={errorFor(errors, 'job')} />
        <Checkboxes
          name="confirm"
          values={ticked(form, 'confirm')}
          errorMessage={errorFor(errors, 'confirm')}
          items={[{ value: 'yes', text: words.confirm }]}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    </>
  )
}

const Paper = ({
  ask,
  waiting,
  errors,
}: {
  ask: Ask
  waiting: readonly PartyState[]
  errors: readonly FieldError[]
}) => {
  const words = ask.w.agreements.sign
  const { form } = ask
  if (waiting.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m" id="on-paper">
        {words.paper}
      </h2>
      <p class="govuk-body">{words.paperText}</p>
      <Form ask={ask}>
        <input type="hidden" name="way" value="paper" />
        <Select
          name="agency"
          label={words.agency}
          value={typed(form, 'agency')}
          errorMessage={errorFor(errors, 'agency')}
          items={[
            { value: '', text: words.choose },
            ...waiting.map(({ agency_id, agency }) => ({ value: agency_id, text: agency })),
          ]}
        />
        <Input name="name" label={words.name} value={typed(form, 'name')} errorMessage={errorFor(errors, 'name')} />
        <Input
          name="paperJob"
          label={words.paperJob}
          value={typed(form, 'paperJob')}
          errorMessage={errorFor(errors, 'paperJob')}
        />
        <Button classes="govuk-button--secondary" preventDoubleClick>
          {words.paperButton}
        </Button>
      </Form>
    </>
  )
}
