import { z } from 'zod'
import { isId, type StaffViewer } from '../../platform/index.ts'
import { keepTold, subjectsOf, toReview } from '../../sharing/index.ts'
import { Button, fill, NotificationBanner, page, readForm, redirect, Title, type Handler } from '../../web/index.ts'
import { listedNames } from '../listed-names.ts'
import { peopleAmong } from '../contexts/queries.ts'
import { referencesOf } from '../queries.ts'
import { SecondsBanner, waitingSeconds } from './seconds-banner.tsx'
import { MessagesBanner, waitingMessages } from './way/said.tsx'
import { DueVoiceBanner, dueVoices } from './voice/due.tsx'
import { EndingsBanner, waitingEndings } from './matters/plan-ending.tsx'
import { LeftBehind, newsFor, ToldBanner } from './news.tsx'

/** Everybody whose circle the viewer is in. A name shows once its purpose has been stated today. */
export const people: Handler = async (ask) => {
  const worker = ask.viewer as StaffViewer
  const now = ask.house.now()
  const all = await subjectsOf(ask.tx, worker, now)
  const are = await peopleAmong(ask.tx, worker.partnership, [...new Set(all.map(({ subject_id }) => subject_id))])
  const mine = all.filter(({ subject_id }) => are.has(subject_id))
  const ids = [...new Set(mine.map(({ subject_id }) => subject_id))]
  const references = await referencesOf(ask.tx, worker, ids)
  const names = await listedNames(ask, worker, ids)
  const news = await newsFor(ask, worker)
  const waiting = await toReview(ask.tx, ask.house.keys, worker, now)
  const seconds = await waitingSeconds(ask, worker)
  const due = await dueVoices(ask)
  const said = await waitingMessages(ask, worker)
  const endings = await waitingEndings(ask, worker)
  const words = ask.w.subjects.list
  const rolesOf = (id: string): string => {
    const roles = mine.filter((one) => one.subject_id === id).map(({ role }) => ask.w.subjects.roles[role])
    return [...new Set(roles)].join(', ')
  }
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <div class="trellis-title-row">
          <Title>{words.title}</Title>
          <Button href={ask.href('/people/find')}>{words.find}</Button>
        </div>
        {ask.query['done'] === 'ended' && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {ask.w.subjects.person.done.ended}
          </NotificationBanner>
        )}
        <MessagesBanner ask={ask} waiting={said} />
        <EndingsBanner ask={ask} waiting={endings} />
        <ToldBanner ask={ask} news={news} />
        {waiting.length > 0 && (
          <NotificationBanner title={ask.w.subjects.reviews.title} titleId="glass-to-review">
            <a class="govuk-notification-banner__link" href={ask.href('/people/reviews')}>
              {fill(ask.w.subjects.reviews.waiting, { count: waiting.length })}
            </a>
          </NotificationBanner>
        )}
        <SecondsBanner ask={ask} waiting={seconds} />
        <DueVoiceBanner ask={ask} due={due} />
        <p class="govuk-body">{words.intro}</p>
        <p class="govuk-body">
          <a class="govuk-link" href={ask.href('/people/new')}>
            {words.new}
          </a>
        </p>
        {ids.length === 0 ? (
          <p class="govuk-body">{words.none}</p>
        ) : (
          <ul class="trellis-rows">
            {ids.map((id) => (
              <li class="trellis-row">
                <div>
                  <a class="govuk-link" href={ask.href(`/people/${id}`)} dir="auto">
                    {names.get(id) ?? references.get(id) ?? words.say}
                  </a>
                  <span class="trellis-row__more">
                    {[rolesOf(id), names.has(id) ? references.get(id) : words.say].filter(Boolean).join(' · ')}
                  </span>
                </div>
              </li>
            ))}
          </ul>
        )}
        <LeftBehind ask={ask} news={news} />
      </>
    ),
  })
}

/** They have read what others changed of their part. */
export const sendTold: Handler = async (ask) => {
  const read = readForm(
    z.strictObject({ told: z.preprocess((value) => [value ?? []].flat(), z.array(z.string().refine(isId)).max(50)) }),
    ask.form,
  )
  if (read.ok) await keepTold(ask.tx, ask.viewer as StaffViewer, read.value.told, ask.house.now())
  return redirect('/people')
}
