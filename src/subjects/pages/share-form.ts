import { z } from 'zod'
import { dayInWords } from '../../partnership/index.ts'
import {
  choicesOf,
  codeProblem,
  consents,
  dataClasses,
  isImplied,
  methods,
  moreHarmful,
  reasonsNotToShare,
  type AgeFrame,
  type Answered,
  type Code,
  type DataClass,
  type Frame,
  type OpenDuty,
} from '../../sharing/index.ts'
import { dateBoxes, fill, readDate, readForm, typed, type Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'

/** Kinds of detail that one agency tells another about a person; counts and staff wellbeing are none. */
export const tellableClasses = dataClasses.filter((code) => !['D0', 'D1', 'D9'].includes(code))
/** What needs a condition of its own, whoever asks (Articles 9 and 10). */
const special = ['D5', 'D6']

export type Ground = {
  ask: Ask
  codes: readonly Code[]
  recipients: ReadonlyMap<string, string>
  today: string
  /** The duty clause that asks for it, where one does. */
  duty?: OpenDuty | undefined
}
export type Facts = { today: string; age: AgeFrame; denied: boolean }

const most = 5000
const several = z
  .union([z.string().max(200), z.array(z.string().max(200)).max(50)])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()))

/** Every box of all three steps: each step reads its own and carries the others along. */
const carried = ({ ask }: Pick<Ground, 'ask'>) => {
  const any = z.string().max(20_000).optional()
  return {
    step: any,
    recipient: any,
    name: any,
    role: any,
    classes: several,
    handling: any,
    purpose: any,
    basis: any,
    condition: any,
    wishes: any,
    why: any,
    method: any,
    told: any,
    not_told: any,
    outside: any,
    consent: any,
    reason: any,
    second: any,
    ...dateBoxes(ask, 'expires'),
  }
}

/** To whom, what, and by which right: codes are looked up in the lists of the agreement as they stand today. */
export const readWhom = ({ ask, codes, recipients, today }: Ground) => {
  const words = ask.w.share.share
  const short = (missing: string) =>
    z
      .string(missing)
      .trim()
      .min(1, missing)
      .max(200, fill(words.long, { most: 200 }))
  const problem = (list: Code['list'], code: string): string | undefined => {
    const found = codeProblem(codes, list, code, today)
    if (!found) return undefined
    return found.say === 'unknown'
      ? words.code.unknown
      : fill(words.code[found.say], { label: found.label, day: dayInWords(found.day) })
  }
  const coded = (list: Code['list'], missing: string) =>
    z
      .string(missing)
      .min(1, missing)
      .superRefine((code, ctx) => {
        const said = code && problem(list, code)
        if (said) ctx.addIssue({ code: 'custom', message: said })
      })
  const schema = z
    .strictObject({
      ...carried({ ask }),
      recipient: z.enum([...recipients.keys()] as [string, ...string[]], words.recipientMissing),
      name: short(words.nameMissing),
      role: short(words.roleMissing),
      classes: several.superRefine((chosen, ctx) => {
        const wrong = chosen.find((code) => !(tellableClasses as readonly string[]).includes(code))
        const said = chosen.length === 0 ? words.classesMissing : wrong ? words.code.unknown : undefined
        const ended = said ?? chosen.map((code) => problem('class', code)).find((one) => one !== undefined)
        if (ended) ctx.addIssue({ code: 'custom', message: ended })
      }),
      handling: z.enum(['0', '1', '2'], words.handlingMissing),
      purpose: coded('purpose', words.purposeMissing),
      basis: coded('basis', words.basisMissing),
      condition: z.union([z.literal(''), coded('condition', words.code.unknown)]).default(''),
    })
    .superRefine(({ classes, condition }, ctx) => {
      if (condition === '' && classes.some((code) => special.includes(code)))
        ctx.addIssue({ code: 'custom', message: words.conditionMissing, path: ['condition'] })
    })
    .transform(({ recipient, name, role, classes, handling, purpose, basis, condition }) => ({
      recipient,
      name,
      role,
      classes: classes as [DataClass, ...DataClass[]],
      handling: Number(handling) as 0 | 1 | 2,
      purpose,
      basis,
      condition,
    }))
  return readForm(schema, ask.form)
}

type Whom = Extract<ReturnType<typeof readWhom>, { ok: true }>['value'] & { subject: string; at: Date }
/** What was asked of the agreement, and what it answers. */
export type Asked = { ground: Ground; at: Through; whom: Whom; frame: Frame; answers: readonly Answered[] }

const long = (ask: Ask, missing: string) =>
  z
    .string(missing)
    .regex(/\S/, missing)
    .max(most, fill(ask.w.share.share.long, { most: most.toLocaleString('en-GB') }))
/** Only an adult is asked: a child's protection does not wait for it. */
const wishesOf = (ask: Ask, age: AgeFrame) =>
  age === 'adult'
    ? long(ask, ask.w.share.share.wishesMissing)
    : z
        .unknown()
        .optional()
        .transform(() => null)

export const readShare = (ask: Ask, { today, age, denied }: Facts) => {
  const { yes: words, consentMissing } = ask.w.share.share
  const empty = z
    .unknown()
    .optional()
    .transform(() => null)
  const schema = z
    .strictObject({
      ...carried({ ask }),
      wishes: wishesOf(ask, age),
      why: long(ask, words.whyMissing),
      method: z.enum(methods, words.methodMissing),
      told: z.enum(['yes', 'no'], words.toldMissing),
      not_told: typed(ask.form, 'told') === 'no' ? long(ask, words.notToldMissing) : empty,
      outside: denied ? long(ask, words.outsideMissing) : empty,
      consent: age === 'adult' ? z.enum(consents, consentMissing) : empty,
    })
    .transform(({ wishes, why, method, not_told, outside, consent, ...rest }, ctx) => {
      const expires = readDate(ask, rest, 'expires', '9999-12-31', ctx)
      if (expires !== null && expires < today)
        ctx.addIssue({ code: 'custom', message: words.expiresWrong, path: ['expires-day'] })
      return { wishes, why, method, notTold: not_told, outside, consent, expires }
    })
  return readForm(schema, ask.form)
}

/** Harm to the child is no reason where there is no child. */
export const reasonsFor = (age: AgeFrame) =>
  reasonsNotToShare.filter((reason) => age !== 'adult' || reason !== moreHarmful)

/** @param seconds the managers of whom one has to be named to answer, where it is sealed; nobody to ask: none */
export const readNot = (ask: Ask, age: AgeFrame, seconds: readonly string[]) => {
  const { not: words } = ask.w.share.share
  const schema = z
    .strictObject({
      ...carried({ ask }),
      wishes: wishesOf(ask, age),
      why: long(ask, words.whyMissing),
      reason: z.enum(reasonsFor(age), words.reasonMissing),
    })
    .superRefine(({ reason, second }, ctx) => {
      if (reason === moreHarmful && seconds.length > 0 && !seconds.includes(second ?? ''))
        ctx.addIssue({ code: 'custom', message: words.namedMissing, path: ['second'] })
    })
    .transform(({ wishes, why, reason, second }) => {
      const named = seconds.find((id) => id === second) ?? null
      return { wishes, why, reason, second: named }
    })
  return readForm(schema, ask.form)
}

export const choices = ({ codes, today }: Ground, list: Code['list']) =>
  choicesOf(codes, list, today)
    .filter(({ valid_from, code }) => valid_from <= today && !(list === 'purpose' && isImplied(code)))
    .map(({ code, label, note }) => ({ value: code, text: label, hint: note || undefined }))
