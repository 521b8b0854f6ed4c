import type { ComponentChildren } from 'preact'
import { agencies } from '../../partnership/index.ts'
import { hasRole, localDate, NotFound } from '../../platform/index.ts'
import { dateFormat, NotificationBanner, page, Tag, WarningText, type Ask, type Page } from '../../web/index.ts'
import { codesOf } from '../codes.ts'
import type { Naming } from '../plain.ts'
import { versionsOf, type Version, type VersionState } from '../standing.ts'

/** May this person change what is written here? The database asks again. */
export const mayKeep = ({ viewer }: Ask): boolean => hasRole(viewer, 'administrator')

export const day_ms = 86_400_000
export const todayAt = ({ house, place }: Ask): string => localDate(house.now(), place.zone)
export const momentAt = (ask: Ask) => ({ now: ask.house.now(), today: todayAt(ask) })

const momentOf = dateFormat({ dateStyle: 'long', timeStyle: 'short' })

/** '23 November 2026 at 10:00', by the partnership's own clocks. */
export const when = ({ place }: Ask, at: Date): string => momentOf(place.zone).format(at)

/** A page about the agreement, with what was just done, or not, at its top. */
export const agreementsPage = (
  ask: Ask,
  title: string,
  body: ComponentChildren,
  { wide = false, status }: { wide?: boolean; status?: 200 | 409 | 422 } = {},
): Page => {
  const words = ask.w.agreements
  const done = words.done[ask.query['done'] as keyof typeof words.done]
  const not = words.notDone[ask.query['not'] as keyof typeof words.notDone]
  return page({
    title,
    wide,
    status,
    frame: 'staff',
    body: (
      <>
        {done && (
          <NotificationBanner type="success" title={words.doneTitle}>
            {done}
          </NotificationBanner>
        )}
        {not && <WarningText>{not}</WarningText>}
        {body}
      </>
    ),
  })
}

const colours: Record<VersionState, string> = {
  draft: 'govuk-tag--grey',
  offered: 'govuk-tag--yellow',
  scheduled: 'govuk-tag--blue',
  'in force': 'govuk-tag--green',
  ending: 'govuk-tag--orange',
  lapsed: 'govuk-tag--red',
  replaced: 'govuk-tag--grey',
}
export const StateTag = ({ ask, state }: { ask: Ask; state: VersionState }) => (
  <Tag classes={colours[state]}>{ask.w.agreements.states[state]}</Tag>
)

/** All versions, with the one that the address names. @throws {NotFound} for one that is not there */
export const findVersion = async (ask: Ask): Promise<{ version: Version; versions: Version[] }> => {
  const all = await versionsOf(ask.tx, ask.place.id, ask.house.now())
  const version = all.find(({ id }) => id === ask.params['version'])
  if (!version) throw new NotFound()
  return { version, versions: all.filter(({ agreement_id }) => agreement_id === version.agreement_id) }
}
export const pathOf = ({ id }: { id: string }): string => `/agreements/versions/${id}`

export const namingFor = async (ask: Ask): Promise<Naming> => {
  const all = await ask.tx
    .selectFrom('agency')
    .select(['code', 'name'])
    .where('partnership_id', '=', ask.place.id)
    .execute()
  return {
    words: ask.w.agreements,
    codes: await codesOf(ask.tx, ask.place.id),
    agencies: new Map(all.map(({ code, name }) => [code, name])),
  }
}

export const agencyNamesFor = async (ask: Ask): Promise<ReadonlyMap<string, string>> =>
  new Map((await agencies(ask.tx, ask.place.id)).map(({ id, name }) => [id, name]))
