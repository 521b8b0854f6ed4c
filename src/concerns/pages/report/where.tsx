import { z } from 'zod'
import { mapOf, type AreaMap } from '../../../partnership/index.ts'
import { errorFor, fill, Input, Textarea, typed, type Ask } from '../../../web/index.ts'
import type { DetailSaid } from '../../concern.ts'
import { pointInWords } from '../point.ts'
import { number, postcode, words } from './fields.ts'
import { Heading, step } from './step.tsx'

/** Where: in words, by postcode, or as a point when JavaScript is there: where the phone is, or a pin put on a map. */
export const where = step({
  name: 'where',
  asked: 'map',
  title: ({ said }) => said.where.title,
  schema: ({ ask }) =>
    z.strictObject({
      business: words(ask, 500),
      place: words(ask, 2000),
      postcode: postcode(ask),
      latitude: number(ask, -90, 90),
      longitude: number(ask, -180, 180),
    }),
  shown: ({ details = [], place = '', postcode, latitude, longitude }): Record<string, string> => ({
    business: nameAmong(details)?.said ?? '',
    place,
    postcode: postcode ?? '',
    latitude: latitude == null ? '' : String(latitude),
    longitude: longitude == null ? '' : String(longitude),
  }),
  keep: ({ about, details = [] }, { business, place, postcode, latitude, longitude }) => ({
    ...(about === 'business' && { details: named(details, business) }),
    place,
    postcode,
    latitude: longitude === undefined ? null : latitude,
    longitude: latitude === undefined ? null : longitude,
  }),
  view: ({ at: { ask, said, answers }, form, errors }) => {
    const w = said.where
    const map = mapOf(ask.place.slug)
    const [latitude, longitude] = [typed(form, 'latitude'), typed(form, 'longitude')]
    return (
      <>
        <Heading>{w.title}</Heading>
        {answers.about === 'business' && (
          <Input
            name="business"
            label={w.business}
            hint={w.businessHint}
            errorMessage={errorFor(errors, 'business')}
            value={typed(form, 'business')}
            autocomplete="off"
            attributes={{ dir: 'auto' }}
          />
        )}
        <Textarea
          name="place"
          label={w.place}
          hint={w.placeHint}
          errorMessage={errorFor(errors, 'place')}
          value={typed(form, 'place')}
          rows={3}
          attributes={{ dir: 'auto' }}
        />
        <Input
          name="postcode"
          label={w.postcode}
          hint={w.postcodeHint}
          errorMessage={errorFor(errors, 'postcode')}
          value={typed(form, 'postcode')}
          classes="govuk-input--width-10"
          autocomplete="off"
          attributes={{ dir: 'ltr' }}
        />
        <input type="hidden" name="latitude" value={latitude} />
        <input type="hidden" name="longitude" value={longitude} />
        <div
          class="trellis-point"
          data-point
          data-asking={w.locating}
          data-found={w.located}
          data-refused={w.locateRefused}
          data-removed={w.removed}
          data-failed={w.map.failed}
        >
          <div class="govuk-button-group">
            <button type="button" class="govuk-button govuk-button--secondary" data-locate hidden>
              {w.locate}
            </button>
            {map && (
              <button
                type="button"
                class="govuk-button govuk-button--secondary"
                aria-expanded="false"
                aria-controls="map"
                data-map-open
                hidden
              >
                {w.map.open}
              </button>
            )}
          </div>
          {map && <MapPanel ask={ask} map={map} words={w.map} />}
          <p class="govuk-body" role="status" data-point-says>
            {latitude !== '' && fill(w.located, { point: pointInWords(ask, latitude, longitude) })}
          </p>
          <button type="button" class="trellis-report__delete-button" data-point-remove hidden>
            {w.locateForget}
          </button>
        </div>
      </>
    )
  },
})

const nameAmong = (details: readonly DetailSaid[]) => details.find(({ kind }) => kind === 'business')

/** The business that it is about is the first of those named: what the page after shows with the others. */
const named = (details: readonly DetailSaid[], business: string): DetailSaid[] => {
  const before = nameAmong(details)
  const others = details.filter((one) => one !== before)
  if (business.trim() === '') return others
  return [{ note: '', came: 'given', ...before, kind: 'business', said: business }, ...others]
}

type MapWords = Ask['w']['report']['steps']['where']['map']

/** Everything around the map. The map itself comes when somebody opens it. */
const MapPanel = ({ ask, map, words }: { ask: Ask; map: AreaMap; words: MapWords }) => {
  const tools = [
    { by: '2', sign: '+', text: words.closer },
    { by: '0.5', sign: '−', text: words.further },
    { by: '0', sign: '⤢', text: words.whole },
  ]
  return (
    <div
      id="map"
      class="trellis-map"
      data-map="/map.svg"
      data-near={JSON.stringify(ask.w.common.near)}
      data-around={ask.place.place}
      data-loading={words.loading}
      data-cross={words.cross}
      hidden
    >
      <p class="govuk-hint" id="map-help">
        {words.help}
      </p>
      <div class="trellis-map__tools">
        {tools.map(({ by, sign, text }) => (
          <button type="button" class="trellis-map__tool" data-zoom={by} title={text}>
            <span aria-hidden="true">{sign}</span>
            <span class="govuk-visually-hidden">{text}</span>
          </button>
        ))}
      </div>
      <div
        class="trellis-map__stage"
        role="application"
        aria-label={fill(words.name, { place: ask.place.place })}
        aria-describedby="map-help"
        tabIndex={0}
        dir="ltr"
        data-map-stage
      ></div>
      <p class="govuk-body-s trellis-map__says" role="status" data-map-says></p>
      <p class="trellis-map__credit" lang="en" dir="ltr">
        {map.attribution.join(' ')}
      </p>
    </div>
  )
}
