/** Reading a model that somebody wrote or another version saved: what is wrong is said by field, all of it at once. */
import { namedParts } from './blocking.ts'
import { apartOf, levelsOf } from './compare.ts'
import { forms, kinds, type Kind, type Model } from './model.ts'

export type ModelRead =
  | { readonly model: Model; readonly wrong?: undefined }
  | { readonly model?: undefined; readonly wrong: readonly string[] }

/** Takes parsed JSON and gives the model, or a sentence for each thing that does not fit, beginning with its field. */
export const readModel = (json: unknown): ModelRead => {
  const wrong: string[] = []
  const say = (at: string, what: string): void => void wrong.push(`${at}: ${what}.`)
  const root = objectAt(json, 'model', say)
  if (root === undefined) return { wrong }
  if (root.format !== 'trellis-linkage/1') say('format', 'this version reads "trellis-linkage/1"')

  const fields = new Map<string, Kind>()
  listAt(root.fields, 'fields', say).forEach((each, i) => {
    const field = objectAt(each, `fields[${i}]`, say)
    if (field === undefined) return
    if (typeof field.name !== 'string' || field.name === '') return say(`fields[${i}].name`, 'a name is needed')
    if (fields.has(field.name)) say(`fields[${i}].name`, `"${field.name}" is there twice`)
    if (!isKind(field.kind)) return say(`fields[${i}].kind`, `must be one of: ${kinds.join(', ')}`)
    fields.set(field.name, field.kind)
  })
  listAt(root.comparisons, 'comparisons', say).forEach((each, i) =>
    checkComparison(each, `comparisons[${i}]`, fields, say),
  )
  listAt(root.blocking, 'blocking', say).forEach((rule, i) => {
    const parts = listAt(rule, `blocking[${i}]`, say)
    if (parts.length === 0) say(`blocking[${i}]`, 'a rule needs at least one part')
    for (const part of parts) checkPart(part, `blocking[${i}]`, fields, say)
  })
  if (!isNumber(root.prior)) say('prior', 'must be a number: log2 of the odds that two records match')
  checkThresholds(root.thresholds, say)
  if (root.household !== undefined)
    checkHousehold(
      root.household,
      listAt(root.comparisons, 'comparisons', () => {}),
      say,
    )
  if (root.frequencies !== undefined) checkFrequencies(root.frequencies, say)
  listAt(root.notes, 'notes', say)
  return wrong.length > 0 ? { wrong } : { model: root as unknown as Model }
}

type Say = (at: string, what: string) => void

const checkComparison = (each: unknown, at: string, fields: ReadonlyMap<string, Kind>, say: Say): void => {
  const comparison = objectAt(each, at, say)
  if (comparison === undefined) return
  if (typeof comparison.name !== 'string' || comparison.name === '') say(`${at}.name`, 'a name is needed')
  const read = listAt(comparison.fields, `${at}.fields`, say)
  const kind = fields.get(String(read[0]))
  for (const name of read) if (!fields.has(String(name))) say(`${at}.fields`, `there is no field "${String(name)}"`)
  if (kind === undefined) return say(`${at}.fields`, 'a comparison reads at least one known field')
  const expected = levelsOf(kind)
  const levels = listAt(comparison.levels, `${at}.levels`, say)
  if (levels.length !== expected.length)
    return say(
      `${at}.levels`,
      `a ${kind} has ${expected.length} levels, here are ${levels.length}: ${expected.join('; ')}`,
    )
  let before = 0
  levels.forEach((each, g) => {
    const level = objectAt(each, `${at}.levels[${g}]`, say)
    if (level === undefined) return
    if (level.name !== expected[g]) say(`${at}.levels[${g}].name`, `must be "${expected[g]}"`)
    const { m, u } = level
    if (!isShare(m)) say(`${at}.levels[${g}].m`, 'must be more than 0 and at most 1')
    if (!isShare(u)) say(`${at}.levels[${g}].u`, 'must be more than 0 and at most 1')
    if (!isShare(m) || !isShare(u)) return
    // Closer must not weigh less: such a model says that a worse agreement is better evidence.
    if (g >= apartOf(kind) && m / u < before * (1 - 1e-6))
      say(`${at}.levels[${g}]`, 'weighs less than the level before it, which is further off')
    before = g < apartOf(kind) ? 0 : m / u
  })
}

const checkPart = (part: unknown, at: string, fields: ReadonlyMap<string, Kind>, say: Say): void => {
  const [name, form, ...rest] = String(part).split(':')
  if (!fields.has(name!) && !namedParts.some((each) => each === name)) say(at, `there is no field "${name}"`)
  if (rest.length > 0 || (form !== undefined && !forms.some((each) => each === form)))
    say(at, `"${String(part)}": after the colon one of ${forms.join(', ')}`)
}

const checkThresholds = (value: unknown, say: Say): void => {
  const thresholds = objectAt(value, 'thresholds', say)
  if (thresholds === undefined) return
  const { look, link, strong } = thresholds
  for (const name of ['look', 'link', 'strong'])
    if (!isNumber(thresholds[name])) say(`thresholds.${name}`, 'must be a number')
  if (isNumber(look) && isNumber(link) && isNumber(strong) && !(look <= link && link <= strong))
    say('thresholds', 'look must not be above link, nor link above strong')
}

const checkHousehold = (value: unknown, comparisons: readonly unknown[], say: Say): void => {
  const household = objectAt(value, 'household', say)
  if (household === undefined) return
  if (!isNumber(household.prior)) say('household.prior', 'must be a number: log2 of the odds that two share a home')
  const of = objectAt(household.levels, 'household.levels', say) ?? {}
  for (const { name, levels } of comparisons as readonly { name?: unknown; levels?: unknown }[]) {
    const at = `household.levels.${String(name)}`
    const own = listAt(of[String(name)], at, say)
    if (Array.isArray(levels) && own.length !== levels.length)
      say(at, `needs ${levels.length} numbers, one for each level`)
    if (!own.every(isShare)) say(at, 'each must be more than 0 and at most 1')
  }
}

const checkFrequencies = (value: unknown, say: Say): void => {
  const isLog = (share: unknown): boolean => isNumber(share) && share <= 0
  for (const [name, each] of Object.entries(objectAt(value, 'frequencies', say) ?? {})) {
    const frequency = objectAt(each, `frequencies.${name}`, say)
    if (frequency === undefined) continue
    if (!isLog(frequency.least)) say(`frequencies.${name}.least`, 'must be log2 of a share, so not above 0')
    const shares = objectAt(frequency.shares, `frequencies.${name}.shares`, say) ?? {}
    for (const [text, share] of Object.entries(shares))
      if (!isLog(share)) say(`frequencies.${name}.shares.${text}`, 'must be log2 of a share, so not above 0')
  }
}

const objectAt = (value: unknown, at: string, say: Say): Record<string, unknown> | undefined => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  say(at, 'must be an object')
  return undefined
}

const listAt = (value: unknown, at: string, say: Say): readonly unknown[] => {
  if (Array.isArray(value)) return value
  say(at, 'must be a list')
  return []
}

const isKind = (value: unknown): value is Kind => kinds.some((kind) => kind === value)
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isShare = (value: unknown): value is number => isNumber(value) && value > 0 && value <= 1
