import { z } from 'zod'
import shipped from '../../../content/front-line.json' with { type: 'json' }

const coded = z.strictObject({ code: z.string(), label: z.string() })
const file = z
  .strictObject({
    /** From those who work with people directly upwards. `group` is what several of them are called together. */
    levels: z.array(coded.extend({ group: z.string() })).min(2),
    statements: z.array(z.strictObject({ code: z.string(), text: z.string() })).min(1),
    answers: z.array(coded).min(2),
    /** Each with the statement that says how it is felt, so that what is answered can be measured afterwards. */
    themes: z.array(coded.extend({ about: z.string(), statement: z.string() })).min(1),
    became: z.array(coded).min(1),
  })
  .refine(({ statements, themes }) => themes.every((theme) => statements.some(({ code }) => code === theme.statement)))
  .parse(shipped)

export const { levels, statements, answers, themes, became } = file

const codesOf = (list: readonly { code: string }[]) => list.map(({ code }) => code) as [string, ...string[]]
export const levelCodes = codesOf(levels)
export const statementCodes = codesOf(statements)
export const answerCodes = codesOf(answers)
export const themeCodes = codesOf(themes)
export const becameCodes = codesOf(became)

export const statementOf = (theme: string): string | undefined => themes.find(({ code }) => code === theme)?.statement
export const textOf = (statement: string): string =>
  statements.find(({ code }) => code === statement)?.text ?? statement

/** A group of levels in words: 'Managers and senior managers' of 'manager+senior'. */
export const groupLabel = (group: string): string => {
  const names = group.split('+').map((code) => levels.find((level) => level.code === code)?.group ?? code)
  const all = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0]!
  return all.charAt(0).toUpperCase() + all.slice(1)
}
