import { NotFound } from '../../../platform/index.ts'
import type { Ask, Download } from '../../../web/index.ts'
import type { Guidance } from '../../guidance.ts'
import { cards } from '../../printables/cards.ts'
import { poster } from '../../printables/poster.ts'
import { printedFor, type Printed } from '../../printables/printed.ts'
import { guidanceFor } from '../../published.ts'

const made = new WeakMap<Guidance, Map<string, Promise<Buffer>>>()

/** Drawn once for each state of the words: a poster costs a hundred times a page. */
const print =
  (draw: (printed: Printed) => Promise<Buffer>) =>
  async (ask: Ask): Promise<Download> => {
    const guidance = await guidanceFor(ask)
    const setting = guidance.settings.find(({ slug }) => slug === ask.params['slug'])
    if (!setting) throw new NotFound()
    const sheets = made.get(guidance) ?? new Map<string, Promise<Buffer>>()
    made.set(guidance, sheets)
    const key = `${draw.name} ${setting.code} ${ask.lang.code}`
    const sheet = sheets.get(key) ?? draw(printedFor(ask, guidance, setting))
    sheets.set(key, sheet)
    sheet.catch(() => sheets.delete(key))
    return { kind: 'download', type: 'application/pdf', bytes: await sheet, cache: 'public' }
  }

/** /signs/hotels/poster.pdf */
export const printPoster = print(poster)
/** /signs/hotels/card.pdf */
export const printCards = print(cards)
