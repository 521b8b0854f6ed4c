import { fill, type Ask, type Handler } from '../../../web/index.ts'
import { contentOf } from '../read.ts'
import { reportPdf } from './pdf.ts'
import { paperOf } from './pieces.ts'
import { reportWord } from './word.ts'

/** The report as a Word file, as it stands now. */
export const wordFile: Handler = async (ask) => {
  const { info, foot, paper, name, about } = await printed(ask)
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  return { kind: 'download', type, name: `${name}.docx`, bytes: reportWord(info, foot, paper), about }
}

/** The same as a PDF. */
export const pdfFile: Handler = async (ask) => {
  const { info, foot, paper, name, about } = await printed(ask)
  return {
    kind: 'download',
    type: 'application/pdf',
    name: `${name}.pdf`,
    bytes: await reportPdf(info, foot, paper),
    about,
  }
}

const printed = async (ask: Ask) => {
  const { tx, viewer, place, house } = ask
  const id = ask.params['id']!
  const content = await contentOf(tx, viewer, id)
  const { title } = await tx
    .selectFrom('learning_report')
    .select('title')
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const w = ask.w.learningReading.paper
  return {
    paper: paperOf(w, title, content),
    info: { title, author: place.name, lang: 'en-GB', made: house.now() },
    foot: (page: string, pages: string) => fill(w.foot, { title, page, pages }),
    name:
      title
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '')
        .slice(0, 60) || 'report',
    about: { kind: 'learning report', id },
  }
}
