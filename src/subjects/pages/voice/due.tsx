import { localDate, type StaffViewer } from '../../../platform/index.ts'
import { subjectsOf } from '../../../sharing/index.ts'
import { BackLink, fill, NotificationBanner, page, Tag, Title, type Ask, type Handler } from '../../../web/index.ts'
import { toHear, type ToHear } from '../../voice/queries.ts'
import { counted, day } from '../said.tsx'

/** Whoever of the people this worker is close to could not be heard, the first due first. By reference: names are behind each one's gate. */
const waiting = async (ask: Ask): Promise<ToHear[]> => {
  const worker = ask.viewer as StaffViewer
  const mine = await subjectsOf(ask.tx, worker, ask.house.now())
  return toHear(ask.tx, worker, [...new Set(mine.map(({ subject_id }) => subject_id))])
}

export const dueVoicePage: Handler = async (ask) => {
  const all = await waiting(ask)
  const words = ask.w.voice.due
  const today = localDate(ask.house.now(), ask.place.zone)
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/people')}>{ask.w.subjects.person.back}</BackLink>
        <Title>{words.title}</Title>
        <p class="govuk-body">{all.length === 0 ? words.none : words.intro}</p>
        <ul class="trellis-rows">
          {all.map(({ subject_id, reference, stage, next_try_on }) => (
            <li class="trellis-row">
              <div>
                <a class="govuk-link" href={ask.href(`/people/${subject_id}/voice`)}>
                  {reference}
                </a>
                <span class="trellis-row__more">
                  {fill(words.row, { stage: ask.w.voice.stages[stage], day: day(next_try_on) })}
                </span>
              </div>
              {next_try_on < today && (
                <div class="trellis-row__tags">
                  <Tag classes="govuk-tag--orange">{words.late}</Tag>
                </div>
              )}
            </li>
          ))}
        </ul>
      </>
    ),
  })
}

/** Says on the list of people how many are due to be heard. */
export const dueVoices = async (ask: Ask): Promise<number> => {
  const today = localDate(ask.house.now(), ask.place.zone)
  const due = (await waiting(ask)).filter(({ next_try_on }) => next_try_on <= today)
  return new Set(due.map(({ subject_id }) => subject_id)).size
}
export const DueVoiceBanner = ({ ask, due }: { ask: Ask; due: number }) =>
  due === 0 ? null : (
    <NotificationBanner title={ask.w.voice.due.title} titleId="to-be-heard">
      <a class="govuk-notification-banner__link" href={ask.href('/people/to-hear')}>
        {counted(ask.w.voice.due.line, due)}
      </a>
    </NotificationBanner>
  )
