import { localDate, type StaffViewer } from '../../../platform/index.ts'
import { existingFor, frameOn, listedNames, referencesOf } from '../../../subjects/index.ts'
import { fill, Link, page, Tag, Title, type Ask, type Handler } from '../../../web/index.ts'
import { hoursMissing } from '../missing.ts'
import { missingNow, type MissingNow } from '../queries.ts'
import { hoursSaid, whenSaid } from './when.tsx'

/**
 * Everybody who is missing now and whom the viewer may see, the longest first. By reference: a name shows where a purpose
 * was stated today, as in every list.
 */
export const boardPage: Handler = async (ask) => {
  const worker = ask.viewer as StaffViewer
  const now = ask.house.now()
  const all = await missingNow(ask.tx, worker.partnership)
  const seen = await existingFor(ask.tx, worker, all, { now, zone: ask.place.zone, glass: false, dataClass: 'D4' })
  const ids = seen.map(({ subject }) => subject)
  const references = await referencesOf(ask.tx, worker, ids)
  const names = await listedNames(ask, worker, ids)
  const words = ask.w.missing.board
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{seen.length === 0 ? words.none : words.intro}</p>
        <ul class="trellis-rows">
          {seen.map((one) => (
            <Row
              ask={ask}
              one={one}
              now={now}
              name={names.get(one.subject)}
              reference={references.get(one.subject) ?? ''}
            />
          ))}
        </ul>
      </>
    ),
  })
}

const Row = (props: { ask: Ask; one: MissingNow; now: Date; name: string | undefined; reference: string }) => {
  const { ask, one, now, name, reference } = props
  const { board: words, grades, grade } = ask.w.missing
  const span = hoursSaid(ask, hoursMissing({ started_at: one.started_at, ended_at: null }, now))
  const isAdult = frameOn(one.adult_from, localDate(now, ask.place.zone)) === 'adult'
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/people/${one.subject}/missing/${one.id}`)}>
          <span dir="auto">{name ?? reference}</span>
        </Link>
        <span class="trellis-row__more">
          {fill(words.since, { when: whenSaid(ask, one.started_at), span })}
          {` · ${name ? reference : words.say}`}
          {isAdult && ` · ${words.adult}`}
        </span>
      </div>
      <div class="trellis-row__tags">
        <Tag classes={one.grade === 'high' ? 'govuk-tag--red' : 'govuk-tag--grey'}>
          {one.grade ? fill(grade, { grade: grades[one.grade].toLowerCase() }) : words.noGrade}
        </Tag>
      </div>
    </li>
  )
}
