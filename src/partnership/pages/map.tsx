import { renderToString } from 'preact-render-to-string'
import { NotFound } from '../../platform/index.ts'
import type { Handler } from '../../web/index.ts'
import { MapDrawing } from '../map-drawing.tsx'
import { mapOf } from '../map.ts'

/** The map of this partnership's area as a picture, for a page that was asked to show it. */
export const mapPicture: Handler = ({ place }) => {
  const map = mapOf(place.slug)
  if (!map) throw new NotFound()
  const bytes = Buffer.from(renderToString(<MapDrawing map={map} />))
  return { kind: 'download', type: 'image/svg+xml', bytes, cache: 'public' }
}
