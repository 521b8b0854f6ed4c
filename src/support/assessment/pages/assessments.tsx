import { agencyNames } from '../../../partnership/index.ts'
import { day, enter } from '../../../subjects/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { BackLink, Button, fill, Link, page, Tag, Title, type Ask, type Handler } from '../../../web/index.ts'
import { aboutAssessment, listOf } from '../at-assessment.ts'
import { assessmentsOf, type Assessment, type Finish } from '../queries.ts'

/** Every assessment of a person that the viewer may see, open ones and finished ones, the newest first. */
export const assessmentsPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const all = await assessmentsOf(ask.tx, at.worker.partnership, at.subject.id)
  const people = all.flatMap(({ started_by, finish }) => [started_by, ...(finish ? [finish.finished_by] : [])])
  const names = await namesFor(ask.tx, people)
  const agencies = await agencyNames(
    ask.tx,
    all.map(({ agency_id }) => agency_id),
  )
  const words = ask.w.assessment
  const base = listOf(at)
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutAssessment(at, all, []),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Title>{words.title}</Title>
        <Button href={ask.href(`${base}/new`)}>{words.start}</Button>
        {all.length === 0 ? (
          <p class="govuk-body">{words.none}</p>
        ) : (
          <ul class="trellis-rows">
            {all.map((one) => (
              <Line
                ask={ask}
                one={one}
                href={`${base}/${one.id}`}
                by={(id) => names.get(id)?.name ?? ask.w.story.somebody}
                agency={agencies.get(one.agency_id) ?? ''}
              />
            ))}
          </ul>
        )}
      </>
    ),
  })
}

type LineProps = { ask: Ask; one: Assessment; href: string; by: (id: string) => string; agency: string }

const Line = ({ ask, one, href, by, agency }: LineProps) => {
  const words = ask.w.assessment
  const { finish } = one
  const said = finish && judgedIn(ask, finish)
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(href)}>{words.purposes[one.purpose]}</Link>
        {said && <strong class="trellis-row__more">{said}</strong>}
        <span class="trellis-row__more">
          {fill(words.list.startedBy, { name: by(one.started_by), day: day(ask, one.started_at) })}, {agency}
        </span>
        {finish && (
          <span class="trellis-row__more">
            {fill(words.list.finishedBy, { name: by(finish.finished_by), day: day(ask, finish.finished_at) })}
            {finish.review_on && `. ${fill(words.list.review, { day: dayOf(ask, finish.review_on) })}`}
          </span>
        )}
      </div>
      {!finish && (
        <div class="trellis-row__tags">
          <Tag classes="govuk-tag--grey">{words.open}</Tag>
        </div>
      )}
    </li>
  )
}

export const dayOf = (ask: Ask, date: string): string => day(ask, new Date(`${date}T12:00:00Z`))

/** What was judged, in words; undefined where nothing was, as in a screening. */
export const judgedIn = (ask: Ask, { level, confidence, capacity }: Finish): string | undefined => {
  const { questions, judged } = ask.w.assessment
  if (level && confidence)
    return fill(judged, {
      level: questions.level.codes[level],
      confidence: questions.confidence.codes[confidence].toLowerCase(),
    })
  return capacity ? questions.capacity.codes[capacity] : undefined
}
