import { sql } from 'kysely'
import { asProduct, NotFound, type Tx, type Viewer } from '../platform/index.ts'
import { effectiveRows, type Effective } from './compile.ts'
import { makeRegister, registerRows, type AgencyRow, type RegisterRows } from './register.ts'

/** One line of the difference: a role that would see more, or less, of one class for one purpose. */
export type DifferenceLine = {
  gained: boolean
  /** The kind of the agencies that receive. */
  kind: string
  /** How near somebody there must be to the person: 0 not at all, 1 the agency is involved, 2 they are, 3 they lead. */
  need: number
  purpose: string
  dataClass: string
  /** What they must state, where with something else stated it would be open before and after; otherwise empty. */
  grounds: StatedGround[]
  /** Of whose supply. */
  suppliers: string[]
  /** People, places and groups about whom there is such a record now, and to whom somebody there is as near as that. */
  cases: number
}
/** A lawful basis with the condition that goes with it, '' where none is asked for. */
export type StatedGround = { basis: string; condition: string }
export type Counted = { roles: number; classes: number; cases: number }
export type Difference = {
  more: Counted
  less: Counted
  lines: DifferenceLine[]
  /** The agreement above it is not in force, so nothing would change until it is. */
  nothingAbove: boolean
}

/**
 * What would be different for whom if a version took the place of the one in force, signed by all its agencies. Nothing
 * is written; subjects are counted as the product, and only numbers come back.
 */
export const difference = (tx: Tx, viewer: Viewer, version: string, now: Date): Promise<Difference> =>
  asProduct(tx, async () => {
    const rows = await registerRows(tx, viewer.partnership, '')
    const would = await withVersion(tx, viewer, rows, version)
    const at = now.getTime()
    const changes = changesBetween(openNow(rows, at), openNow(would.rows, at))
    const lines = linesOf(changes, rows.agencies)
    const counts = await casesOf(tx, viewer.partnership, lines)
    const listed = lines.map(({ tuples: _, ...line }, i) => ({ ...line, cases: counts.lines.get(i) ?? 0 }))
    return {
      more: counted(listed, true, counts.more),
      less: counted(listed, false, counts.less),
      lines: listed,
      nothingAbove: would.nothingAbove,
    }
  })

/** The register with one version in the place of its agreement's others, as if all its agencies had signed. */
const withVersion = async (
  tx: Tx,
  { partnership }: Viewer,
  rows: RegisterRows,
  version: string,
): Promise<{ rows: RegisterRows; nothingAbove: boolean }> => {
  const [own] = (
    await sql<{ agreement_id: string; code: string; under_id: string | null; tier: number }>`
      select v.agreement_id, a.code, a.under_id, a.tier from agreement_version v
      join agreement a on a.partnership_id = v.partnership_id and a.id = v.agreement_id
      where v.partnership_id = ${partnership} and v.id = ${version}`.execute(tx)
  ).rows
  if (!own) throw new NotFound()
  const parties = await sql<{ agency_id: string }>`
    select p.agency_id from party p where p.partnership_id = ${partnership} and p.version_id = ${version}
      and not exists (select from agreement_withdrawal w where w.partnership_id = p.partnership_id
        and w.agreement_id = ${own.agreement_id} and w.agency_id = p.agency_id and w.returned_at is null)`.execute(tx)
  const always = { effective_from: new Date(0), effective_to: null }
  return {
    nothingAbove: own.under_id !== null && !rows.versions.some(({ agreement_id }) => agreement_id === own.under_id),
    rows: {
      ...rows,
      versions: [
        ...rows.versions.filter(({ agreement_id }) => agreement_id !== own.agreement_id),
        { id: version, ...own, ...always },
      ],
      parties: [
        ...rows.parties.filter(({ version_id }) => version_id !== version),
        ...parties.rows.map(({ agency_id }) => ({
          version_id: version,
          agency_id,
          signed_at: new Date(0),
          withdrawn_at: null,
        })),
      ],
    },
  }
}

type Tuple = Pick<Effective, 'recipient' | 'purpose' | 'supplier' | 'dataClass' | 'age' | 'handling'>
type Open = Map<string, { tuple: Tuple; grants: Effective[] }>

/** What is open at a moment: the grants of each tuple that hold. Bars are taken off. */
const openNow = (rows: RegisterRows, at: number): Open => {
  const { grants, bars } = effectiveRows(makeRegister(rows))
  const holds = ({ from, to }: Effective): boolean => from <= at && at < to
  const shut = new Set(bars.filter(holds).map(keyOf))
  const open: Open = new Map()
  for (const grant of grants) {
    const key = keyOf(grant)
    if (!holds(grant) || shut.has(key)) continue
    const found = open.get(key)
    if (found) found.grants.push(grant)
    else open.set(key, { tuple: grant, grants: [grant] })
  }
  return open
}

const keyOf = ({ recipient, purpose, supplier, dataClass, age, handling }: Tuple): string =>
  [recipient, purpose, supplier, dataClass, age, handling].join('|')

type Change = Tuple & { need: number; gained: boolean; grounds: StatedGround[] }

const changesBetween = (before: Open, after: Open): Change[] => [
  ...[...after].flatMap(([key, now]) => openedIn(now, before.get(key)?.grants ?? [], true)),
  ...[...before].flatMap(([key, was]) => openedIn(was, after.get(key)?.grants ?? [], false)),
]

const shut = 4

/** What one side opens, ground by ground, and the other does not, or only to somebody nearer. */
const openedIn = (
  { tuple, grants }: { tuple: Tuple; grants: readonly Effective[] },
  others: readonly Effective[],
  gained: boolean,
): Change[] => {
  // Nearly every tuple is as it was.
  if (saying(grants) === saying(others)) return []
  const byNeed = new Map<number, Map<string, StatedGround>>()
  for (const ground of groundsOf(grants)) {
    const need = needOn(grants, ground)
    if (need >= needOn(others, ground)) continue
    const these = byNeed.get(need) ?? new Map<string, StatedGround>()
    byNeed.set(need, these.set(`${ground.basis}|${ground.condition}`, ground))
  }
  // Where somebody as near sees it on other grounds before and after, the grounds are the difference.
  return [...byNeed].map(([need, these]) => {
    const otherwise = others.some((grant) => grant.need <= need)
    return { ...tuple, need, gained, grounds: otherwise ? [...these.values()] : [] }
  })
}

const saying = (grants: readonly Effective[]): string =>
  grants
    .map(({ need, bases, conditions }) => [need, ...bases.toSorted(), '|', ...conditions.toSorted()].join(' '))
    .toSorted()
    .join('\n')

const groundsOf = (grants: readonly Effective[]): StatedGround[] =>
  grants.flatMap(({ bases, conditions }) =>
    bases.flatMap((basis) => (conditions.length ? conditions : ['']).map((condition) => ({ basis, condition }))),
  )

/** The least that the relationship must be with this stated. A grant that asks for no condition holds with any. */
const needOn = (grants: readonly Effective[], { basis, condition }: StatedGround): number =>
  Math.min(
    shut,
    ...grants
      .filter(
        ({ bases, conditions }) => bases.includes(basis) && (conditions.length === 0 || conditions.includes(condition)),
      )
      .map(({ need }) => need),
  )

type Line = Omit<DifferenceLine, 'cases'> & { tuples: Change[] }

/** A line for each role, purpose and class, in the order people would read them. */
const linesOf = (changes: readonly Change[], agencies: readonly AgencyRow[]): Line[] => {
  const by = new Map(agencies.map((agency) => [agency.id, agency]))
  const lines = new Map<string, Line>()
  for (const change of changes) {
    const { gained, need, purpose, dataClass, grounds } = change
    const { kind } = by.get(change.recipient)!
    const key = [gained, kind, need, purpose, dataClass, JSON.stringify(grounds)].join('|')
    const line = lines.get(key) ?? { gained, kind, need, purpose, dataClass, grounds, suppliers: [], tuples: [] }
    lines.set(key, line)
    line.tuples.push(change)
    if (!line.suppliers.includes(change.supplier)) line.suppliers.push(change.supplier)
  }
  const order = (line: Line): string =>
    [line.gained ? 0 : 1, line.kind, line.need, line.purpose, line.dataClass, JSON.stringify(line.grounds)].join('|')
  return [...lines.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

const counted = (lines: readonly DifferenceLine[], gained: boolean, cases: number): Counted => {
  const these = lines.filter((line) => line.gained === gained)
  return {
    roles: new Set(these.map(({ kind, need }) => `${kind} ${String(need)}`)).size,
    classes: new Set(these.map(({ dataClass }) => dataClass)).size,
    cases,
  }
}

/** How many subjects each line is about, and how many all that is gained and all that is lost: counted once each. */
const casesOf = async (
  tx: Tx,
  partnership: string,
  lines: readonly Line[],
): Promise<{ lines: ReadonlyMap<number, number>; more: number; less: number }> => {
  const tuples = lines.flatMap(({ tuples: its, gained }, line) =>
    its.map(({ recipient, supplier, dataClass, age, handling, need }) => ({
      line,
      gained,
      recipient,
      supplier,
      class: dataClass,
      age,
      handling,
      need,
    })),
  )
  const { rows } = await sql<{ line: number | null; gained: boolean; cases: number }>`
    with changed as (
      select * from jsonb_to_recordset(${JSON.stringify(tuples)}::jsonb)
        as c(line int, gained boolean, recipient uuid, supplier uuid, class text, age text, handling int, need int)),
    there as (
      select distinct subject_id, agency_id, data_class::text as class, age_frame(adult_from, (select viewer_today())) as age, handling::int as handling
      from subjects_facts where partnership_id = ${partnership}),
    near as (
      select subject_id, agency_id,
        max(case when staff_id is null then 1 when role in ('lead', 'trusted adult') then 3 else 2 end) as level
      from involvement
      where partnership_id = ${partnership} and role <> 'feed' and from_at <= viewer_now() and (to_at is null or to_at > viewer_now())
      group by subject_id, agency_id),
    touched as (
      select c.line, c.gained, t.subject_id from changed c
      join there t on t.agency_id = c.supplier and t.class = c.class and t.age = c.age and t.handling = c.handling
      left join near n on n.subject_id = t.subject_id and n.agency_id = c.recipient
      where coalesce(n.level, 0) >= c.need)
    select line, gained, count(distinct subject_id)::int as cases from touched
    group by grouping sets ((line, gained), (gained))`.execute(tx)
  const all = (gained: boolean): number => rows.find((row) => row.line === null && row.gained === gained)?.cases ?? 0
  return {
    lines: new Map(rows.flatMap(({ line, cases }) => (line === null ? [] : [[line, cases] as const]))),
    more: all(true),
    less: all(false),
  }
}
