import { fill, type FieldError, type Words } from '../web/index.ts'
import type { Field } from './fields.ts'

/** A form as it was typed: what a draft keeps, and what is shown again. */
export type Typed = Record<string, string | string[]>
export type Options = (field: Extract<Field, { as: 'one' | 'some' }>) => readonly { value: string; text: string }[]
type Row = Record<string, unknown>

const most_rows = 30
const most_lines = 60
const longest_line = 2000

/** Words as the form shows them. */
export const typedFrom = (fields: readonly Field[], words: object, prefix = ''): Typed =>
  Object.assign(
    {},
    ...fields.map((field): Typed => {
      const name = prefix + field.name
      const value = (words as Row)[field.name]
      if (field.as === 'group')
        return Object.assign(
          {},
          ...((value as Row[]) ?? []).map((row, at) => typedFrom(field.fields, row, `${name}-${at}-`)),
        )
      if (field.as === 'lines') return { [name]: ((value as string[]) ?? []).join('\n') }
      if (field.as === 'some') return { [name]: (value as string[]) ?? [] }
      if (field.as === 'tick') return value ? { [name]: 'yes' } : {}
      return { [name]: String(value ?? '') }
    }),
  )

/** How many rows of a group were typed. */
export const rowsTyped = (typed: Typed, group: string): number => {
  const numbers = Object.keys(typed).flatMap((name) => {
    const match = name.startsWith(`${group}-`) && /^(\d{1,2})-/.exec(name.slice(group.length + 1))
    return match ? [Number(match[1])] : []
  })
  return Math.min(most_rows, Math.max(-1, ...numbers) + 1)
}

/** The names a form of these fields may send. Anything else was typed by nobody. */
export const namesIn = (fields: readonly Field[], typed: Typed, prefix = ''): string[] =>
  fields.flatMap((field) => {
    const name = prefix + field.name
    if (field.as !== 'group') return [name]
    return Array.from({ length: rowsTyped(typed, name) + 1 }, (_, at) =>
      namesIn(field.fields, typed, `${name}-${at}-`),
    ).flat()
  })

type Asked = { typed: Typed; options: Options; w: Words['guidance']['edit'] }
type ReadWords = { words: Row; errors: FieldError[] }

/** What was typed, as words. Where something is wrong, the sentences about it, and the words as far as they go. */
export const wordsFrom = (fields: readonly Field[], asked: Asked, prefix = ''): ReadWords => {
  const read = fields.map((field) => ({ field, ...readField(field, asked, prefix + field.name) }))
  return {
    words: Object.fromEntries(read.map(({ field, value }) => [field.name, value])),
    errors: read.flatMap(({ errors }) => errors),
  }
}

const readField = (field: Field, asked: Asked, name: string): { value: unknown; errors: FieldError[] } => {
  if (field.as === 'group') return readRows(field, asked, name)
  const label = labelOf(asked.w, field)
  const { value, wrong, most } = readOne(field, asked, name)
  const text =
    wrong && fill(asked.w.errors[wrong], { field: wrong === 'long' || wrong === 'date' ? label : lowered(label), most })
  return { value, errors: text ? [{ field: name, text }] : [] }
}

const readRows = (field: Extract<Field, { as: 'group' }>, asked: Asked, name: string) => {
  const rows = Array.from({ length: rowsTyped(asked.typed, name) }, (_, at) => `${name}-${at}-`)
    .filter((row) => isRowTyped(field.fields, asked.typed, row))
    .map((row) => wordsFrom(field.fields, asked, row))
  return { value: rows.map(({ words }) => words), errors: rows.flatMap(({ errors }) => errors) }
}

type One = { value: unknown; wrong?: false | 'missing' | 'long' | 'choose' | 'lines' | 'date'; most: number }

const readOne = (field: Exclude<Field, { as: 'group' }>, { typed, options }: Asked, name: string): One => {
  const needed = !('optional' in field)
  const value = one(typed, name).trim()
  switch (field.as) {
    case 'line':
    case 'text':
      return {
        value,
        wrong: (needed && value === '' && 'missing') || (value.length > field.most && 'long'),
        most: field.most,
      }
    case 'lines': {
      const lines = value
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
        .slice(0, most_lines)
      const tooLong = lines.some((line) => line.length > longest_line)
      return {
        value: lines,
        wrong: (needed && lines.length === 0 && 'lines') || (tooLong && 'long'),
        most: longest_line,
      }
    }
    case 'some': {
      const known = options(field).map((option) => option.value)
      const chosen = [typed[name] ?? []].flat().filter((choice) => known.includes(choice))
      return { value: chosen, wrong: needed && chosen.length === 0 && 'choose', most: 0 }
    }
    case 'one': {
      const known = options(field).some((option) => option.value === value)
      return { value: known ? value : '', wrong: !known && (needed || value !== '') && 'choose', most: 0 }
    }
    case 'tick':
      return { value: value === 'yes', most: 0 }
    case 'day':
      return { value: isDay(value) ? value : null, wrong: value !== '' && !isDay(value) && 'date', most: 0 }
  }
}

export const labelOf = (w: Words['guidance']['edit'], { name, label = name }: Pick<Field, 'name' | 'label'>): string =>
  w.fields[label as keyof typeof w.fields] ?? name

const lowered = (label: string) => label.charAt(0).toLowerCase() + label.slice(1)

const one = (typed: Typed, name: string): string => [typed[name] ?? ''].flat()[0] ?? ''

/** A row counts when a person wrote in it; a choice or a tick alone stays behind when the rest is cleared. */
const isRowTyped = (fields: readonly Field[], typed: Typed, row: string): boolean =>
  fields.some((field) => ['line', 'text', 'lines'].includes(field.as) && one(typed, row + field.name).trim() !== '')

export const isDay = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
  new Date(`${value}T00:00:00Z`).toISOString().startsWith(value)

/** Without what no page or paper can show: control characters, halves of characters, the database's own mark. */
export const printable = (form: Readonly<Record<string, string | string[]>>): Typed =>
  Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, Array.isArray(value) ? value.map(clean) : clean(value)]),
  )

const clean = (value: string): string =>
  value
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f\uf8ff]/g, '')
