import { agencyNames } from '../../../partnership/index.ts'
import { asProduct, type StaffViewer } from '../../../platform/index.ts'
import { meetingsComing, moment } from '../../../subjects/index.ts'
import { Button, fill, Link, page, Tag, Title, type Ask, type Handler } from '../../../web/index.ts'
import { sittingsOf } from '../queries.ts'
import type { Sitting } from '../sitting.ts'

/** Panels to come and gone, and the meetings about one person that the viewer is asked to. Nothing of anybody who is helped. */
export const meetingsPage: Handler = async (ask) => {
  const viewer = ask.viewer as StaffViewer
  const now = ask.house.now()
  const coming = await sittingsOf(ask.tx, viewer.partnership, { from: now })
  const past = await sittingsOf(ask.tx, viewer.partnership, { before: now })
  const mine = await alone(ask, await meetingsComing(ask.tx, viewer, new Date(now.getTime() - hour)))
  const agencies = await agencyNames(
    ask.tx,
    [...coming, ...past].map(({ agency_id }) => agency_id),
  )
  const words = ask.w.panels
  const rows = (sittings: readonly Sitting[]) => (
    <ul class="trellis-rows">
      {sittings.map((sitting) => (
        <Row ask={ask} sitting={sitting} agency={agencies.get(sitting.agency_id) ?? ''} />
      ))}
    </ul>
  )
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <div class="trellis-title-row">
          <Title>{words.title}</Title>
          <Button href={ask.href('/meetings/new')}>{words.plan}</Button>
        </div>
        <p class="govuk-body">{words.intro}</p>
        <h2 class="govuk-heading-m">{words.coming}</h2>
        {coming.length === 0 ? <p class="govuk-body">{words.none}</p> : rows(coming)}
        <h2 class="govuk-heading-m">{words.mine}</h2>
        {mine.length === 0 && <p class="govuk-body">{words.mineNone}</p>}
        <ul class="trellis-rows">
          {mine.map(({ id, subject_id, reference, kind, starts_at }) => (
            <li class="trellis-row">
              <div>
                <Link href={ask.href(`/people/${subject_id}/meetings/${id}`)}>
                  {ask.w.subjects.meetings.kinds[kind]}
                </Link>
                <span class="trellis-row__more">
                  {moment(ask, starts_at)} · {reference}
                </span>
              </div>
            </li>
          ))}
        </ul>
        {past.length > 0 && <h2 class="govuk-heading-m">{words.past}</h2>}
        {past.length > 0 && rows(past)}
      </>
    ),
  })
}

const hour = 3_600_000

/** Without those that are an item of a panel: the panel is in the list. */
const alone = async <M extends { id: string }>(ask: Ask, meetings: readonly M[]): Promise<M[]> => {
  if (meetings.length === 0) return []
  const ids = meetings.map(({ id }) => id)
  const items = await asProduct(ask.tx, () =>
    ask.tx.selectFrom('panel_item').select('meeting_id').where('meeting_id', 'in', ids).execute(),
  )
  const on = new Set(items.map(({ meeting_id }) => meeting_id))
  return meetings.filter(({ id }) => !on.has(id))
}

const Row = ({ ask, sitting, agency }: { ask: Ask; sitting: Sitting; agency: string }) => {
  const words = ask.w.panels
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/meetings/${sitting.id}`)}>{words.kinds[sitting.kind]}</Link>
        <span class="trellis-row__more">
          {fill(words.row, { when: moment(ask, sitting.starts_at), agency })} · {sitting.reference}
        </span>
      </div>
      {sitting.called_off_at && (
        <div class="trellis-row__tags">
          <Tag classes="govuk-tag--grey">{words.off}</Tag>
        </div>
      )}
    </li>
  )
}
