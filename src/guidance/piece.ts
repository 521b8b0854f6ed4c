import { contactPoints, type ContactPoint } from '../partnership/index.ts'
import { hasRole, NotFound, type StaffViewer } from '../platform/index.ts'
import { namesFor } from '../staff/index.ts'
import type { Ask, Words } from '../web/index.ts'
import { fieldsOf, nameOf, new_sign_fields, type Field } from './fields.ts'
import { isKind, type AnyWords, type Guidance, type Kind, type Piece } from './guidance.ts'
import { guidanceFor } from './published.ts'
import type { Which } from './publish.ts'
import type { Options, Typed } from './typed.ts'
import { versionsOf } from './version.ts'

export type Draft = { based_on: number; typed: Typed; saved_at: Date; saved_by: string }

/** One piece on an administrator's desk: its versions, who is writing, and what its form may offer. */
export type OpenPiece = {
  viewer: StaffViewer
  which: Which
  /** Newest first; none for a new piece. */
  versions: Piece<Kind>[]
  drafts: Draft[]
  fields: readonly Field[]
  options: Options
  guidance: Guidance
  points: readonly ContactPoint[]
  /** Who wrote and published, by id. */
  names: ReadonlyMap<string, { name: string }>
  name: string
}

/** @throws {NotFound} for a piece that nobody published or began */
export const openPiece = async (ask: Ask): Promise<OpenPiece> => {
  const viewer = administrator(ask)
  const { kind = '', code = '' } = ask.params
  if (!isKind(kind)) throw new NotFound()
  const which = { kind, code }
  const versions = await versionsOf(ask.tx, ask.place.id, kind, code)
  const drafts = await draftsOf(ask, which)
  if (versions.length === 0 && drafts.length === 0) throw new NotFound()
  const guidance = await guidanceFor(ask)
  const points = await contactPoints(ask.tx, ask.place.id)
  const people = [...versions.flatMap((v) => [v.edited_by, v.published_by]), ...drafts.map(({ saved_by }) => saved_by)]
  return {
    viewer,
    which,
    versions,
    drafts,
    fields: versions.length === 0 ? new_sign_fields : fieldsOf[kind],
    options: optionsFrom(guidance, points, ask.w.guidance.edit),
    guidance,
    points,
    names: await namesFor(
      ask.tx,
      people.filter((id) => id !== null),
    ),
    name: nameOf(kind, versions[0] ?? drafts[0]!.typed),
  }
}

/** The route lets nobody else in; this tells the compiler. */
export const administrator = ({ viewer }: Ask): StaffViewer => {
  if (!hasRole(viewer, 'administrator')) throw new NotFound()
  return viewer
}

const draftsOf = async (ask: Ask, { kind, code }: Which): Promise<Draft[]> => {
  const rows = await ask.tx
    .selectFrom('guidance_draft')
    .select(['based_on', 'typed', 'saved_at', 'saved_by'])
    .where('partnership_id', '=', ask.place.id)
    .where('kind', '=', kind)
    .where('code', '=', code)
    .orderBy('saved_at', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, typed: row.typed as Typed }))
}

/** The words of a choice, whether they stand in the catalogue or in the guidance itself. */
export const optionsFrom =
  (guidance: Guidance, points: readonly ContactPoint[], w: Words['guidance']['edit']): Options =>
  ({ name, of }) => {
    if (of === 'types') return guidance.types.map(({ code, name }) => ({ value: code, text: name }))
    if (of === 'settings') return guidance.settings.map(({ code, name }) => ({ value: code, text: name }))
    if (of === 'contacts') return points.map(({ code, label }) => ({ value: code, text: label }))
    const words: Record<string, string> = w.options[name as keyof typeof w.options] ?? {}
    return of.map((value) => ({ value, text: words[value] ?? value }))
  }

/** The words of a version without what it says about itself. */
export const baseWords = ({ versions }: OpenPiece): Partial<AnyWords> => {
  const {
    kind: _k,
    code: _c,
    version: _v,
    origin: _o,
    shipped_version: _s,
    position: _p,
    review_by: _r,
    published_at: _a,
    edited_by: _e,
    published_by: _b,
    why: _w,
    restored_from: _f,
    ...words
  } = versions[0] ?? ({} as Piece<Kind>)
  return words
}
