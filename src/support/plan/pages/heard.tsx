import { z } from 'zod'
import { channels } from '../../../subjects/index.ts'
import { errorFor, Radios, Select, typed, type Ask, type FieldError } from '../../../web/index.ts'
import type { Heard } from '../heard.ts'
import { most_words, tooLong, WordsBox } from './frame.tsx'

export const heardBoxes = (ask: Ask) => {
  const spare = z.string().trim().max(most_words, tooLong(ask)).default('')
  return {
    heard: z.enum(['yes', 'no'], ask.w.plan.review.heardMissing),
    view: spare,
    unheard: spare,
    channel: z.enum(channels).default('talk'),
  }
}
type Boxes = { heard: 'yes' | 'no'; view: string; unheard: string; channel: (typeof channels)[number] }

export const readHeard = (ask: Ask, { heard, view, unheard, channel }: Boxes, ctx: z.RefinementCtx): Heard => {
  const words = ask.w.plan.review
  if (heard === 'yes' && !view) ctx.addIssue({ code: 'custom', message: words.viewMissing, path: ['view'] })
  if (heard === 'no' && !unheard) ctx.addIssue({ code: 'custom', message: words.unheardMissing, path: ['unheard'] })
  return heard === 'yes' ? { view, channel } : { unheard }
}

type HeardWords = Pick<Ask['w']['plan']['review'], 'heard' | 'yes' | 'no' | 'view' | 'unheard'>
/** @param words what the boxes are called, where it is not a person who is heard */
export const HeardFields = (props: { ask: Ask; errors: readonly FieldError[]; words?: HeardWords }) => {
  const { ask, errors, words = ask.w.plan.review } = props
  const isPerson = props.words === undefined
  return (
    <Radios
      name="heard"
      fieldset={{ legend: { text: words.heard, classes: 'govuk-fieldset__legend--s' } }}
      value={typed(ask.form, 'heard')}
      errorMessage={errorFor(errors, 'heard')}
      items={[
        {
          value: 'yes',
          text: words.yes,
          conditional: (
            <>
              <WordsBox
                ask={ask}
                name="view"
                label={words.view}
                {...(isPerson && { hint: ask.w.plan.review.viewHint })}
                errors={errors}
              />
              {isPerson && (
                <Select
                  name="channel"
                  label={{ text: ask.w.plan.review.channel, classes: 'govuk-label--s' }}
                  value={typed(ask.form, 'channel') || 'talk'}
                  items={channels.map((value) => ({ value, text: ask.w.voice.channels[value] }))}
                />
              )}
            </>
          ),
        },
        {
          value: 'no',
          text: words.no,
          conditional: <WordsBox ask={ask} name="unheard" label={words.unheard} errors={errors} />,
        },
      ]}
    />
  )
}
