import type { Info } from './paper.ts'
import { zipped } from './zip.ts'

/*
 * A Word file (ECMA-376, WordprocessingML) around a body of paragraphs, tables and lists. A library for it would bring six
 * others; this needs a few small files in an archive. Nothing of what is written becomes a field: the
 * only ones are the two page numbers at the foot.
 */
export type Foot = (page: string, pages: string) => string

/** `own` is put after our styles; `numbering` says what lists there are. With a cover the first page has no foot. */
type WordFile = {
  info: Info
  foot: Foot
  body: string
  styles?: string
  numbering?: string
  cover?: boolean
  headings?: readonly [number, number, number]
}

export const wordFile = ({
  info,
  foot,
  body,
  styles: own = '',
  numbering,
  cover = false,
  headings = [44, 32, 24],
}: WordFile): Buffer => {
  const files: [name: string, text: string][] = [
    ['[Content_Types].xml', typesOf(numbering !== undefined)],
    [
      '_rels/.rels',
      related([
        ['officeDocument', 'word/document.xml'],
        ['core', 'docProps/core.xml'],
      ]),
    ],
    ['docProps/core.xml', core(info)],
    ['word/document.xml', documentOf(body, cover)],
    [
      'word/_rels/document.xml.rels',
      related([
        ['styles', 'styles.xml'],
        ['footer', 'footer.xml'],
        ...(numbering === undefined ? [] : [['numbering', 'numbering.xml'] as [string, string]]),
      ]),
    ],
    ['word/styles.xml', styles(info.lang, own, headings)],
    ['word/footer.xml', footer(foot)],
    ...(numbering === undefined
      ? []
      : [['word/numbering.xml', `<w:numbering ${ns}>${numbering}</w:numbering>`] as [string, string]]),
  ]
  return zipped(
    files.map(([name, text]) => ({ name, bytes: Buffer.from(head + text) })),
    info.made,
  )
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** What may stand in XML 1.0; a control character that somebody pasted may not. */
export const wordSafe = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')

/** Words as a run of text, each of their lines on its own. */
export const wordRun = (words: string): string =>
  `<w:r>${words
    .split(/\r\n?|\n/)
    .map((line) => `<w:t xml:space="preserve">${wordSafe(line)}</w:t>`)
    .join('<w:br/>')}</w:r>`

const documentOf = (body: string, cover: boolean): string =>
  `<w:document ${ns} xmlns:r="${office}"><w:body>${body}<w:sectPr><w:footerReference w:type="default" r:id="r2"/>` +
  '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1240" w:right="1240" w:bottom="1240" w:left="1240" w:header="600" w:footer="600" w:gutter="0"/>' +
  (cover ? '<w:titlePg/>' : '') +
  '</w:sectPr></w:body></w:document>'

const mark = { page: '\u0001', pages: '\u0002' }
const footer = (foot: Foot): string => {
  const parts = foot(mark.page, mark.pages).split(/([\u0001\u0002])/)
  const field = (name: string): string => `<w:fldSimple w:instr=" ${name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
  const runs = parts.map((part) =>
    part === mark.page ? field('PAGE') : part === mark.pages ? field('NUMPAGES') : wordRun(part),
  )
  return `<w:ftr ${ns}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>${runs.join('')}</w:p></w:ftr>`
}

const kinds: Record<string, string> = {
  officeDocument: `${office}/officeDocument`,
  core: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
  styles: `${office}/styles`,
  numbering: `${office}/numbering`,
  footer: `${office}/footer`,
}
const related = (parts: readonly [kind: string, target: string][]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${parts
    .map(([kind, target], i) => `<Relationship Id="r${i + 1}" Type="${kinds[kind]}" Target="${target}"/>`)
    .join('')}</Relationships>`

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const part = (name: string, type: string): string => `<Override PartName="${name}" ContentType="${type}+xml"/>`
const typesOf = (lists: boolean): string =>
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  part('/word/document.xml', `${word}.document.main`) +
  part('/word/styles.xml', `${word}.styles`) +
  (lists ? part('/word/numbering.xml', `${word}.numbering`) : '') +
  part('/word/footer.xml', `${word}.footer`) +
  part('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties') +
  '</Types>'

const core = ({ title, author, lang, made }: Info): string =>
  '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `<dc:title>${wordSafe(title)}</dc:title><dc:creator>${wordSafe(author)}</dc:creator><dc:language>${wordSafe(lang)}</dc:language>` +
  `<dcterms:created xsi:type="dcterms:W3CDTF">${made.toISOString()}</dcterms:created></cp:coreProperties>`

const heading = (level: number, size: number): string =>
  `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/><w:basedOn w:val="Normal"/>` +
  `<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="${level - 1}"/></w:pPr>` +
  `<w:rPr><w:b/><w:color w:val="14493F"/><w:sz w:val="${size}"/></w:rPr></w:style>`

const styles = (lang: string, own: string, [one, two, three]: readonly [number, number, number]): string =>
  `<w:styles ${ns}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/>` +
  `<w:lang w:val="${wordSafe(lang)}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140"/></w:pPr></w:pPrDefault></w:docDefaults>` +
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>' +
  heading(1, one) +
  heading(2, two) +
  heading(3, three) +
  '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="17"/></w:rPr></w:style>' +
  `${own}</w:styles>`
