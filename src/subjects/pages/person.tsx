import { agencyNames } from '../../partnership/index.ts'
import { codesOf, dutiesAbout, labelOf, recordWithheld, withheldFrom, type Withheld } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import {
  BackLink,
  Button,
  fill,
  Form,
  IdentityBar,
  NotificationBanner,
  page,
  type Ask,
  type Handler,
} from '../../web/index.ts'
import { disputesOf } from '../dispute.ts'
import { enter, type Through } from '../gate.ts'
import { holdsOn } from '../legal-hold.ts'
import { restrictedIn } from '../notice-look.ts'
import { chronologyOf, identitiesOf, rowsToDecide } from '../queries.ts'
import type { Identity } from '../sealed.ts'
import { ageToday, frameOn } from '../subject.ts'
import { tellable } from '../tellable.ts'
import { Chronology } from './chronology.tsx'
import { DutyBanner } from './duty-banner.tsx'
import { Known } from './known.tsx'
import { namedOn } from './named-on.tsx'
import { day, moment } from './moment.ts'
import { Held, RightsLinks } from './rights-links.tsx'

const entries_first = 200
const entries_most = 10_000

/** One person: who they are, why the viewer is here, what happened, and how much is kept from them and why. */
export const person: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const { subject, worker } = at
  const identities = await identitiesOf(ask.tx, ask.house.keys, worker.partnership, [subject.id])
  const limit = ask.query['all'] === undefined ? entries_first : entries_most
  const entries = await chronologyOf(ask.tx, ask.house.keys, worker.partnership, subject.id, { limit })
  const disputes = await disputesOf(ask.tx, ask.house.keys, worker.partnership, subject.id)
  const held = await holdsOn(ask.tx, worker.partnership, subject.id)
  const rows = await rowsToDecide(ask.tx, worker.partnership, subject, at.today)
  const { withheld } = withheldFrom(rows, { active: true, agency: worker.agency, stated: worker.stated }, at)
  await recordWithheld(ask.tx, worker, withheld)
  const involved = await tellable(ask, at)
  const names = await namesFor(
    ask.tx,
    involved.flatMap(({ staff_id }) => staff_id ?? []),
  )
  const called = (role: string): string =>
    involved
      .filter((one) => one.role === role)
      .map(({ staff_id }) => names.get(staff_id ?? '')?.name)
      .filter(Boolean)
      .join(', ')
  const named = await namedOn(ask, entries)
  const duties = await dutiesAbout(ask.tx, worker, subject.id, at.now)
  const agencies = await agencyNames(ask.tx, [
    ...[...entries, ...identities].map(({ agency_id }) => agency_id),
    ...duties.map(({ recipient_agency_id }) => recipient_agency_id),
  ])
  const codes = await codesOf(ask.tx, worker.partnership)
  const words = ask.w.subjects.person
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  const [who] = identities
  const restricted = restrictedIn(entries, worker, at.ties)
  const isOurs = ({ agency_id }: { agency_id: string }): boolean => agency_id === worker.agency
  return page({
    title: who?.name ?? subject.reference,
    wide: true,
    frame: 'staff',
    about: {
      kind: 'person',
      id: subject.id,
      detail: { purpose: worker.stated.purpose, clause: at.cite, ...(restricted && { restricted }) },
    },
    body: (
      <>
        <BackLink href={ask.href('/people')}>{words.back}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.save}>
            {done}
          </NotificationBanner>
        )}
        <DutyBanner ask={ask} duties={duties} agencies={agencies} />
        <Bar ask={ask} at={at} who={who} lead={called('lead')} trusted={called('trusted adult')} />
        <Held ask={ask} held={held} />
        {at.ties.brokenGlass && <Running ask={ask} at={at} />}
        <Here
          ask={ask}
          at={at}
          purpose={labelOf(codes, 'purpose', worker.stated.purpose)}
          basis={labelOf(codes, 'basis', worker.stated.basis)}
        />
        <div class="trellis-concern">
          <aside class="trellis-concern__side">
            <Button href={ask.href(`/people/${subject.id}/add`)}>{words.add}</Button>
            <p class="govuk-body">
              <a class="govuk-link" href={ask.href(`/people/${subject.id}/story`)}>
                {ask.w.story.link}
              </a>
            </p>
            <p class="govuk-body">
              <a class="govuk-link" href={ask.href(`/people/${subject.id}/share`)}>
                {ask.w.share.share.title}
              </a>
            </p>
            <p class="govuk-body">
              <a class="govuk-link" href={ask.href(`/people/${subject.id}/shared`)}>
                {ask.w.share.shared.title}
              </a>
            </p>
            <p class="govuk-body">
              <a class="govuk-link" href={ask.href(`/people/${subject.id}/involved`)}>
                {words.involved}
              </a>
            </p>
            {at.ties.closeness >= 2 && (
              <p class="govuk-body">
                <a class="govuk-link" href={ask.href(`/people/${subject.id}/looked`)}>
                  {words.looked}
                </a>
              </p>
            )}
            <p class="govuk-body">
              <a class="govuk-link" href={ask.href(`/people/${subject.id}/meetings`)}>
                {words.meetings}
              </a>
            </p>
            <p class="govuk-body">
              <a class="govuk-link" href={ask.href(`/people/${subject.id}/too-close`)}>
                {words.tooClose}
              </a>
            </p>
            <RightsLinks ask={ask} at={at} holds={[...entries, ...identities].some(isOurs)} />
            <KeptBack ask={ask} withheld={withheld} />
          </aside>
          <div class="trellis-concern__main">
            <h2 class="govuk-heading-l">{words.chronology}</h2>
            {entries.length === 0 ? (
              <p class="govuk-body">{words.empty}</p>
            ) : (
              <Chronology ask={ask} at={at} {...{ entries, disputes, agencies, codes, named }} />
            )}
            {entries.length === limit && limit < entries_most && (
              <p class="govuk-body">
                <a class="govuk-link" href={ask.href(`/people/${subject.id}?all`)}>
                  {fill(words.earlier, { count: limit })}
                </a>
              </p>
            )}
            <Known ask={ask} identities={identities} agencies={agencies} />
          </div>
        </div>
      </>
    ),
  })
}

const Bar = (props: { ask: Ask; at: Through; who: Identity | undefined; lead: string; trusted: string }) => {
  const { ask, at, who } = props
  const words = ask.w.subjects.person
  const age = ageToday(who?.born_on ?? null, at.today)
  const frame = ask.w.subjects.frames[frameOn(at.subject.adult_from, at.today)]
  const parts = [
    { label: words.knownAs, value: who?.known_as },
    { label: ask.w.subjects.new.pronouns, value: who?.pronouns },
    { label: ask.w.subjects.new.born, value: who?.born_on && `${day(ask, new Date(`${who.born_on}T12:00:00Z`))}` },
    { label: frame, value: age === undefined ? '' : fill(ask.w.subjects.age, { age }) },
    { label: words.trusted, value: props.trusted || words.nobody },
    { label: words.lead, value: props.lead || words.nobody },
    { label: words.reference, value: at.subject.reference },
  ].filter(({ value, label }) => value || label === frame)
  return (
    <IdentityBar title={<h1 class="trellis-bar__title">{who?.name ?? at.subject.reference}</h1>} classes="trellis-bar">
      <dl class="trellis-bar__parts">
        {parts.map(({ label, value }) => (
          <div>
            <dt>{label}</dt>
            <dd dir="auto">{value || '–'}</dd>
          </div>
        ))}
      </dl>
    </IdentityBar>
  )
}

/** Opened by break-glass: until when, and a way to close it at once. */
const Running = ({ ask, at }: { ask: Ask; at: Through }) => {
  const words = ask.w.subjects.glass
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body govuk-!-font-weight-bold">
        {at.ties.glassUntil && fill(words.running, { until: moment(ask, at.ties.glassUntil) })}
      </p>
      <Form ask={ask} action={`/people/${at.subject.id}/close-glass`}>
        <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">{words.end}</Button>
      </Form>
    </div>
  )
}

const Here = (props: { ask: Ask; at: Through; purpose: string; basis: string }) => {
  const words = props.ask.w.subjects.person
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body govuk-!-font-weight-bold">{fill(words.here, { purpose: props.purpose })}</p>
      <p class="govuk-body govuk-!-margin-bottom-0">
        {fill(words.by, { cite: props.at.cite, basis: props.basis })}{' '}
        <a class="govuk-link" href={props.ask.href(`/people/${props.at.subject.id}/purpose`)}>
          {words.change}
        </a>
      </p>
    </div>
  )
}

export const KeptBack = ({ ask, withheld }: { ask: Ask; withheld: readonly Withheld[] }) => {
  const words = ask.w.subjects.person
  return (
    <section aria-labelledby="withheld">
      <h2 class="govuk-heading-m" id="withheld">
        {words.withheld}
      </h2>
      {withheld.length === 0 ? (
        <p class="govuk-body">{words.shownAll}</p>
      ) : (
        <>
          <p class="govuk-body">{words.withheldIntro}</p>
          <ul class="govuk-list govuk-list--spaced">
            {withheld.map(({ reason, cite, title, count }) => (
              <li>
                <strong>{count === 1 ? words.item : fill(words.items, { count })}</strong>
                <br />
                {fill(words.reasons[reason], { cite: cite ?? '', title: title ?? '' })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
