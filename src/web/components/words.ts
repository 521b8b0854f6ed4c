import { isValidElement, type ComponentChildren, type JSX } from 'preact'
import type { Attributes } from './attributes.ts'

/** What a person reads. Narrower than ComponentChildren, which admits any object and would hide a mistyped option. */
export type Words = JSX.Element | string | number | boolean | null | undefined | Words[]

type Options = { text: ComponentChildren; classes?: string; attributes?: Attributes }

/** Words alone, or words with their options: `'Full name'`, `{ text: 'Full name', classes: 'govuk-label--l' }`. */
export type Worded<More = unknown> = Words | (Options & More)

export const worded = <More>(value: Worded<More>): Options & Partial<More> =>
  (isOptions(value) ? value : { text: value }) as Options & Partial<More>

const isOptions = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isValidElement(value)

export const hasWords = (value: unknown) => value !== undefined && value !== null && value !== '' && value !== false
