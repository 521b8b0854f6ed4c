import { agencies } from '../../partnership/index.ts'
import { platesIn } from '../../joining/index.ts'
import type { Tx } from '../../platform/index.ts'
import { thirdParties } from '../../subjects/index.ts'

/** An NHS number, however it is spaced, and a day that may be somebody's birthday. */
const numbers = [/(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g, /(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)/g]

/**
 * What in a text might tell who somebody is: names, telephones, numbers, addresses, accounts, plates. It proposes more
 * rather than less, and finds nobody who is described without any of these: whoever writes has to look too.
 */
export const recognisableIn = async (tx: Tx, partnership: string, text: string): Promise<string[]> => {
  const organisations = (await agencies(tx, partnership)).map(({ name }) => name)
  const found = thirdParties(text, { own: [], workers: [], organisations, others: [] })
  const shaped = [...numbers.flatMap((shape) => text.match(shape) ?? []), ...platesIn(text)]
  return [...new Set([...found.map(({ from, to }) => text.slice(from, to)), ...shaped].map((one) => one.trim()))]
}
