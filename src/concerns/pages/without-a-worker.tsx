import { agencyNames } from '../../partnership/index.ts'
import { dutiesLeftBehind, peopleLeftBehind } from '../../sharing/index.ts'
import { sealedLeftBehind } from '../../subjects/index.ts'
import { namesFor, type Named } from '../../staff/index.ts'
import { BackLink, fill, Link, page, Title, type Ask, type Handler } from '../../web/index.ts'
import { workWithoutWorker } from '../open-work.ts'
import { manager } from '../reassign.ts'
import { CheckLinks } from './leaver.tsx'
import { counted, when } from './said.tsx'

/** Everything that has a place and nobody who can do it any more. Nothing may be stranded: this list is to be empty. */
export const withoutAWorker: Handler = async (ask) => {
  const worker = manager(ask.viewer)
  const { people, checks } = await workWithoutWorker(ask.tx, worker, ask.house.now())
  const leads = await peopleLeftBehind(ask.tx, worker.partnership, ask.house.now())
  const owing = await dutiesLeftBehind(ask.tx, worker.partnership, ask.house.now())
  const stranded = await sealedLeftBehind(ask.tx, worker, { now: ask.house.now(), zone: ask.place.zone })
  const sealed = stranded.flatMap(({ entries }) => entries).length
  const names = await namesFor(
    ask.tx,
    [...people, ...leads].map(({ staff }) => staff),
  )
  const agencies = await agencyNames(ask.tx, [
    ...checks.map(({ agency_id }) => agency_id),
    ...owing.map(({ agency }) => agency),
  ])
  const words = ask.w.duty.withoutWorker
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/work')}>{ask.w.duty.work.title}</BackLink>
        <Title>{words.title}</Title>
        <p class="govuk-body">
          {people.length + checks.length + leads.length + owing.length + sealed === 0 ? words.none : words.text}
        </p>
        {people.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.concerns}</h2>
            <Leavers ask={ask} leavers={people} names={names} has={words.held} />
          </>
        )}
        {leads.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.people}</h2>
            <p class="govuk-body">{words.peopleText}</p>
            <Leavers ask={ask} leavers={leads} names={names} has={words.leads} />
          </>
        )}
        {sealed > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.sealed}</h2>
            <p class="govuk-body">
              {counted(words.sealedCount, sealed)} <Link href={ask.href('/people/sealed')}>{words.sealedName}</Link>
            </p>
          </>
        )}
        {owing.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.duties}</h2>
            <p class="govuk-body">{words.dutiesText}</p>
            <ul class="govuk-list govuk-list--bullet">
              {owing.map(({ agency, count, oldest }) => (
                <li>
                  {agencies.get(agency)}: {counted(words.owes, count)} {fill(words.since, { when: when(ask, oldest) })}
                </li>
              ))}
            </ul>
          </>
        )}
        {checks.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.checks}</h2>
            <p class="govuk-body">{words.checksText}</p>
            <CheckLinks ask={ask} checks={checks} agencies={agencies} />
          </>
        )}
      </>
    ),
  })
}

type LeaversProps = {
  ask: Ask
  leavers: readonly { staff: string; count: number; oldest: Date }[]
  names: Map<string, Named>
  has: { one: string; many: string }
}

const Leavers = ({ ask, leavers, names, has }: LeaversProps) => (
  <ul class="trellis-rows">
    {leavers.map(({ staff, count, oldest }) => (
      <li class="trellis-row">
        <div>
          <Link href={ask.href(`/accounts/${staff}/work`)} classes="trellis-row__name">
            {names.get(staff)?.name ?? ask.w.duty.someone}
          </Link>
          <span class="trellis-row__more">
            {names.get(staff)?.agency}
            <br />
            {counted(has, count)} {fill(ask.w.duty.withoutWorker.since, { when: when(ask, oldest) })}
          </span>
        </div>
      </li>
    ))}
  </ul>
)
