import { manyPages, type Flowing } from '../../guidance/index.ts'
import { fill, type Words } from '../../web/index.ts'
import type { Pack } from './pack.ts'

/** The pack on paper: a plain cover, then everything that is released, tagged for screen readers. */
export const packPaper = (pack: Pack, made: Date, { rights }: Words): Promise<Buffer> => {
  const words = rights.access.pack
  const foot = (page: number, pages: number): string => fill(words.page, { page, pages })
  return manyPages({ title: pack.title, author: '', lang: 'en-GB', made }, foot, (paper) => {
    paper.say('H1', pack.title)
    paper.say('P', pack.made)
    for (const line of pack.what) paper.say('P', line)
    left(paper, pack, words)
    paper.say('H2', words.rightsTitle)
    for (const line of pack.rights) paper.say('P', line)
    paper.next()
    paper.say('H2', pack.about)
    if (pack.entries.length === 0) paper.say('P', words.nothing)
    for (const { title, date, text } of pack.entries) {
      paper.say('H3', date ? fill(words.dated, { title, date }) : title)
      paper.say('P', text)
    }
  })
}

const left = (paper: Flowing, pack: Pack, words: Words['rights']['access']['pack']): void => {
  paper.say('H2', words.leftOut)
  paper.say('P', pack.hidden)
  for (const { reason, count } of pack.withheld) paper.say('P', `${count}: ${reason}`)
  paper.say('P', pack.maybe)
  paper.say('H2', words.othersTitle)
  paper.say('P', pack.others.length === 0 ? words.noOthers : words.others)
  for (const agency of pack.others) paper.say('P', `– ${agency}`)
}
