/** One step through an XML file: a tag that opens, one that closes, or words between them. */
export type Step =
  | { is: 'open'; name: string; attribute: (name: string) => string | undefined; empty: boolean }
  | { is: 'close'; name: string }
  | { is: 'words'; words: string }

/**
 * Walks through XML in its order. No document types and no entities but the five of XML itself: nothing in a file that
 * somebody sends can name another file, or grow while it is read.
 */
export function* stepsOf(xml: string): Generator<Step> {
  for (const [token] of xml.matchAll(
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+/g,
  )) {
    if (token.startsWith('<![CDATA[')) yield { is: 'words', words: token.slice(9, -3) }
    else if (!token.startsWith('<')) yield { is: 'words', words: meant(token) }
    else if (token.startsWith('</')) yield { is: 'close', name: token.slice(2, -1).trim() }
    else if (!token.startsWith('<!') && !token.startsWith('<?')) {
      const name = /^<([^\s/>]+)/.exec(token)?.[1]
      if (name === undefined) continue
      const empty = token.endsWith('/>')
      yield { is: 'open', name, empty, attribute: (of) => attributeIn(token, of) }
      if (empty) yield { is: 'close', name }
    }
  }
}

const attributeIn = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  return found ? meant(found[1] ?? found[2] ?? '') : undefined
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const meant = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, ten?: string, sixteen?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole
    const code = ten !== undefined ? Number(ten) : Number.parseInt(sixteen!, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
