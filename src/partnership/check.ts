import { partnershipFile, type PartnershipFile } from './file.ts'
import { successionsOf } from './load.ts'

/**
 * Everything that is wrong with a partnership's file, each with its place in it: `agencies[3].parent: no agency is
 * called "wcc"`. Empty when it can be loaded.
 */
export const problemsIn = (json: unknown): string[] => {
  const parsed = partnershipFile.safeParse(json)
  if (!parsed.success) return parsed.error.issues.map((issue) => `${placeOf(issue.path)}: ${issue.message}`)
  const file = parsed.data
  return [
    ...doubles(file),
    ...strangers(file),
    ...cycles(file),
    ...backwards(file),
    ...overlaps(file),
    ...frontDoors(file),
  ]
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '') || 'the file'

/** A code stands for one thing. */
const doubles = ({ areas, agencies, boards, contacts }: PartnershipFile): string[] => {
  const lists: [string, string, string[]][] = [
    ['areas', 'code', areas.map(({ code }) => code)],
    ['agencies', 'code', agencies.map(({ code }) => code)],
    ['boards', 'code', boards.map(({ code }) => code)],
    ['contacts', 'key', contacts.map(({ key }) => key)],
    ...agencies.map(({ ids }, i): [string, string, string[]] => [
      `agencies[${i}].ids`,
      'value',
      ids.map(({ scheme, value }) => `${scheme} ${value}`),
    ]),
    ...boards.map(({ members }, i): [string, string, string[]] => [`boards[${i}].members`, '', members]),
  ]
  return lists.flatMap(([list, field, codes]) =>
    codes.flatMap((code, i) => {
      const first = codes.indexOf(code)
      const at = field && `.${field}`
      return first === i ? [] : [`${list}[${i}]${at}: "${code}" is there already, at ${list}[${first}]`]
    }),
  )
}

/** Whatever is referred to must be in the file. */
const strangers = ({ countyArea, areas, agencies, boards }: PartnershipFile): string[] => {
  const known = {
    area: new Set(areas.map(({ code }) => code)),
    agency: new Set(agencies.map(({ code }) => code)),
    board: new Set(boards.map(({ code }) => code)),
  }
  const missing = (what: keyof typeof known, place: string, code: string | null | undefined): string[] =>
    code == null || known[what].has(code) ? [] : [`${place}: no ${what} is called "${code}"`]
  const each = (what: keyof typeof known, place: string, codes: string[]): string[] =>
    codes.flatMap((code, i) => missing(what, `${place}[${i}]`, code))
  return [
    ...missing('area', 'countyArea', countyArea),
    ...areas.flatMap((area, i) => [
      ...missing('area', `areas[${i}].parent`, area.parent),
      ...each('area', `areas[${i}].successors`, area.successors),
    ]),
    ...agencies.flatMap((agency, i) => [
      ...missing('agency', `agencies[${i}].parent`, agency.parent),
      ...each('agency', `agencies[${i}].successorOf`, agency.successorOf),
      ...each('agency', `agencies[${i}].succeededBy`, agency.succeededBy),
      ...each('area', `agencies[${i}].areas`, agency.areas),
    ]),
    ...boards.flatMap((board, i) => [
      ...missing('board', `boards[${i}].parent`, board.parent),
      ...each('agency', `boards[${i}].members`, board.members),
    ]),
  ]
}

/** Nobody is their own parent or successor, however far round. */
const cycles = ({ areas, agencies, boards }: PartnershipFile): string[] => {
  const up = (items: readonly { code: string; parent?: string | null }[]): [string, string][] =>
    items.flatMap(({ code, parent }): [string, string][] => (parent ? [[code, parent]] : []))
  const areaSuccessions = areas.flatMap(({ code, successors }) => successors.map((to): [string, string] => [code, to]))
  return [
    ...cyclesOf('areas', 'parent', areas, up(areas)),
    ...cyclesOf('areas', 'successors', areas, areaSuccessions),
    ...cyclesOf('agencies', 'parent', agencies, up(agencies)),
    ...cyclesOf('agencies', 'succeededBy', agencies, successionsOf(agencies)),
    ...cyclesOf('boards', 'parent', boards, up(boards)),
  ]
}

const cyclesOf = (
  list: string,
  field: string,
  items: readonly { code: string }[],
  links: readonly [string, string][],
): string[] => {
  const next = new Map<string, string[]>()
  for (const [from, to] of links) next.set(from, [...(next.get(from) ?? []), to])
  const told = new Set<string>()
  return items.flatMap(({ code }, i) => {
    const round = wayBack(code, next)
    // One sentence a circle, not one for each that is in it.
    if (!round || round.some((one) => told.has(one))) return []
    for (const one of round) told.add(one)
    return [`${list}[${i}].${field}: goes round in a circle, ${[...round, code].join(' → ')}`]
  })
}

const wayBack = (start: string, next: ReadonlyMap<string, string[]>): string[] | undefined => {
  const seen = new Set<string>()
  const walk = (at: string, way: string[]): string[] | undefined => {
    for (const to of next.get(at) ?? []) {
      if (to === start) return way
      if (seen.has(to)) continue
      seen.add(to)
      const found = walk(to, [...way, to])
      if (found) return found
    }
    return undefined
  }
  return walk(start, [start])
}

/** Nothing ends before it begins, and nothing is followed by what had ended before it. */
const backwards = ({ areas, agencies }: PartnershipFile): string[] => {
  const dated = [
    ...areas.map((item, i) => ({ ...item, place: `areas[${i}]` })),
    ...agencies.map((item, i) => ({ ...item, place: `agencies[${i}]` })),
  ]
  const ends = new Map(agencies.map(({ code, validTo }) => [code, validTo]))
  return [
    ...dated.flatMap(({ place, validFrom, validTo, plannedEnd }) => [
      ...(validFrom && validTo && validTo < validFrom
        ? [`${place}.validTo: ${validTo} is before validFrom, ${validFrom}`]
        : []),
      ...(validFrom && plannedEnd && plannedEnd < validFrom
        ? [`${place}.plannedEnd: ${plannedEnd} is before validFrom, ${validFrom}`]
        : []),
    ]),
    ...agencies.flatMap(({ code, validTo }, i) =>
      successionsOf(agencies).flatMap(([before, after]) => {
        const end = before === code ? ends.get(after) : undefined
        return end && validTo && end <= validTo
          ? [
              `agencies[${i}].succeededBy: "${after}" ended on ${end}, so it cannot follow "${code}", which ended on ${validTo}`,
            ]
          : []
      }),
    ),
  ]
}

/** Two agencies cannot hold one number at the same time, and who has ended sits in no group. */
const overlaps = ({ agencies, boards }: PartnershipFile): string[] => {
  const held = agencies.flatMap((agency, i) =>
    agency.ids.map((id, j) => ({ agency, key: `${id.scheme} ${id.value}`, place: `agencies[${i}].ids[${j}]` })),
  )
  const twice = held.flatMap((one, i) => {
    const other = held
      .slice(0, i)
      .find((before) => before.key === one.key && before.agency !== one.agency && meet(before.agency, one.agency))
    return other ? [`${one.place}: ${one.key} is held by "${other.agency.code}" at the same time (${other.place})`] : []
  })
  const ended = new Map(agencies.map(({ code, validTo }) => [code, validTo]))
  const gone = boards.flatMap(({ members }, i) =>
    members.flatMap((code, j) =>
      ended.get(code) ? [`boards[${i}].members[${j}]: "${code}" ended on ${ended.get(code)}`] : [],
    ),
  )
  return [...twice, ...gone]
}

type Validity = { validFrom?: string | null; validTo?: string | null }
const meet = (a: Validity, b: Validity): boolean =>
  (a.validFrom ?? '') <= (b.validTo ?? '9999') && (b.validFrom ?? '') <= (a.validTo ?? '9999')

const frontDoors = ({ boards }: PartnershipFile): string[] => {
  const doors = boards.flatMap((board, i) => (board.frontDoor ? [{ ...board, i }] : []))
  if (doors.length === 0) return ['boards: none has "frontDoor": true, so nobody would decide about concerns']
  if (doors.length > 1)
    return [`boards[${doors[1]!.i}].frontDoor: there is one front door, and boards[${doors[0]!.i}] is it`]
  return doors[0]!.members.length ? [] : [`boards[${doors[0]!.i}].members: the front door has no member`]
}
