import type { Attributes } from './attributes.ts'

/** Words for govuk-frontend's own JavaScript: one message, or one for each plural rule (`{ one, other }`). */
export const i18n = (key: string, message: string | Record<string, string> | undefined): Attributes =>
  typeof message === 'object'
    ? Object.fromEntries(Object.entries(message).map(([rule, text]) => [`data-i18n.${key}.${rule}`, text]))
    : { [`data-i18n.${key}`]: message || undefined }
