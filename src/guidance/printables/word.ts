import type { Flowing } from './many-pages.ts'
import type { Info } from './paper.ts'
import { zipped } from './zip.ts'

/*
 * A Word file (ECMA-376, WordprocessingML) of headings and paragraphs, as `manyPages` makes a PDF of them. A library for
 * it would bring six others; this needs five small files in an archive. Nothing of what is written becomes a field: the
 * only ones are the two page numbers at the foot.
 */
type Foot = (page: string, pages: string) => string

/** As many pages as the words take, with real headings, a language and a line at the foot of each. */
export const wordPages = (info: Info, foot: Foot, write: (paper: Flowing) => void): Buffer => {
  const body: string[] = []
  write({
    say: (role, words) => void body.push(paragraph(role, words)),
    next: () => void body.push('<w:p><w:r><w:br w:type="page"/></w:r></w:p>'),
  })
  const files: [name: string, text: string][] = [
    ['[Content_Types].xml', types],
    [
      '_rels/.rels',
      related([
        ['officeDocument', 'word/document.xml'],
        ['core', 'docProps/core.xml'],
      ]),
    ],
    ['docProps/core.xml', core(info)],
    ['word/document.xml', documentOf(body)],
    [
      'word/_rels/document.xml.rels',
      related([
        ['styles', 'styles.xml'],
        ['footer', 'footer.xml'],
      ]),
    ],
    ['word/styles.xml', styles(info.lang)],
    ['word/footer.xml', footer(foot)],
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
const safe = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')

const run = (words: string): string =>
  `<w:r>${words
    .split(/\r\n?|\n/)
    .map((line) => `<w:t xml:space="preserve">${safe(line)}</w:t>`)
    .join('<w:br/>')}</w:r>`

const styleOf = { H1: 'Heading1', H2: 'Heading2', H3: 'Heading3', P: 'Normal' } as const
const paragraph = (role: keyof typeof styleOf, words: string): string =>
  `<w:p><w:pPr><w:pStyle w:val="${styleOf[role]}"/></w:pPr>${run(words)}</w:p>`

const documentOf = (body: readonly string[]): string =>
  `<w:document ${ns} xmlns:r="${office}"><w:body>${body.join('')}<w:sectPr><w:footerReference w:type="default" r:id="r2"/>` +
  '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1240" w:right="1240" w:bottom="1240" w:left="1240" w:header="600" w:footer="600" w:gutter="0"/>' +
  '</w:sectPr></w:body></w:document>'

const mark = { page: '\u0001', pages: '\u0002' }
const footer = (foot: Foot): string => {
  const parts = foot(mark.page, mark.pages).split(/([\u0001\u0002])/)
  const field = (name: string): string => `<w:fldSimple w:instr=" ${name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
  const runs = parts.map((part) =>
    part === mark.page ? field('PAGE') : part === mark.pages ? field('NUMPAGES') : run(part),
  )
  return `<w:ftr ${ns}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>${runs.join('')}</w:p></w:ftr>`
}

const kinds: Record<string, string> = {
  officeDocument: `${office}/officeDocument`,
  core: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
  styles: `${office}/styles`,
  footer: `${office}/footer`,
}
const related = (parts: readonly [kind: string, target: string][]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${parts
    .map(([kind, target], i) => `<Relationship Id="r${i + 1}" Type="${kinds[kind]}" Target="${target}"/>`)
    .join('')}</Relationships>`

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const part = (name: string, type: string): string => `<Override PartName="${name}" ContentType="${type}+xml"/>`
const types =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  part('/word/document.xml', `${word}.document.main`) +
  part('/word/styles.xml', `${word}.styles`) +
  part('/word/footer.xml', `${word}.footer`) +
  part('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties') +
  '</Types>'

const core = ({ title, author, lang, made }: Info): string =>
  '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `<dc:title>${safe(title)}</dc:title><dc:creator>${safe(author)}</dc:creator><dc:language>${safe(lang)}</dc:language>` +
  `<dcterms:created xsi:type="dcterms:W3CDTF">${made.toISOString()}</dcterms:created></cp:coreProperties>`

const heading = (level: number, size: number): string =>
  `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/><w:basedOn w:val="Normal"/>` +
  `<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="${level - 1}"/></w:pPr>` +
  `<w:rPr><w:b/><w:color w:val="14493F"/><w:sz w:val="${size}"/></w:rPr></w:style>`

const styles = (lang: string): string =>
  `<w:styles ${ns}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/>` +
  `<w:lang w:val="${safe(lang)}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140"/></w:pPr></w:pPrDefault></w:docDefaults>` +
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>' +
  heading(1, 44) +
  heading(2, 32) +
  heading(3, 24) +
  '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="17"/></w:rPr></w:style>' +
  '</w:styles>'
