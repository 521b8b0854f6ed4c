import { NotFound } from '../../../platform/index.ts'
import type { Ask, Download, Handler } from '../../../web/index.ts'
import { aboutRequest, atRequest } from '../../access/gather.ts'
import { packOf, type Pack } from '../../access/pack.ts'
import { packPaper } from '../../access/pdf.ts'
import { decideByRight } from '../../access/right.ts'
import { day } from '../moment.ts'

/** The approved pack, and nothing else: while it is not approved as it stands there is no such file. */
const approved = async (ask: Ask): Promise<{ pack: Pack; made: Date; about: Download['about'] }> => {
  const here = await atRequest(ask)
  const { at, request, items, standing } = here
  if (standing !== 'approved') throw new NotFound()
  for (const { decision, resource } of items)
    if (decision?.outcome === 'release' && resource && decideByRight(at, 'export', resource, true).effect === 'deny')
      throw new NotFound()
  const pack = packOf(items, {
    words: ask.w,
    agency: request.agency,
    reference: at.subject.reference,
    partnership: ask.place.name,
    day: (date) => day(ask, date),
    now: at.now,
  })
  return {
    pack,
    made: at.now,
    about: aboutRequest(
      here,
      items.filter(({ decision }) => decision?.outcome === 'release'),
    ),
  }
}

export const packPdf: Handler = async (ask) => {
  const { pack, made, about } = await approved(ask)
  const bytes = await packPaper(pack, made, ask.w)
  return { kind: 'download', type: 'application/pdf', name: 'what-we-hold.pdf', bytes, about }
}

export const packJson: Handler = async (ask) => {
  const { pack, about } = await approved(ask)
  const bytes = Buffer.from(`${JSON.stringify(pack, null, 2)}\n`)
  return { kind: 'download', type: 'application/json', name: 'what-we-hold.json', bytes, about }
}
