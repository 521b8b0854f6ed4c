import { z } from 'zod'
import type { StaffViewer } from '../../../platform/index.ts'
import {
  Button,
  Checkboxes,
  Details,
  errorFor,
  fill,
  Form,
  InsetText,
  Link,
  Radios,
  readForm,
  redirect,
  Textarea,
  ticked,
  typed,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { levelCodes, themeCodes, themes } from '../codes.ts'
import { recognisableIn } from '../recognisable.ts'
import { openRound } from '../round.ts'
import { say } from '../say.ts'
import { frontLinePage, most_words } from './frame.tsx'
import { LevelField } from './level-field.tsx'

/** Any member of staff says what practice is really like. A look at this page is no event: that would say who was here. */
export const sayPage: Handler = async (ask) => {
  const round = await openRound(ask.tx, ask.place.id)
  return view(ask, { isOpen: round !== undefined })
}

export const sendSay: Handler = async (ask) => {
  const viewer = ask.viewer as StaffViewer
  const read = readForm(schemaOf(ask), ask.form)
  if (!read.ok) return view(ask, { isOpen: true, errors: read.errors })
  const { sure, ...said } = read.value
  const found = sure ? [] : await recognisableIn(ask.tx, ask.place.id, said.words)
  if (found.length > 0) {
    const text = fill(ask.w.frontLine.say.may, { what: found.join(', ') })
    return view(ask, { isOpen: true, errors: [{ field: 'words', text }], asksSure: true })
  }
  const kept = await say(ask.tx, ask.house.keys, viewer, said, { at: ask.house.now(), zone: ask.place.zone })
  // The round was closed meanwhile: the words stay in the boxes.
  if (kept === 'no round')
    return view(ask, { isOpen: true, errors: [{ field: 'words', text: ask.w.frontLine.noRound }] })
  return redirect('/front-line/say?done=said')
}

const whose = ['nobody', 'name', 'name and agency'] as const

const schemaOf = (ask: Ask) => {
  const words = ask.w.frontLine.say
  return z.strictObject({
    theme: z.enum(themeCodes, words.themeMissing),
    words: z
      .string(words.wordsMissing)
      .regex(/\S/, words.wordsMissing)
      .max(most_words, fill(ask.w.frontLine.tooLong, { most: most_words })),
    level: z.enum(levelCodes, words.levelMissing),
    who: z.enum(whose, words.whoMissing),
    sure: z.literal('yes').optional(),
  })
}

type Shown = { isOpen: boolean; errors?: readonly FieldError[]; asksSure?: boolean }

const view = (ask: Ask, { isOpen, errors = [], asksSure = false }: Shown) => {
  const words = ask.w.frontLine
  return frontLinePage({
    ask,
    title: words.say.title,
    active: 'say',
    errors,
    children: (
      <>
        <p class="govuk-body-l">{words.say.intro}</p>
        {isOpen ? (
          <>
            <WarningText>
              {words.say.danger} <Link href={ask.href('/report')}>{words.say.report}</Link>
            </WarningText>
            <Details summary={words.say.how.summary}>
              <ul class="govuk-list govuk-list--bullet">
                {words.say.how.points.map((point) => (
                  <li>{point}</li>
                ))}
              </ul>
            </Details>
            <Fields ask={ask} errors={errors} asksSure={asksSure || ticked(ask.form, 'sure').length > 0} />
          </>
        ) : (
          <InsetText>{words.noRound}</InsetText>
        )}
      </>
    ),
  })
}

// Not `once`: what remembers a press would remember when it was.
const Fields = ({ ask, errors, asksSure }: { ask: Ask; errors: readonly FieldError[]; asksSure: boolean }) => {
  const words = ask.w.frontLine.say
  return (
    <Form ask={ask}>
      <Radios
        name="theme"
        fieldset={{ legend: { text: words.theme, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'theme')}
        errorMessage={errorFor(errors, 'theme')}
        items={themes.map(({ code, label, about }) => ({ value: code, text: label, hint: about }))}
      />
      <Textarea
        name="words"
        label={{ text: words.words, classes: 'govuk-label--s' }}
        hint={words.wordsHint}
        rows={8}
        value={typed(ask.form, 'words')}
        errorMessage={errorFor(errors, 'words')}
        autocomplete="off"
      />
      {asksSure && (
        <Checkboxes name="sure" values={ticked(ask.form, 'sure')} items={[{ value: 'yes', text: words.sure }]} />
      )}
      <LevelField ask={ask} errors={errors} hint={words.levelHint} />
      <Radios
        name="who"
        fieldset={{ legend: { text: words.who, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'who')}
        errorMessage={errorFor(errors, 'who')}
        items={whose.map((value) => ({ value, text: words.whose[value], hint: words.whoHints[value] }))}
      />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}
