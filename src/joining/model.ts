import business from '../../content/linkage/business.json' with { type: 'json' }
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { readModel, type Model } from '../linkage/index.ts'
import { projectRoot } from '../platform/index.ts'

/** A model of linkage with the name it is kept under: its own version, and what it holds. */
export type Versioned = { version: string; kind: 'person' | 'exact' | 'business'; spec: unknown }

/**
 * Reads the model that people are compared with. Frozen: the same pair weighs the same wherever and whenever it is met.
 * @throws {Error} with a sentence for each field that does not fit
 */
export const readPersonModel = (text: string, name: string): Versioned & { model: Model } => {
  const spec = parsed(text, name)
  const { model, wrong } = readModel(spec)
  const missing = wrong ? [] : neededFields.filter((field) => !model.fields.some((each) => each.name === field))
  const said = [
    ...(wrong ?? []),
    ...missing.map((field) => `fields: "${field}" is missing.`),
    ...(wrong || model.frequencies ? [] : ['frequencies: are missing. A model that is looked up with must be frozen.']),
  ]
  if (said.length > 0 || !model) throw new Error(`${name} cannot be used:\n${said.join('\n')}`)
  const { version } = spec as { version?: string }
  return { version: `${version ?? 'person'} ${hashOf(text)}`, kind: 'person', spec, model }
}

export const neededFields = [
  'given',
  'middle',
  'family',
  'born',
  'sex',
  'postcode',
  'address',
  'phone',
  'nhs number',
  'school',
  'said with',
] as const

const parsed = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${name} cannot be used:\nmodel: is not JSON.`)
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

let people: ReturnType<typeof readPersonModel> | undefined

/** The model that ships, read once. */
export const personModel = () => {
  const file = path.join('content', 'linkage', 'person.json')
  return (people ??= readPersonModel(fs.readFileSync(path.join(projectRoot, file), 'utf8'), file))
}

/**
 * What agreeing on a thing weighs, in bits. Judgements: a plate is one vehicle's, a phone may change hands, a postcode is
 * some fifteen households. From `strong` on a pair is shown as nearly certain, from `look` on at all.
 */
const exactSpec = {
  version: 'exact/2',
  thresholds: { strong: 9.97, look: -6.6 },
  weights: {
    plate: { same: 12, 'same but for characters read for one another': 7, 'part of a plate': -2 },
    phone: { same: 12 },
    account: { same: 12, 'same name, platform not said': 4, 'same name on another platform': 0 },
    place: {
      'same property': 14,
      'same address': 11,
      'same numbers, otherwise written': 8,
      'same postcode': 0,
      'same postcode, another address': -5,
    },
  },
} as const

export const exactModel = { kind: 'exact', spec: exactSpec, ...exactSpec } as const

/** Businesses by name and place; its weights are content, since every county has trade words of its own. */
export const businessModel = {
  kind: 'business',
  spec: business,
  version: business.version,
  thresholds: { ...business.thresholds, link: 0 },
} as const

/** All that proposals are made by. */
export const models = (): Versioned[] => [personModel(), exactModel, businessModel]
