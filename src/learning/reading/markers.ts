/** What a line of a list begins with: a bullet, a number, or a bullet before a number. */
export type Marker = { bullet: string; number: string; words: string }

const bullets = /^(?:[-*•·∙●○▪■◦‣➢➔✓]|[–—](?=\s)|o(?=\s)|[\uf0b7\uf0a7])\s*/
/** 1. 1) (1) 2.1 2.1) a) (b) ii) */
const numbers =
  /^(?:\((\d{1,2}|[a-h]|[ivx]{1,4})\)|(\d{1,2}(?:\.\d{1,2}){1,2})[.)]?(?=\s+\p{Lu})|(\d{1,2}(?:\.\d{1,2})*|[a-h]|[ivx]{1,4})[.)](?=\s))\s*/u

/** @returns undefined for a line that is not one of a list */
export const markerOf = (line: string): Marker | undefined => {
  const bullet = bullets.exec(line)?.[0] ?? ''
  // "-5 degrees" and "*starred*" are words.
  if (bullet && !/\s$/.test(bullet) && /^[-*o]/.test(bullet)) return undefined
  const rest = line.slice(bullet.length)
  const found = numbers.exec(rest)
  if (!bullet && !found) return undefined
  const number = found ? (found[1] ?? found[2] ?? found[3] ?? '') : ''
  return { bullet: bullet.trim(), number, words: rest.slice(found?.[0].length ?? 0).trim() }
}
