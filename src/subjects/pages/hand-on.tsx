import { z } from 'zod'
import { isId, localDate, NotFound, type StaffViewer } from '../../platform/index.ts'
import { handOver, noPerson } from '../../sharing/index.ts'
import { accountsOfAgency, namesFor, standingOf, type Colleague } from '../../staff/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  errorFor,
  Errors,
  fill,
  Form,
  NotificationBanner,
  page,
  Radios,
  readForm,
  redirect,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { worksWithPeople } from '../approach.ts'
import { isContext } from '../contexts/context.ts'
import { ledBy, mayHandOn, type Led } from '../hand-on.ts'
import { ContactAndWhy } from './circle-parts.tsx'
import { handoverBoxes, HandoverFields, handoverIn } from './matters/handover-fields.tsx'
import { day } from './moment.ts'
import { counted } from './said.tsx'

/** The people that somebody who leaves led or was the trusted adult of, each handed to a colleague. */
export const handOnPage: Handler = async (ask) => view(ask, await gather(ask))

export const sendHandOn: Handler = async (ask) => {
  const at = await gather(ask)
  const words = ask.w.subjects.handOn
  const read = readForm(
    z
      .strictObject({
        person: z.preprocess(
          (value) => [value ?? []].flat(),
          z.array(z.string().refine(isId, words.personMissing)).min(1, words.personMissing).max(500),
        ),
        to: z.string(words.toMissing).refine((id) => at.people.some((one) => one.id === id), words.toMissing),
        contact: z
          .string(ask.w.subjects.circle.contactMissing)
          .trim()
          .min(1, ask.w.subjects.circle.contactMissing)
          .max(200, ask.w.subjects.circle.contactLong),
        why: z.string(words.whyMissing).trim().min(1, words.whyMissing).max(500, ask.w.subjects.circle.whyLong),
        ...handoverBoxes(ask),
      })
      .transform(({ person, to, contact, why, ...said }, ctx) => {
        const today = localDate(ask.house.now(), ask.place.zone)
        const chosen = at.led.filter(({ involvement }) => person.includes(involvement))
        // Where only places are handed on, nobody is left behind.
        const subject = chosen.find((one) => !isContext(one)) ?? chosen[0] ?? { kind: 'person', adult_from: null }
        return { person, to, contact, why, handover: handoverIn(ask, said, { today, subject }, ctx) }
      }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  const { person, to, contact, why, handover } = read.value
  const { agency } = at.people.find(({ id }) => id === to)!
  let moved = 0
  for (const id of [...new Set(person)].sort()) {
    const led = at.led.find(({ involvement }) => involvement === id)
    // Somebody else has handed this one on meanwhile.
    if (!led) continue
    const named = await handOver(ask.tx, ask.viewer as StaffViewer, {
      subject: led.subject,
      role: led.role,
      to: { agency, staff: to, contact },
      replaces: [id],
      stay: false,
      at: ask.house.now(),
      said: { keys: ask.house.keys, why },
      handover: handover === noPerson || isContext(led) ? noPerson : { ...handover, adult_from: led.adult_from },
    })
    if (named === 'named') moved++
  }
  return redirect(`/accounts/${at.account}/people?moved=${moved}&elsewhere=${new Set(person).size - moved}`)
}

type Gathered = { account: string; led: Led[]; people: (Colleague & { agency: string })[] }

/** @throws {NotFound} for whoever shares out nobody's people */
const gather = async (ask: Ask): Promise<Gathered> => {
  const worker = ask.viewer as StaffViewer
  const account = ask.params['account'] ?? ''
  const now = ask.house.now()
  if (!isId(account) || !(await mayHandOn(ask.tx, worker, account, now))) throw new NotFound()
  const { agency } = (await standingOf(ask.tx, [account], now)).get(account)!
  const people: Gathered['people'] = []
  for (const one of new Set([agency, worker.agency]))
    people.push(...(await accountsOfAgency(ask.tx, one)).map((colleague) => ({ ...colleague, agency: one })))
  return {
    account,
    led: await ledBy(ask.tx, worker, account, { now, zone: ask.place.zone }),
    people: people.filter((one) => one.id !== account && worksWithPeople(one)),
  }
}

const view = async (ask: Ask, { account, led, people }: Gathered, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.handOn
  const leaver = (await namesFor(ask.tx, [account])).get(account)!
  const title = fill(words.title, { name: leaver.name })
  const number = (name: string): number => Math.min(500, Math.floor(Number(ask.query[name] ?? '0')) || 0)
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/people')}>{ask.w.subjects.person.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        {ask.query['moved'] !== undefined && (
          <NotificationBanner type={number('elsewhere') ? undefined : 'success'}>
            {counted(words.moved, number('moved'))}{' '}
            {number('elsewhere') > 0 && counted(words.elsewhere, number('elsewhere'))}
          </NotificationBanner>
        )}
        <Title caption={`${leaver.jobTitle}, ${leaver.agency}`}>{title}</Title>
        <p class="govuk-body">{led.length === 0 ? words.none : words.intro}</p>
        {led.length > 0 && people.length === 0 && <p class="govuk-body">{words.nobody}</p>}
        {led.length > 0 && people.length > 0 && (
          <Form ask={ask}>
            <Checkboxes
              name="person"
              idPrefix="person"
              fieldset={{ legend: { text: words.which, classes: 'govuk-fieldset__legend--s' } }}
              values={ticked(ask.form, 'person')}
              errorMessage={errorFor(errors, 'person')}
              items={led.map(({ involvement, reference, role, since }) => ({
                value: involvement,
                text: reference,
                hint: fill(words.since, { role: ask.w.subjects.roles[role], day: day(ask, since) }),
              }))}
            />
            <Radios
              name="to"
              fieldset={{ legend: { text: words.to, classes: 'govuk-fieldset__legend--s' } }}
              value={typed(ask.form, 'to')}
              errorMessage={errorFor(errors, 'to')}
              items={people.map(({ id, name, jobTitle }) => ({ value: id, text: name, hint: jobTitle || undefined }))}
            />
            <ContactAndWhy ask={ask} errors={errors} why={words.why} contact={ask.w.subjects.circle.contact} />
            <HandoverFields ask={ask} errors={errors} several />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        )}
      </>
    ),
  })
}
