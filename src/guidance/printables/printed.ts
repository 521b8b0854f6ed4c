import { fill, type Ask, type Words } from '../../web/index.ts'
import { signsOf, type Guidance, type Setting, type Sign } from '../guidance.ts'

/** Everything that goes on paper for one setting. */
export type Printed = {
  setting: Setting
  signs: readonly Sign[]
  w: Words['guidance']['print']
  product: string
  place: string
  /** What the QR code opens. */
  url: string
  info: { author: string; lang: string; made: Date }
}

export const printedFor = (ask: Ask, guidance: Guidance, setting: Setting): Printed => {
  const signs = signsOf(guidance, setting.code)
  const published = [setting, ...signs].map(({ published_at }) => published_at.getTime())
  return {
    setting,
    signs,
    w: ask.w.guidance.print,
    product: ask.w.common.product,
    place: ask.place.place,
    url: `${ask.house.config.publicUrl}/signs/${setting.slug}`,
    info: {
      author: fill(ask.w.common.footer.who, { name: ask.place.name }),
      lang: 'en-GB',
      // The day the words changed, not the day of printing: the same words make the same file.
      made: new Date(Math.max(...published)),
    },
  }
}
