import { z } from 'zod'
import { BadRequest } from '../platform/index.ts'
import type { Ask } from './ask.ts'

/** A sentence about one field; `field` is also the id that the summary links to. */
export type FieldError = { field: string; text: string }
export type Read<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] }

/**
 * Reads what was typed with the page's one schema. Messages of the schema are the sentences that people read: all that
 * is wrong at once, in the order of the schema's fields.
 * @throws {BadRequest} for a field that the page never asked for: nobody typed that
 */
export const readForm = <S extends z.ZodType>(schema: S, form: Ask['form']): Read<z.output<S>> => {
  const parsed = schema.safeParse(form)
  if (parsed.success) return { ok: true, value: parsed.data }
  const unknown = parsed.error.issues.find((issue) => issue.code === 'unrecognized_keys')
  if (unknown) throw new BadRequest('This form held something that was not asked for.')
  const errors = errorsOf(parsed.error.issues)
  const object = objectOf(schema)
  return { ok: false, errors: object ? inOrder(object, [...errors, ...alsoWrong(schema, object, form)]) : errors }
}

/** One sentence a field: the first thing to put right. */
const firstOfEach = (errors: readonly FieldError[]): FieldError[] =>
  errors.filter(({ field }, i) => errors.findIndex((one) => one.field === field) === i)

const errorsOf = (issues: readonly z.core.$ZodIssue[]): FieldError[] =>
  firstOfEach(issues.map(({ path, message }) => ({ field: path.map(String).join('-'), text: message })))

const objectOf = (schema: z.ZodType): z.ZodObject | undefined => {
  if (schema instanceof z.ZodPipe) return objectOf(schema.in as z.ZodType)
  return schema instanceof z.ZodObject ? schema : undefined
}

const inOrder = (object: z.ZodObject, errors: readonly FieldError[]): FieldError[] => {
  const fields = Object.keys(object.shape)
  const place = ({ field }: FieldError): number => (fields.includes(field) ? fields.indexOf(field) : fields.length)
  return firstOfEach(errors).sort((a, b) => place(a) - place(b))
}

/**
 * What is wrong by a rule about several fields, or about a day or an owner that several boxes make, though another field
 * is wrong by itself. Zod asks such a rule only once every field is right, so people corrected a form twice. Of a choice
 * that was not made, only what is wrong whichever is chosen.
 */
const alsoWrong = (schema: z.ZodType, object: z.ZodObject, form: Ask['form']): FieldError[] => {
  const fields = Object.entries(object.shape as Record<string, z.ZodType>)
  const wrong = fields.filter(([name, field]) => !field.safeParse(form[name]).success)
  const anything = Object.fromEntries(wrong.map(([name]) => [name, z.any().optional()]))
  const shape = { ...object.shape, ...anything }
  const checked = object.clone({ ...object.def, shape })
  const rules: z.ZodType[] = [checked]
  if (schema instanceof z.ZodPipe && schema.in === object)
    rules.push(
      object
        .clone({ ...object.def, shape, checks: [] })
        .pipe(schema.out as z.ZodTransform<unknown, Record<string, unknown>>),
    )
  const [one = [], ...others] = choicesAmong(wrong).map((chosen) =>
    rules.flatMap((rule) => told(rule, { ...form, ...chosen })),
  )
  return one.filter((error) => others.every((other) => other.some(({ field }) => field === error.field)))
}

/** Every way to make the choices that were not made, up to as many as are asked in no time. */
const choicesAmong = (wrong: readonly (readonly [string, z.ZodType])[]): Record<string, string>[] => {
  let ways: Record<string, string>[] = [{}]
  for (const [name, field] of wrong)
    if (field instanceof z.ZodEnum)
      ways = ways.flatMap((way) => field.options.map((option) => ({ ...way, [name]: String(option) })))
  return ways.length > most_ways ? [] : ways
}
const most_ways = 500

const told = (rule: z.ZodType, form: Ask['form']): FieldError[] => {
  try {
    const { error } = rule.safeParse(form)
    return error ? errorsOf(error.issues) : []
  } catch (error) {
    // A rule may need what is missing; what it says is told once that is there.
    if (error instanceof TypeError) return []
    throw error
  }
}
