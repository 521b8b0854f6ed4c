import type { Ask, Download, FieldError } from '../../web/index.ts'
import { hintLine } from './form.tsx'
import { hintsIn } from './language-aid.ts'
import type { Typed } from './written.ts'
import type { Kept } from './write.ts'

/**
 * What the page that saved by itself is told: the moment, and for each field what became of it. It is answered after the
 * commit, so what is shown as saved is.
 */
export const keptAnswer = (
  ask: Ask,
  kept: ReadonlyMap<string, Kept>,
  typed: readonly Typed[],
  wrong: readonly FieldError[],
  at: Date,
): Download => ({
  kind: 'download',
  type: 'application/json',
  bytes: Buffer.from(
    JSON.stringify({
      at: new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: ask.place.zone }).format(at),
      fields: Object.fromEntries(
        [...kept].map(([field, { outcome, read }]) => {
          const words = typed.find((one) => one.field === field)?.words ?? ''
          return [field, { outcome, read: read.join(' '), hints: hintsIn(words).map((hint) => hintLine(ask, hint)) }]
        }),
      ),
      wrong: Object.fromEntries(wrong.map(({ field, text }) => [field, text])),
    }),
  ),
})
