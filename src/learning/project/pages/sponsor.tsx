import { isId, NotFound } from '../../../platform/index.ts'
import {
  Button,
  DateBoxes,
  dateBoxes,
  dateShown,
  fill,
  Form,
  needDate,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { z } from 'zod'
import { Prose } from '../../prose-shown.tsx'
import { withProject, withWriter, type At } from '../at-project.ts'
import { asPoints } from '../points.ts'
import { leadersOf, sponsorsOf } from '../queries.ts'
import { agreeTo, endSponsor, nameSponsor } from '../specify.ts'
import { stateOf } from '../state.ts'
import { ChoiceField } from './fields.tsx'
import { dayOf, formPage } from './frame.tsx'

/** Which of the leaders stands behind the specification. */
export const newSponsorPage = withWriter((ask, at) => newView(ask, at))

export const sendNewSponsor = withWriter(async (ask, at) => {
  const leader = typed(ask.form, 'leader')
  if (!(await leadersLeft(ask, at)).some(({ id }) => id === leader))
    return newView(ask, at, [{ field: 'leader', text: ask.w.projects.sponsor.leaderMissing }])
  await nameSponsor(ask.tx, at.viewer, at.project, leader, at.now)
  return redirect(`${at.base}/specification?done=sponsor`)
})

const leadersLeft = async (ask: Ask, at: At) => {
  const named = await sponsorsOf(ask.tx, at.viewer.partnership, at.project.id)
  const leaders = await leadersOf(ask.tx, at.viewer.partnership, at.project.id)
  return leaders.filter(({ id }) => !named.some(({ leader_id }) => leader_id === id))
}

const newView = async (ask: Ask, at: At, errors: readonly FieldError[] = []) => {
  const words = ask.w.projects.sponsor
  const items = (await leadersLeft(ask, at)).map(({ id, name, role }) => ({ value: id, text: `${name}, ${role}` }))
  return formPage({
    ask,
    at,
    title: words.title,
    back: '/specification',
    errors,
    children: (
      <Form ask={ask} once>
        <p class="govuk-body">{items.length > 0 ? words.intro : words.noLeaders}</p>
        <ChoiceField ask={ask} name="leader" label={words.leader} errors={errors} items={items} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}

/** A sponsor says yes: themself, or by whoever heard it where they have no account here. @throws {NotFound} */
export const sponsorPage = withProject(async (ask, at) => {
  const sponsor = await sponsorFor(ask, at)
  return agreeView({ ...ask, form: dateShown('on', at.today) }, at, sponsor)
})

export const sendSponsor = withProject(async (ask, at) => {
  const words = ask.w.projects.sponsor
  const sponsor = await sponsorFor(ask, at)
  const read = readForm(
    z.strictObject(dateBoxes(ask, 'on')).transform((value, ctx) =>
      // Whoever says yes themself says it today.
      sponsor.account_id ? at.today : needDate(ask, value, 'on', { today: at.today, missing: words.dayMissing, ctx }),
    ),
    ask.form,
  )
  if (!read.ok) return agreeView(ask, at, sponsor, read.errors)
  await agreeTo(ask.tx, at.viewer, { project: at.project.id, sponsor: sponsor.id }, read.value, at.now)
  return redirect(`${at.base}/specification?done=sponsorAgreed`)
})

/** They sponsor it no more. */
export const sendSponsorEnded = withWriter(async (ask, at) => {
  const id = ask.params['sponsor'] ?? ''
  if (isId(id)) await endSponsor(ask.tx, at.viewer, at.project.id, id, at.now)
  return redirect(`${at.base}/specification?done=sponsorEnded`)
})

const sponsorFor = async (ask: Ask, at: At) => {
  const all = await sponsorsOf(ask.tx, at.viewer.partnership, at.project.id)
  const sponsor = all.find(({ id }) => id === ask.params['sponsor'])
  const mayBe = sponsor && (sponsor.account_id === at.viewer.staff || (at.writes && !sponsor.account_id))
  if (!mayBe) throw new NotFound()
  return sponsor
}

type One = Awaited<ReturnType<typeof sponsorFor>>

const agreeView = async (ask: Ask, at: At, sponsor: One, errors: readonly FieldError[] = []) => {
  const words = ask.w.projects.sponsor
  const { aims, specification } = await stateOf(ask.tx, at.viewer.partnership, at.project.id)
  const latest = aims.at(-1)
  if (!latest || !specification) throw new NotFound()
  const own = sponsor.account_id === at.viewer.staff
  const dates = { from: dayOf(ask, specification.starts_on), to: dayOf(ask, specification.ends_on) }
  return formPage({
    ask,
    at,
    title: own ? words.agreeTitle : fill(words.recordTitle, { name: sponsor.name }),
    back: '/specification',
    errors,
    children: (
      <>
        <h2 class="govuk-heading-m">{ask.w.projects.specification.aims}</h2>
        <Prose>{asPoints(latest.words)}</Prose>
        <h2 class="govuk-heading-m">{ask.w.projects.specification.methods}</h2>
        <Prose>{specification.methods}</Prose>
        <h2 class="govuk-heading-m">{ask.w.projects.specification.partners}</h2>
        <Prose>{specification.delivery_partners}</Prose>
        <p class="govuk-body">{fill(ask.w.projects.specification.fromTo, dates)}</p>
        <Form ask={ask} once>
          {!own && <DateBoxes ask={ask} name="on" legend={words.on} form={ask.form} errors={errors} />}
          <Button preventDoubleClick>{own ? words.agreeButton : words.recordButton}</Button>
        </Form>
      </>
    ),
  })
}
