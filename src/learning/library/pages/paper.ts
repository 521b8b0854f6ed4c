import { NotFound } from '../../../platform/index.ts'
import { fill, type Ask, type Handler } from '../../../web/index.ts'
import { reportPdf } from '../../report/documents/pdf.ts'
import { paperOf } from '../../report/documents/pieces.ts'
import { reportWord } from '../../report/documents/word.ts'
import { entryAt } from '../read.ts'
import { slugIn } from './entry.tsx'

/** /library/:slug/report.docx and .pdf: a published report as its partnership hands it round. */
export const wordFile: Handler = async (ask) => {
  const { info, foot, paper, name } = await printed(ask)
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  return { kind: 'download', type, name: `${name}.docx`, bytes: reportWord(info, foot, paper), cache: 'public' }
}

export const pdfFile: Handler = async (ask) => {
  const { info, foot, paper, name } = await printed(ask)
  const bytes = await reportPdf(info, foot, paper)
  return { kind: 'download', type: 'application/pdf', name: `${name}.pdf`, bytes, cache: 'public' }
}

const printed = async (ask: Ask) => {
  const entry = await entryAt(ask.tx, slugIn(ask))
  if (!entry?.report) throw new NotFound()
  const { title, report, area, entered_at, slug } = entry
  const w = ask.w.learningReading.paper
  return {
    paper: paperOf(w, title, report),
    info: { title, author: area, lang: 'en-GB', made: entered_at },
    foot: (page: string, pages: string) => fill(w.foot, { title, page, pages }),
    name: slug,
  }
}
