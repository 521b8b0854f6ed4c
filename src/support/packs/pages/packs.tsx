import { namesFor } from '../../../staff/index.ts'
import { aboutPerson, day, enter } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  fill,
  Link,
  NotificationBanner,
  page,
  Title,
  type Ask,
  type Handler,
} from '../../../web/index.ts'
import { mayWrite } from '../../assessment/at-assessment.ts'
import { DisruptionRegister, registerOf } from '../../disruption/pages/register.tsx'
import { mayPlan } from '../../plan/may.ts'
import { listOf } from '../at-pack.ts'
import type { Pack } from '../nrm.ts'
import { pointersOf, type Pointer } from '../point.ts'
import { packsOf } from '../queries.ts'

/** What is prepared for others outside. */
export const packsPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const packs = await packsOf(ask.tx, at.worker.partnership, at.subject.id)
  const names = await namesFor(
    ask.tx,
    packs.map(({ started_by }) => started_by),
  )
  const register = await registerOf(ask, at)
  const pointers = await pointersOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const words = ask.w.packs
  const base = listOf(at)
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <PackDone ask={ask} />
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.intro}</p>
        <h2 class="govuk-heading-m">{words.nrm}</h2>
        <p class="govuk-body">{words.nrmIntro}</p>
        {packs.length === 0 && <p class="govuk-body">{words.noPacks}</p>}
        <ul class="trellis-rows">
          {packs.map((pack) => (
            <Row ask={ask} pack={pack} base={base} name={names.get(pack.started_by)?.name ?? ask.w.plan.somebody} />
          ))}
        </ul>
        {mayWrite(at, 'D6') ? (
          <Button classes="govuk-button--secondary" href={ask.href(`${base}/nrm`)}>
            {words.start}
          </Button>
        ) : (
          <p class="govuk-body">
            {words.shut} <Link href={ask.href(`/people/${at.subject.id}/purpose`)}>{ask.w.subjects.person.change}</Link>
          </p>
        )}
        <DisruptionRegister ask={ask} at={at} register={register} />
        <Specialist ask={ask} base={base} pointers={pointers} may={mayPlan(at)} />
      </>
    ),
  })
}

/** That a specialist process runs, and whom to ask. What it is about stays where it runs. */
const Specialist = (props: { ask: Ask; base: string; pointers: readonly Pointer[]; may: boolean }) => {
  const { ask, base, pointers, may } = props
  const { specialist: words, section } = ask.w.packs
  const standing = pointers.filter(({ ended_at }) => ended_at === null)
  return (
    <section aria-labelledby="specialist">
      <h2 class="govuk-heading-m" id="specialist">
        {words.title}
      </h2>
      {standing.length === 0 && <p class="govuk-body">{words.none}</p>}
      {standing.map(({ contact }) => (
        <p class="govuk-body">{fill(section.specialist, { contact })}</p>
      ))}
      {may && (
        <p class="govuk-body">
          <Link href={ask.href(`${base}/specialist`)}>{words.link}</Link>
        </p>
      )}
    </section>
  )
}

const Row = ({ ask, pack, base, name }: { ask: Ask; pack: Pack; base: string; name: string }) => (
  <li class="trellis-row">
    <Link href={ask.href(`${base}/${pack.id}`)}>
      {fill(ask.w.packs.startedLine, { name, day: day(ask, pack.started_at) })}
    </Link>
  </li>
)

export const PackDone = ({ ask }: { ask: Ask }) => {
  const done = (ask.w.packs.done as Record<string, string>)[ask.query['done'] ?? '']
  return done ? (
    <NotificationBanner type="success" title={ask.w.common.saved}>
      {done}
    </NotificationBanner>
  ) : null
}
