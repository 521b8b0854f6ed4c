import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { become, newId, projectRoot, type Tx } from '../platform/index.ts'

const code = z.string().min(1)
const day = z.iso.date().nullish()

/** What a partnership's file holds. Everything about a county is in here; nothing of it is code. */
export const partnershipFile = z.object({
  slug: z.string().regex(/^[a-z0-9-]+$/, 'slug may hold small letters, numbers and hyphens'),
  name: z.string().min(1, 'name is missing'),
  place: z.string().min(1, 'place is missing: the county or area, as people say it'),
  zone: z.string().default('Europe/London'),
  languages: z.array(z.string()).default(['en']),
  hosts: z.array(z.string()).default([]),
  areas: z.array(
    z.object({
      gss: code,
      kind: z.enum(['region', 'county', 'district', 'unitary', 'ward', 'other']),
      name: z.string(),
      parent: z.string().nullish(),
      validFrom: day,
      validTo: day,
      plannedEnd: day,
      successors: z.array(code).default([]),
    }),
  ),
  agencies: z.array(
    z.object({
      code,
      name: z.string(),
      kind: z.string(),
      sector: z.enum(['statutory', 'voluntary', 'business', 'community']),
      statutoryRole: z.string().nullish(),
      parent: z.string().nullish(),
      ids: z.array(z.object({ scheme: z.string(), value: z.string(), gk: z.boolean().default(true) })).default([]),
      validFrom: day,
      validTo: day,
      plannedEnd: day,
      succeededBy: z.array(code).default([]),
      areas: z.array(code).default([]),
    }),
  ),
  bodies: z.array(
    z.object({
      code,
      name: z.string(),
      kind: z.enum(['board', 'subgroup', 'panel', 'team', 'network']),
      parent: z.string().nullish(),
      statutoryBasis: z.string().nullish(),
      frontDoor: z.boolean().default(false),
      members: z.array(code).default([]),
    }),
  ),
  contacts: z
    .array(
      z.object({
        code,
        label: z.string(),
        audience: z.string().default('anyone'),
        phone: z.string().nullish(),
        text: z.string().nullish(),
        email: z.string().nullish(),
        url: z.string().nullish(),
        hours: z.string().nullish(),
        note: z.string().nullish(),
      }),
    )
    .default([]),
})
export type PartnershipFile = z.infer<typeof partnershipFile>

/**
 * Makes a partnership from its file, with the clocks and holidays that ship with the product. Runs as the product
 * itself, in the caller's transaction.
 * @returns its id
 * @throws {Error} naming the code that something refers to and nothing has
 */
export const loadPartnership = async (tx: Tx, file: PartnershipFile, { isDefault = false, demo = false } = {}): Promise<string> => {
  const partnership_id = newId()
  await tx
    .insertInto('partnership')
    .values({ id: partnership_id, slug: file.slug, name: file.name, place: file.place, zone: file.zone, hosts: file.hosts, languages: file.languages, is_default: isDefault, demo })
    .execute()
  await become(tx, { kind: 'system', partnership: partnership_id })
  const areas = idsFor(file.areas.map(({ gss }) => gss), 'area')
  const agencies = idsFor(file.agencies.map((agency) => agency.code), 'agency')
  const bodies = idsFor(file.bodies.map((body) => body.code), 'body')
  const within = { partnership_id }

  await insert(tx, 'area', file.areas.map((a) => ({
    ...within, id: areas(a.gss), gss: a.gss, kind: a.kind, name: a.name, parent_id: null, valid_from: a.validFrom, valid_to: a.validTo, planned_end: a.plannedEnd,
  })))
  for (const a of file.areas) if (a.parent) await tx.updateTable('area').set({ parent_id: areas(a.parent) }).where('id', '=', areas(a.gss)).execute()
  await insert(tx, 'area_succession', file.areas.flatMap((a) =>
    a.successors.map((to) => ({ ...within, area_id: areas(a.gss), successor_id: areas(to), from_date: a.validTo ?? a.plannedEnd ?? '2028-04-01' }))))

  await insert(tx, 'agency', file.agencies.map((a) => ({
    ...within, id: agencies(a.code), code: a.code, name: a.name, kind: a.kind, sector: a.sector, statutory_role: a.statutoryRole,
    valid_from: a.validFrom, valid_to: a.validTo, planned_end: a.plannedEnd,
  })))
  for (const a of file.agencies) if (a.parent) await tx.updateTable('agency').set({ parent_id: agencies(a.parent) }).where('id', '=', agencies(a.code)).execute()
  await insert(tx, 'agency_identifier', file.agencies.flatMap((a) => a.ids.map((i) => ({ ...within, agency_id: agencies(a.code), scheme: i.scheme, value: i.value, checked: !i.gk }))))
  await insert(tx, 'agency_succession', file.agencies.flatMap((a) =>
    a.succeededBy.map((to) => ({ ...within, agency_id: agencies(a.code), successor_id: agencies(to), from_date: a.validTo ?? a.plannedEnd ?? '2028-04-01' }))))
  await insert(tx, 'agency_area', file.agencies.flatMap((a) => a.areas.map((gss) => ({ ...within, agency_id: agencies(a.code), area_id: areas(gss) }))))

  await insert(tx, 'body', file.bodies.map((b) => ({ ...within, id: bodies(b.code), code: b.code, name: b.name, kind: b.kind, statutory_basis: b.statutoryBasis, front_door: b.frontDoor })))
  for (const b of file.bodies) if (b.parent) await tx.updateTable('body').set({ parent_id: bodies(b.parent) }).where('id', '=', bodies(b.code)).execute()
  await insert(tx, 'membership', file.bodies.flatMap((b) => b.members.map((member) => ({ ...within, id: newId(), body_id: bodies(b.code), agency_id: agencies(member) }))))
  await insert(tx, 'contact_point', file.contacts.map((c, position) => ({
    ...within, id: newId(), code: c.code, label: c.label, audience: c.audience, phone: c.phone, text_number: c.text, email: c.email, url: c.url, hours: c.hours, note: c.note, position,
  })))
  await insert(tx, 'clock', shippedClocks().map((c) => ({
    ...within, id: newId(), code: c.code, label: c.label, amount: c.amount, unit: c.unit, basis: c.basis, at_risk_fraction: c.atRiskFraction, valid_from: new Date(0),
  })))
  await insert(tx, 'holiday', shippedHolidays().map((h) => ({ ...within, date: h.date, name: h.name })))
  return partnership_id
}

const idsFor = (codes: string[], what: string) => {
  const ids = new Map(codes.map((one) => [one, newId()]))
  return (one: string): string => {
    const id = ids.get(one)
    if (!id) throw new Error(`The partnership's file names the ${what} "${one}", but holds none of that code.`)
    return id
  }
}

type Table = 'area' | 'area_succession' | 'agency' | 'agency_identifier' | 'agency_succession' | 'agency_area' | 'body' | 'membership' | 'contact_point' | 'clock' | 'holiday'

const insert = async (tx: Tx, table: Table, rows: object[]): Promise<void> => {
  // A few hundred rows at a time: a statement takes at most 65,535 values.
  for (let i = 0; i < rows.length; i += 500) await tx.insertInto(table).values(rows.slice(i, i + 500) as never).execute()
}

const shipped = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(projectRoot, 'content', name), 'utf8'))

const clocksFile = z.object({
  clocks: z.array(
    z.object({
      code,
      label: z.string(),
      amount: z.number().nullable(),
      unit: z.enum(['working-hours', 'working-days', 'hours', 'days', 'months']).nullable(),
      basis: z.string(),
      atRiskFraction: z.number().nullable(),
    }),
  ),
})
const shippedClocks = () =>
  clocksFile.parse(shipped('clocks.json')).clocks.flatMap(({ amount, unit, atRiskFraction, ...clock }) =>
    // Some lists say that there is no clock at all ("blue: none").
    amount === null || unit === null ? [] : [{ ...clock, amount, unit, atRiskFraction: atRiskFraction ?? 0.75 }],
  )

const shippedHolidays = () => z.array(z.object({ date: z.iso.date(), name: z.string() })).parse(shipped('bank-holidays-england.json'))
