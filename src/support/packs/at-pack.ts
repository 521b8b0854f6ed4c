import { aboutPerson, enter, restrictedIn, type Through } from '../../subjects/index.ts'
import { keptPage, type About, type Answer, type Ask } from '../../web/index.ts'
import { readWritten, standingByField, textOf, type Written } from '../writing/index.ts'
import { consentTo, partsFor, routeOf, type Answers, type Consent, type Pack, type Part, type Route } from './nrm.ts'
import { consentsOf, packFor } from './queries.ts'

export type AtPack = {
  kind: 'at'
  at: Through
  pack: Pack
  base: string
  consents: Consent[]
  route: Route
  written: Written[]
  answers: Answers
  parts: Part[]
}

/** Through the gate of the person to one pack, with its answers and the way that it goes. @throws {NotFound} */
export const atPack = async (ask: Ask): Promise<AtPack | { kind: 'answer'; answer: Answer }> => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer')
    return Object.keys(ask.form).length > 0
      ? { kind: 'answer', answer: keptPage(ask, 409, ask.w.subjects.add.ended) }
      : at
  const { partnership } = at.worker
  const pack = await packFor(ask.tx, partnership, at.subject.id, ask.params['pack'])
  const consents = await consentsOf(ask.tx, ask.house.keys, partnership, pack.id)
  const route = routeOf(at.subject.adult_from, at.today, consentTo(consents, 'referral')?.answer)
  const written = await readWritten(ask.tx, ask.house.keys, partnership, pack.id)
  return { kind: 'at', at, pack, base: `${listOf(at)}/${pack.id}`, consents, route, ...answered(route, written) }
}

/** What stands, and which questions it leads to. */
export const answered = (route: Route, written: Written[]) => {
  const answers: Answers = new Map([...standingByField(written)].map(([field, texts]) => [field, textOf(texts)]))
  return { written, answers, parts: partsFor(route, answers) }
}

export const listOf = ({ subject }: Through): string => `/people/${subject.id}/packs`

/** What the event of a look says: a pack is of a sensitive class. */
export const aboutPack = ({ at, pack }: Pick<AtPack, 'at' | 'pack'>): About => {
  const about = aboutPerson(at)
  const row = { entered_by: pack.started_by, data_class: pack.data_class, handling: pack.handling }
  const restricted = restrictedIn([row], at.worker, at.ties)
  return { ...about, detail: { ...about.detail, ...(restricted && { restricted }) } }
}
