import { z } from 'zod'
import { errorFor, fill, Input, Textarea, typed } from '../../../web/index.ts'
import { number, postcode, words } from './fields.ts'
import { Heading, step } from './step.tsx'

/** Where: in words, by postcode, or as the point the phone is at when JavaScript is there and its owner says so. */
export const where = step({
  name: 'where',
  title: ({ said }) => said.where.title,
  schema: ({ ask }) =>
    z.strictObject({
      place: words(ask, 2000),
      postcode: postcode(ask),
      latitude: number(ask, -90, 90),
      longitude: number(ask, -180, 180),
    }),
  shown: ({ place = '', postcode, latitude, longitude }): Record<string, string> => ({
    place,
    postcode: postcode ?? '',
    latitude: latitude == null ? '' : String(latitude),
    longitude: longitude == null ? '' : String(longitude),
  }),
  keep: (_, { place, postcode, latitude, longitude }) => ({
    place,
    postcode,
    latitude: longitude === undefined ? null : latitude,
    longitude: latitude === undefined ? null : longitude,
  }),
  view: ({ at: { said }, form, errors }) => {
    const w = said.where
    const [latitude, longitude] = [typed(form, 'latitude'), typed(form, 'longitude')]
    return (
      <>
        <Heading>{w.title}</Heading>
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
          class="trellis-locate"
          data-locate
          data-asking={w.locating}
          data-found={w.located}
          data-refused={w.locateRefused}
          hidden={latitude === ''}
        >
          <button type="button" class="govuk-button govuk-button--secondary" data-locate-button hidden>
            {w.locate}
          </button>
          <p class="govuk-body" role="status" data-locate-status>
            {latitude !== '' && fill(w.located, { point: `${latitude}, ${longitude}` })}
          </p>
          <button type="button" class="trellis-report__delete-button" data-locate-forget hidden>
            {w.locateForget}
          </button>
        </div>
      </>
    )
  },
})
