import { agencyNames } from '../../../partnership/index.ts'
import { localDate } from '../../../platform/index.ts'
import { fill, Link, page, Tag, Title, type Handler } from '../../../web/index.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { aboutLabel } from '../dispute.ts'
import { disputesFor } from '../queries.ts'

/** Where agencies do not agree, as far as it lies with this viewer: by reference, those past their day first. */
export const disputesPage: Handler = async (ask) => {
  const { viewer } = ask
  if (viewer.kind !== 'staff') throw new Error('signed in, by the route')
  const now = ask.house.now()
  const today = localDate(now, ask.place.zone)
  const all = await disputesFor(ask.tx, viewer, { now, zone: ask.place.zone })
  const agencies = await agencyNames(ask.tx, [
    ...new Set(all.flatMap(({ agency_id, other_agency_id }) => [agency_id, other_agency_id])),
  ])
  const words = ask.w.gaps.disputes
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{all.length === 0 ? words.none : words.intro}</p>
        <ul class="trellis-rows">
          {all.map(({ id, reference, about, agency_id, other_agency_id, answer_by, level, resolved_at }) => (
            <li class="trellis-row">
              <div>
                <Link href={ask.href(`/disputes/${id}`)}>
                  {reference}: {aboutLabel(about)}
                </Link>
                <span class="trellis-row__more">
                  {fill(words.between, {
                    one: agencies.get(agency_id) ?? '',
                    other: agencies.get(other_agency_id) ?? '',
                  })}
                  <br />
                  <time dateTime={answer_by}>{fill(words.answerBy, { day: dayOf(ask, answer_by) })}</time>
                </span>
              </div>
              <div class="trellis-row__tags">
                {resolved_at ? (
                  <Tag classes="govuk-tag--green">{words.resolved}</Tag>
                ) : level ? (
                  <Tag classes="govuk-tag--orange">{words.levelTags[level]}</Tag>
                ) : (
                  answer_by < today && <Tag classes="govuk-tag--orange">{words.late}</Tag>
                )}
              </div>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}
