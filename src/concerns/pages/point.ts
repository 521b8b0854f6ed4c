import { mapOf, whereIs } from '../../partnership/index.ts'
import { nearInWords, type Ask } from '../../web/index.ts'

/** A point as its numbers, and in words where the partnership has a map: "52.479, -1.469, near Bedworth, in …". */
export const pointInWords = ({ place, w }: Ask, latitude: number | string, longitude: number | string): string => {
  const map = mapOf(place.slug)
  const near = map && nearInWords(w.common.near, whereIs(map, [Number(longitude), Number(latitude)]), place.place)
  return [latitude, longitude, near].filter((part) => part !== undefined).join(', ')
}
