import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../platform/index.ts'
import { dataClasses } from './decide.ts'
import { relationships } from './register.ts'

export const lists = ['purpose', 'basis', 'condition', 'gateway', 'class', 'obligation'] as const
export const effects = ['permit', 'duty', 'bar'] as const
export const clauseAges = ['child', 'adult', 'any'] as const
export const controllerRoles = ['controller', 'joint controller', 'processor'] as const

const code = z.string().min(1, 'a code may not be empty')
const named = z.strictObject({
  name: z.string().min(1, 'give a name'),
  reach: z.string().min(1, 'say how to reach them'),
})

export const codesFile = z.array(
  z.strictObject({
    list: z.enum(lists),
    code,
    label: z.string().min(1, 'give the words for it'),
    note: z.string().default(''),
    validFrom: z.iso.date('a date is written as 2026-04-29').optional(),
    validTo: z.iso.date('a date is written as 2026-04-29').optional(),
    /** Whether somebody who answers for the law has confirmed it. */
    checked: z.boolean(),
  }),
)
export type CodeFile = z.output<typeof codesFile>[number]

const token = z
  .string()
  .regex(
    /^(any|self|(agency|kind|sector):[a-z0-9-]+)$/,
    'agencies are written as any, self, agency:…, kind:… or sector:…',
  )
const someTokens = z.array(token).min(1, 'name at least one kind of agency')

const clause = z.strictObject({
  number: z.int().positive(),
  effect: z.enum(effects, 'a clause is a permit, a duty or a bar'),
  title: z.string().min(1, 'a clause needs a title'),
  plain: z.string().default(''),
  suppliers: someTokens,
  recipients: someTokens,
  purposes: z.array(code).min(1, 'name at least one purpose'),
  bases: z.array(code).default([]),
  conditions: z.array(code).default([]),
  gateways: z.array(code).default([]),
  classes: z.array(z.enum(dataClasses, 'data classes are D0 to D9')).min(1, 'name at least one data class'),
  relationship: z.enum(relationships).default('none'),
  age: z.enum(clauseAges).default('any'),
  handling: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
  obligations: z.array(code).default([]),
})

/** A set of agreements as a file: by kinds of agency, so that any county can start from the same one. */
export const agreementsFile = z.strictObject({
  agreements: z.array(
    z.strictObject({
      code,
      title: z.string().min(1, 'an agreement needs a title'),
      /** 0 is what the law asks anyway: it ships with the product, and no file that is read from elsewhere has one. */
      tier: z.union([z.literal(0), z.literal(1), z.literal(2)], 'a tier is 1 or 2'),
      under: code.optional(),
      summary: z.string().default(''),
      reviewMonths: z.int().positive().default(12),
      controllerRole: z.enum(controllerRoles).default('controller'),
      parties: someTokens,
      clauses: z.array(clause).min(1, 'an agreement needs a clause'),
    }),
  ),
})
export type AgreementsFile = z.output<typeof agreementsFile>
export type ClauseFile = AgreementsFile['agreements'][number]['clauses'][number]

/** Who signed, who is the contact, how far each agency has come. Without one the agreement is a draft to be signed. */
export const signingFile = z.strictObject({
  liveDaysAgo: z.int().positive(),
  reviewInDays: z.int().positive().default(165),
  lapsesInDays: z.record(z.string(), z.int().positive()).default({}),
  /** By the code of an agency. One that is not here is no party; one without signatories has not signed. */
  agencies: z.record(
    z.string(),
    z.strictObject({
      signatories: z
        .tuple([
          z.strictObject({ name: z.string().min(1), jobTitle: z.string() }),
          z.strictObject({ name: z.string().min(1), jobTitle: z.string() }),
        ])
        .optional(),
      contact: named.optional(),
      deputy: named.optional(),
      contactInDays: z.int().optional(),
      igLead: z.string().default(''),
      steps: z.array(z.enum(['briefed', 'accounts live'])).default([]),
    }),
  ),
})
export type Signing = z.output<typeof signingFile>

const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(projectRoot, 'content', name), 'utf8'))

/** The code lists that every partnership starts with. */
export const shippedCodes = (): CodeFile[] => codesFile.parse(read('sharing/codes.json'))
/** The agreement that every partnership may start from. @throws {Error} naming what is wrong with it */
export const shippedAgreements = (): AgreementsFile => readAgreements(read('sharing/agreement.json'))
/** What the law already asks of a front door, which every partnership starts with. */
export const shippedStanding = (): AgreementsFile['agreements'][number] =>
  agreementsFile.parse(read('sharing/standing.json')).agreements[0]!
/** The invented signatures of the partnership that the product is tried with. */
export const demoSigning = (): Signing => signingFile.parse(read('demo/sharing.json'))

/** @throws {Error} with a line for everything that is wrong, and where: 'agreements[1].clauses[3]: a permit needs a lawful basis' */
export const readAgreements = (json: unknown): AgreementsFile => {
  const parsed = agreementsFile.safeParse(json)
  const problems = parsed.success
    ? problemsIn(parsed.data)
    : parsed.error.issues.map(({ path: at, message }) => `${placeOf(at)}: ${message}`)
  if (problems.length || !parsed.success)
    throw new Error(['This agreement cannot be used yet:', ...problems.map((line) => `  ${line}`)].join('\n'))
  return parsed.data
}

const placeOf = (at: readonly PropertyKey[]): string =>
  at
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '') || 'the file'

const problemsIn = ({ agreements }: AgreementsFile): string[] => {
  const codes = agreements.map((agreement) => agreement.code)
  return agreements.flatMap((agreement, i) => {
    const at = `agreements[${i}]`
    const above = agreements.find(({ code: other }) => other === agreement.under)
    return [
      ...(codes.indexOf(agreement.code) === i ? [] : [`${at}.code: "${agreement.code}" is there already`]),
      ...(agreement.tier === 0 ? [`${at}.tier: what the law asks anyway is there already`] : []),
      ...(agreement.tier === 1 && agreement.under ? [`${at}.under: a tier 1 agreement stands under none`] : []),
      ...(agreement.tier === 2 && above?.tier !== 1
        ? [`${at}.under: a tier 2 agreement stands under one of tier 1, which must be in the file`]
        : []),
      ...agreement.clauses.flatMap((one, j) => [
        ...(one.effect !== 'bar' && one.bases.length === 0
          ? [`${at}.clauses[${j}].bases: a ${one.effect} needs a lawful basis`]
          : []),
        ...(agreement.clauses.findIndex(({ number }) => number === one.number) === j
          ? []
          : [`${at}.clauses[${j}].number: ${one.number} is there already`]),
      ]),
    ]
  })
}
