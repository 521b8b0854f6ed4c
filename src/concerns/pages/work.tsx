import { mayAskBlindly } from '../../joining/index.ts'
import { hasRole, isFrontDoor, type StaffViewer } from '../../platform/index.ts'
import { dutiesLeftBehind, openAlerts, peopleLeftBehind, toReview } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import { MessagesBanner, SecondsBanner, waitingMessages, waitingSeconds } from '../../subjects/index.ts'
import {
  Button,
  draftsOf,
  fill,
  Link,
  NotificationBanner,
  page,
  Table,
  Title,
  type Ask,
  type Handler,
} from '../../web/index.ts'
import { keptFrom } from '../kept-from.ts'
import { workWithoutWorker, type Workless } from '../open-work.ts'
import { most_counted } from '../queue-order.ts'
import { openChecks, queueLoad, workloads, type Load } from '../workload.ts'
import { Duties, waitingDuties } from './duties.tsx'
import { decisionDraftKind, type DecisionDraft } from './concern/decide/draft.ts'
import { KeptFrom } from './kept-from.tsx'
import { counted, when } from './said.tsx'

/** Where everybody lands after signing in: what waits for them, and one obvious next thing. */
export const work: Handler = async (ask) => {
  const { viewer } = ask
  if (viewer.kind !== 'staff') throw new Error('signed in, by the route')
  const words = ask.w.duty.work
  const duties = await waitingDuties(ask, viewer)
  const alerts = await openAlerts(ask.tx, viewer)
  const leads = hasRole(viewer, 'practitioner', 'duty') && !hasRole(viewer, 'manager', 'guardian')
  const reviews = leads ? (await toReview(ask.tx, ask.house.keys, viewer, ask.house.now())).length : 0
  const blindly = await mayAskBlindly(ask.tx, viewer, ask.house.now())
  const seconds = await waitingSeconds(ask, viewer)
  const above = await ask.house.atWork(ask)
  const said = await waitingMessages(ask, viewer)
  return page({
    title: words.title,
    wide: true,
    frame: 'staff',
    body: (
      <>
        <Title caption={fill(words.hello, { name: viewer.name })}>{words.title}</Title>
        <MessagesBanner ask={ask} waiting={said} />
        <SecondsBanner ask={ask} waiting={seconds} />
        {duties && !isFrontDoor(viewer) && <Duties ask={ask} waiting={duties} />}
        <Told ask={ask} alerts={alerts} reviews={reviews} />
        {above}
        {isFrontDoor(viewer) && <FrontDoor ask={ask} {...await atTheFrontDoor(ask, viewer)} />}
        {duties && isFrontDoor(viewer) && <Duties ask={ask} waiting={duties} />}
        {!isFrontDoor(viewer) && hasRole(viewer, 'reporter-agency', 'practitioner', 'duty', 'manager') && (
          <Partner ask={ask} checks={await openChecks(ask.tx, viewer)} quiet={!duties} />
        )}
        {hasRole(viewer, 'administrator') && <Keeper ask={ask} />}
        {blindly && (
          <p class="govuk-body">
            <Link href={ask.href('/blind')}>{ask.w.blind.link}</Link>
          </p>
        )}
      </>
    ),
  })
}

const atTheFrontDoor = async (ask: Ask, worker: StaffViewer) => {
  const now = ask.house.now()
  const shares = hasRole(worker, 'manager') ? await workloads(ask.tx, worker, now) : undefined
  const without = hasRole(worker, 'manager') ? await workWithoutWorker(ask.tx, worker, now) : undefined
  const leads = without ? await peopleLeftBehind(ask.tx, worker.partnership, now) : []
  const owing = without ? await dutiesLeftBehind(ask.tx, worker.partnership, now) : []
  const people = await namesFor(ask.tx, shares?.map(({ staff }) => staff) ?? [])
  return {
    kept: await keptFrom(ask.tx, worker, now),
    load: await queueLoad(ask.tx, worker, now),
    shares: shares?.map((share) => ({ ...share, name: people.get(share.staff)?.name ?? ask.w.duty.someone })),
    without: without && stranded(without) + sumOf(leads) + sumOf(owing),
    drafts: await draftsOf<DecisionDraft>(ask, decisionDraftKind),
  }
}
const stranded = ({ people, checks }: Workless): number => checks.length + sumOf(people)
const sumOf = (some: readonly { count: number }[]): number => some.reduce((sum, { count }) => sum + count, 0)
type Seen = Awaited<ReturnType<typeof atTheFrontDoor>>

const FrontDoor = ({ ask, kept, load, shares, without, drafts }: { ask: Ask } & Seen) => {
  const words = ask.w.duty.work
  return (
    <>
      <KeptFrom ask={ask} kept={kept} />
      <Next ask={ask} load={load} without={without ?? 0} />
      <h2 class="govuk-heading-m">{words.counts}</h2>
      <ul class="trellis-counts">
        <Count ask={ask} label={words.undecided} count={load.undecided} href="/queue" />
        <Count ask={ask} label={words.late} count={load.late} href="/queue?due=late" loud />
        <Count ask={ask} label={words.mine} count={load.mine} href="/queue?status=mine" />
        <Count ask={ask} label={words.unassigned} count={load.unassigned} href="/queue?status=unassigned" />
        <Count ask={ask} label={words.fresh} count={load.fresh} href="/queue?status=new" />
        <Count ask={ask} label={words.unheard} count={load.unheard} href="/not-heard" loud />
        {without !== undefined && (
          <Count ask={ask} label={words.without} count={without} href="/without-a-worker" loud />
        )}
      </ul>
      {drafts.length > 0 && <Drafts ask={ask} drafts={drafts} />}
      {load.checks > 0 && <Checks ask={ask} count={load.checks} />}
      {shares && <Shares ask={ask} shares={shares} />}
      <Choices
        ask={ask}
        items={[
          [words.phone, words.phoneText, '/report/phone'],
          [words.report, words.reportText, '/report'],
        ]}
      />
    </>
  )
}

/** The one thing to do next: whoever was not heard before what nobody is left to do, that before what is late, and so on. */
const Next = ({ ask, load, without }: { ask: Ask; load: Load; without: number }) => {
  const words = ask.w.duty.work
  const first = [
    { count: load.unheard, words: words.nextUnheard, href: '/not-heard' },
    { count: without, words: words.nextWithout, href: '/without-a-worker' },
    { count: load.late, words: words.nextLate, href: '/queue?due=late' },
    { count: load.fresh, words: words.nextFresh, href: '/queue?status=new' },
    { count: load.mine, words: words.nextMine, href: '/queue?status=mine' },
    { count: load.unassigned, words: words.nextUnassigned, href: '/queue?status=unassigned' },
  ].find(({ count }) => count > 0)
  return (
    <div class="trellis-next">
      <h2 class="govuk-heading-m">{words.next}</h2>
      <p class="govuk-body-l">{first ? counted(first.words, first.count) : words.nothing}</p>
      <Button href={ask.href(first?.href ?? '/queue')}>{words.openQueue}</Button>
    </div>
  )
}

const Count = (props: { ask: Ask; label: string; count: number; href: string; loud?: boolean }) => (
  <li class={props.loud && props.count > 0 ? 'trellis-count trellis-count--loud' : 'trellis-count'}>
    <a class="govuk-link govuk-link--no-visited-state" href={props.ask.href(props.href)}>
      <span class="trellis-count__number">
        {props.count >= most_counted ? props.ask.w.duty.work.more : props.count}
      </span>{' '}
      <span class="trellis-count__label">{props.label}</span>
    </a>
  </li>
)

const Drafts = ({ ask, drafts }: { ask: Ask; drafts: Seen['drafts'] }) => {
  const words = ask.w.duty.work
  return (
    <>
      <h2 class="govuk-heading-m">{words.drafts}</h2>
      <ul class="govuk-list">
        {drafts.map(({ answers, savedAt }) => (
          <li>
            <a class="govuk-link" href={ask.href(`/concerns/${answers.concern}/decide`)}>
              {fill(words.draft, { reference: answers.reference })}
            </a>{' '}
            <span class="govuk-hint trellis-inline">{fill(words.draftSaved, { when: when(ask, savedAt) })}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

const Shares = ({ ask, shares }: { ask: Ask; shares: NonNullable<Seen['shares']> }) => {
  const words = ask.w.duty.work
  if (shares.length === 0) return <p class="govuk-body">{words.workloadEmpty}</p>
  return (
    <Table
      caption={words.workload}
      captionClasses="govuk-table__caption--m"
      firstCellIsHeader
      head={[
        words.person,
        { text: words.has, format: 'numeric' },
        { text: words.hasLate, format: 'numeric' },
        words.oldest,
      ]}
      rows={shares.map(({ name, has, late, oldest }) => [
        name,
        { text: has, format: 'numeric' },
        { text: late, format: 'numeric' },
        when(ask, oldest),
      ])}
    />
  )
}

const Checks = ({ ask, count }: { ask: Ask; count: number }) => (
  <NotificationBanner title={ask.w.duty.work.next}>
    <p class="govuk-notification-banner__heading">
      {counted(ask.w.duty.work.checks, count)}{' '}
      <a class="govuk-notification-banner__link" href={ask.href('/checks')}>
        {ask.w.duty.work.openChecks}
      </a>
    </p>
  </NotificationBanner>
)

const Waits = ({ id, title, link, text }: { id: string; title: string; link: [string, string]; text?: string }) => (
  <NotificationBanner title={title} titleId={id}>
    <p class="govuk-notification-banner__heading">
      {text}{' '}
      <a class="govuk-notification-banner__link" href={link[1]}>
        {link[0]}
      </a>
    </p>
  </NotificationBanner>
)

/** Alerts for a manager or the guardian; for a lead worker the break-glass itself, which a manager has among the alerts. */
const Told = ({ ask, alerts, reviews }: { ask: Ask; alerts: number; reviews: number }) => {
  const { duty, alerts: words, subjects } = ask.w
  return (
    <>
      {alerts > 0 && (
        <Waits
          id="alerts"
          title={words.title}
          text={counted(duty.work.alerts, alerts)}
          link={[duty.work.openAlerts, ask.href('/alerts')]}
        />
      )}
      {reviews > 0 && (
        <Waits
          id="reviews"
          title={subjects.reviews.title}
          link={[fill(subjects.reviews.waiting, { count: reviews }), ask.href('/people/reviews')]}
        />
      )}
    </>
  )
}

const Partner = ({ ask, checks, quiet }: { ask: Ask; checks: number; quiet: boolean }) => {
  const words = ask.w.duty.work
  return (
    <>
      {checks > 0 ? <Checks ask={ask} count={checks} /> : quiet && <p class="govuk-body">{words.noChecks}</p>}
      <div class="trellis-next">
        <h2 class="govuk-heading-m">{words.report}</h2>
        <p class="govuk-body">{words.reportText}</p>
        <Button href={ask.href('/report')}>{words.report}</Button>
      </div>
      <Choices ask={ask} items={[[words.sent, words.sentText, '/sent']]} />
    </>
  )
}

const Keeper = ({ ask }: { ask: Ask }) => {
  const words = ask.w.duty.work
  return (
    <>
      <h2 class="govuk-heading-m">{words.keep}</h2>
      <Choices
        ask={ask}
        items={[
          [words.accounts, words.accountsText, '/accounts'],
          [words.guidance, words.guidanceText, '/guidance'],
          [words.partners, words.partnersText, '/partners'],
          [words.settings, words.settingsText, '/settings/clocks'],
          [words.massViews, words.massViewsText, '/alerts/rule'],
        ]}
      />
    </>
  )
}

const Choices = ({ ask, items }: { ask: Ask; items: [title: string, text: string, href: string][] }) => (
  <ul class="trellis-work-choices">
    {items.map(([title, text, href]) => (
      <li>
        <a class="govuk-link govuk-!-font-weight-bold" href={ask.href(href)}>
          {title}
        </a>
        <p class="govuk-body">{text}</p>
      </li>
    ))}
  </ul>
)
