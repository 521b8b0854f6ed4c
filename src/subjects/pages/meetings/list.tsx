import { agencyNames } from '../../../partnership/index.ts'
import { BackLink, Button, fill, page, Tag, Title, type Handler } from '../../../web/index.ts'
import { aboutPerson, enter } from '../../gate.ts'
import { meetingsOf } from '../../meetings/queries.ts'
import { moment } from '../moment.ts'

/** The meetings about a person that the agreement lets this viewer see. */
export const meetings: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const list = await meetingsOf(ask.tx, at.worker.partnership, at.subject.id)
  const agencies = await agencyNames(
    ask.tx,
    list.map(({ agency_id }) => agency_id),
  )
  const words = ask.w.subjects.meetings
  const base = `/people/${at.subject.id}`
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(base)}>{ask.w.common.back}</BackLink>
        <div class="trellis-title-row">
          <Title>{words.title}</Title>
          <Button href={ask.href(`${base}/meetings/new`)}>{words.call}</Button>
        </div>
        <p class="govuk-body">{list.length === 0 ? words.none : words.intro}</p>
        <p class="govuk-body">
          <a class="govuk-link" href={ask.href(`${base}/panels`)}>
            {words.bring}
          </a>
        </p>
        <ul class="trellis-rows">
          {list.map((meeting) => (
            <li class="trellis-row">
              <div>
                <a class="govuk-link" href={ask.href(`${base}/meetings/${meeting.id}`)}>
                  {words.kinds[meeting.kind]}
                </a>
                <span class="trellis-row__more">
                  {fill(words.row, {
                    when: moment(ask, meeting.starts_at),
                    agency: agencies.get(meeting.agency_id) ?? '',
                  })}
                </span>
              </div>
              <div class="trellis-row__tags">
                <Tag classes={meeting.outcome ? 'govuk-tag--grey' : ''}>
                  {words.states[meeting.outcome ?? 'planned']}
                </Tag>
              </div>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}
