import { hasRole, type StaffViewer } from '../../platform/index.ts'
import { peopleLeftBehind, toldOf, type LeftBehind as Left, type Told } from '../../sharing/index.ts'
import { namesFor, standingOf, type Named } from '../../staff/index.ts'
import { Button, fill, Form, Link, NotificationBanner, type Ask } from '../../web/index.ts'
import { referencesOf } from '../queries.ts'
import { sealedLeftBehind } from '../sealed-left-behind.ts'
import { moment } from './moment.ts'
import { counted } from './said.tsx'

export type News = {
  told: readonly Told[]
  left: readonly Left[]
  /** How many sealed entries nobody is left to read. */
  sealed: number
  references: ReadonlyMap<string, string>
  names: ReadonlyMap<string, Named>
}

/** What others changed of the viewer's part, and for a manager who of their agency has left people without a lead. */
export const newsFor = async (ask: Ask, worker: StaffViewer): Promise<News> => {
  const told = await toldOf(ask.tx, worker)
  const behind = hasRole(worker, 'manager')
    ? await peopleLeftBehind(ask.tx, worker.partnership, ask.house.now())
    : ([] as Left[])
  const standing = await standingOf(
    ask.tx,
    behind.map(({ staff }) => staff),
    ask.house.now(),
  )
  const left = behind.filter(({ staff }) => standing.get(staff)?.agency === worker.agency)
  return {
    told,
    left,
    sealed: (await sealedLeftBehind(ask.tx, worker, { now: ask.house.now(), zone: ask.place.zone })).flatMap(
      ({ entries }) => entries,
    ).length,
    references: await referencesOf(
      ask.tx,
      worker,
      told.map(({ subject_id }) => subject_id),
    ),
    names: await namesFor(ask.tx, [...told.map(({ ended_by }) => ended_by), ...left.map(({ staff }) => staff)]),
  }
}

/** Stands until whoever is told presses that they have read it. */
export const ToldBanner = ({ ask, news }: { ask: Ask; news: News }) => {
  const words = ask.w.subjects.told
  if (news.told.length === 0) return null
  return (
    <NotificationBanner title={words.title} titleId="told">
      <ul class="govuk-list">
        {news.told.map(({ subject_id, role, to_at, ended_by }) => {
          const who = news.names.get(ended_by)
          return (
            <li>
              {fill(words.ended, {
                role: ask.w.subjects.roles[role],
                reference: news.references.get(subject_id) ?? '',
                when: moment(ask, to_at),
                who: who ? `${who.name}, ${who.agency}` : words.someone,
              })}
            </li>
          )
        })}
      </ul>
      <Form ask={ask} action="/people">
        {news.told.map(({ id }) => (
          <input type="hidden" name="told" value={id} />
        ))}
        <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">{words.read}</Button>
      </Form>
    </NotificationBanner>
  )
}

export const LeftBehind = ({ ask, news }: { ask: Ask; news: News }) => {
  const words = ask.w.subjects.leftBehind
  if (news.left.length + news.sealed === 0) return null
  return (
    <section aria-labelledby="left-behind">
      <h2 class="govuk-heading-m" id="left-behind">
        {words.title}
      </h2>
      <p class="govuk-body">{words.intro}</p>
      <ul class="trellis-rows">
        {news.left.map(({ staff, count, oldest }) => (
          <li class="trellis-row">
            <div>
              <Link href={ask.href(`/accounts/${staff}/people`)} classes="trellis-row__name">
                {news.names.get(staff)?.name ?? words.someone}
              </Link>
              <span class="trellis-row__more">
                {counted(words.people, count)} {fill(words.since, { when: moment(ask, oldest) })}
              </span>
            </div>
          </li>
        ))}
        {news.sealed > 0 && (
          <li class="trellis-row">
            <div>
              <Link href={ask.href('/people/sealed')} classes="trellis-row__name">
                {counted(words.sealed, news.sealed)}
              </Link>
              <span class="trellis-row__more">{words.sealedMore}</span>
            </div>
          </li>
        )}
      </ul>
    </section>
  )
}
