import { z } from 'zod'
import { DayField, dayFields, dayParts, readDay } from '../../partnership/index.ts'
import { NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  InsetText,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { saveParty } from '../party.ts'
import { partiesOf, type PartyState, type Version } from '../standing.ts'
import { adopt, mayReturn, mayWithdraw, returnToAgreement, withdraw } from '../withdraw.ts'
import { agreementsPage, findVersion, pathOf } from './parts.tsx'

type Found = { version: Version; party: PartyState }

export const partyPage: Handler = async (ask) => {
  const found = await find(ask)
  const { party } = found
  return view(ask, found, {
    contact: party.contact_name,
    contactReach: party.contact_reach,
    deputy: party.deputy_name,
    deputyReach: party.deputy_reach,
    ig: party.ig_lead,
    founding: party.founding ? 'yes' : 'no',
    ...dayParts('until', party.contact_until),
  })
}

export const sendParty: Handler = async (ask) => {
  const found = await find(ask)
  const words = ask.w.agreements.party
  const text = z.string().trim().max(200, words.long).default('')
  const schema = z.strictObject({
    contact: text,
    contactReach: text,
    deputy: text,
    deputyReach: text,
    ig: text,
    founding: z.enum(['yes', 'no'], words.founding).optional(),
    ...dayFields('until'),
  })
  const given = readForm(schema, ask.form)
  const until = readDay(ask.form, 'until')
  const wrongDay = { field: 'until-day', text: ask.w.partnership.dayWrong }
  if (!given.ok || until === undefined)
    return view(ask, found, ask.form, [...(given.ok ? [] : given.errors), ...(until === undefined ? [wrongDay] : [])])
  const { founding, ...contacts } = given.value
  await saveParty(ask.tx, ask.viewer, found.version.id, found.party.agency_id, {
    contact_name: contacts.contact,
    contact_reach: contacts.contactReach,
    deputy_name: contacts.deputy,
    deputy_reach: contacts.deputyReach,
    contact_until: until,
    ig_lead: contacts.ig,
    // Who joins from the start is settled while it is drafted or signed, not afterwards.
    ...(founding && !found.version.live_at && { founding: founding === 'yes' }),
  })
  return redirect(`${pathOf(found.version)}?done=party`)
}

export const sendStep: Handler = async (ask) => {
  const { version, party } = await find(ask)
  const step = ask.params['step'] === 'briefed' ? 'briefed' : 'accounts live'
  await adopt(ask.tx, ask.viewer, version.agreement_id, party.agency_id, step, ask.house.now())
  return redirect(`${pathOf(version)}?done=step`)
}

const find = async (ask: Ask): Promise<Found> => {
  const { version } = await findVersion(ask)
  const parties = await partiesOf(ask.tx, ask.place.id, [version.id])
  const party = parties.find(({ agency_id }) => agency_id === ask.params['agency'])
  if (!party) throw new NotFound()
  return { version, party }
}

const view = (ask: Ask, { version, party }: Found, form: Ask['form'], errors: readonly FieldError[] = []): Answer => {
  const words = ask.w.agreements.party
  const title = fill(words.title, { agency: party.agency })
  const field = (name: string, label: string) => (
    <Input name={name} label={label} value={typed(form, name)} errorMessage={errorFor(errors, name)} />
  )
  const step = (name: string, text: string, done: boolean) =>
    !done && (
      <Form ask={ask} action={`${pathOf(version)}/parties/${party.agency_id}/${name}`}>
        <Button classes="govuk-button--secondary">{text}</Button>
      </Form>
    )
  return agreementsPage(
    ask,
    title,
    <>
      <BackLink href={ask.href(pathOf(version))}>{version.title}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={version.title}>{title}</Title>
      <Form ask={ask}>
        {field('contact', words.contact)}
        {field('contactReach', words.reach)}
        <DayField ask={ask} name="until" legend={words.until} form={form} errors={errors} />
        {field('deputy', words.deputy)}
        {field('deputyReach', words.deputyReach)}
        {field('ig', words.ig)}
        {!version.live_at && (
          <Radios
            name="founding"
            fieldset={{ legend: { text: words.founding, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(form, 'founding')}
            items={[
              { value: 'yes', text: words.foundingYes },
              { value: 'no', text: words.foundingNo },
            ]}
          />
        )}
        <Button preventDoubleClick>{words.save}</Button>
      </Form>
      {version.live_at && !(party.briefed && party.accounts) && <h2 class="govuk-heading-m">{words.steps}</h2>}
      {version.live_at && (
        <div class="govuk-button-group">
          {step('briefed', words.briefed, party.briefed)}
          {step('accounts-live', words.accounts, party.accounts)}
        </div>
      )}
    </>,
    { status: errors.length ? 422 : 200 },
  )
}

export const withdrawPage: Handler = async (ask) => withdrawView(ask, await findOwn(ask))

export const sendWithdraw: Handler = async (ask) => {
  const found = await findOwn(ask)
  const { version, party } = found
  const words = ask.w.agreements.withdraw
  if (typed(ask.form, 'again')) {
    const back = await returnToAgreement(ask.tx, ask.viewer, version.agreement_id, party.agency_id, ask.house.now())
    if (back === 'not theirs') throw new NotFound()
    return redirect(`${pathOf(version)}?done=returned`)
  }
  // Somebody was faster, or the button was pressed twice: it is taken back, and never given again by that.
  if (party.withdrawn) return redirect(`${pathOf(version)}?done=withdrawn`)
  const schema = z.strictObject({
    why: z.string(words.whyMissing).trim().min(1, words.whyMissing).max(500, words.whyLong),
  })
  const given = readForm(schema, ask.form)
  if (!given.ok) return withdrawView(ask, found, given.errors)
  const outcome = await withdraw(
    ask.tx,
    ask.viewer,
    version.agreement_id,
    party.agency_id,
    given.value.why,
    ask.house.now(),
  )
  if (outcome === 'withdrawn') return redirect(`${pathOf(version)}?done=withdrawn`)
  return withdrawView(ask, found, [{ field: 'why', text: words.said[outcome] }])
}

const findOwn = async (ask: Ask): Promise<Found> => {
  const found = await find(ask)
  if (!mayWithdraw(ask.viewer, found.party.agency_id) || !found.version.live_at) throw new NotFound()
  return found
}

const withdrawView = (ask: Ask, { version, party }: Found, errors: readonly FieldError[] = []): Answer => {
  const { withdraw: words, version: versionWords } = ask.w.agreements
  const title = fill(party.withdrawn ? words.again : words.title, { agency: party.agency })
  return agreementsPage(
    ask,
    title,
    <>
      <BackLink href={ask.href(pathOf(version))}>{version.title}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={version.title}>{title}</Title>
      {!party.withdrawn && (
        <>
          <p class="govuk-body">{fill(words.intro, { agency: party.agency, agreement: version.title })}</p>
          {version.tier === 1 && <p class="govuk-body">{fill(words.above, { agency: party.agency })}</p>}
        </>
      )}
      {party.withdrawn && !mayReturn(ask.viewer, party.agency_id) ? (
        <InsetText>{fill(words.theirs, { agency: party.agency })}</InsetText>
      ) : (
        <Form ask={ask}>
          {party.withdrawn ? (
            <input type="hidden" name="again" value="yes" />
          ) : (
            <Textarea
              name="why"
              label={words.why}
              rows={4}
              value={typed(ask.form, 'why')}
              errorMessage={errorFor(errors, 'why')}
            />
          )}
          <Button classes={party.withdrawn ? '' : 'govuk-button--warning'} preventDoubleClick>
            {party.withdrawn ? versionWords.return : words.button}
          </Button>
        </Form>
      )}
    </>,
    { status: errors.length ? 422 : 200 },
  )
}
