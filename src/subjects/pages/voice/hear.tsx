import { z } from 'zod'
import {
  Button,
  dateBoxes,
  DateBoxes,
  dateShown,
  errorFor,
  Form,
  Input,
  keptPage,
  needDate,
  Radios,
  readForm,
  redirect,
  Select,
  Textarea,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import { hear } from '../../voice/hear.ts'
import { channels, stages } from '../../voice/voice.ts'
import { mayRead, ReadersFields, readersFields, readersOfForm } from '../story/readers.tsx'
import { formPage, mayWords, needWords } from './frame.tsx'

/** What somebody said at a stage, written down as they said it. */
export const hearPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view({ ...ask, form: dateShown('heard_on', at.today) }, at)
}

export const sendHear: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.voice.write
  const schema = z
    .strictObject({
      stage: z.enum(stages, words.stageMissing),
      channel: z.enum(channels, words.channelMissing),
      words: needWords(ask, words.wordsMissing),
      wanted: mayWords(ask),
      ...dateBoxes(ask, 'heard_on'),
      heard_by: mayWords(ask),
      language: mayWords(ask),
      ...readersFields(ask, await mayRead(ask, at)),
    })
    .transform((value, ctx) => {
      const heard_on = needDate(ask, value, 'heard_on', { today: at.today, missing: words.onMissing, ctx })
      return { ...value, heard_on, ...readersOfForm(ask, value, ctx) }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  await hear(ask.tx, ask.house.keys, at.worker, at.subject, read.value, at.now)
  return redirect(`/people/${at.subject.id}/voice?done=heard`)
}

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const { write: words, stages: stageWords, channels: channelWords } = ask.w.voice
  return formPage(ask, at, {
    title: words.title,
    back: `/people/${at.subject.id}/voice`,
    errors,
    children: (
      <Form ask={ask} once>
        <StageField ask={ask} label={words.stage} errors={errors} stages={stageWords} />
        <Radios
          name="channel"
          fieldset={{ legend: { text: words.channel, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'channel')}
          errorMessage={errorFor(errors, 'channel')}
          items={channels.map((value) => ({ value, text: channelWords[value] }))}
        />
        <Textarea
          name="words"
          label={{ text: words.words, classes: 'govuk-label--s' }}
          hint={words.wordsHint}
          rows={8}
          value={typed(ask.form, 'words')}
          errorMessage={errorFor(errors, 'words')}
        />
        <Textarea
          name="wanted"
          label={{ text: words.wanted, classes: 'govuk-label--s' }}
          rows={3}
          value={typed(ask.form, 'wanted')}
          errorMessage={errorFor(errors, 'wanted')}
        />
        <DateBoxes ask={ask} name="heard_on" legend={words.on} form={ask.form} errors={errors} />
        <Input
          name="heard_by"
          label={words.heardBy}
          value={typed(ask.form, 'heard_by')}
          errorMessage={errorFor(errors, 'heard_by')}
        />
        <Input
          name="language"
          label={words.language}
          value={typed(ask.form, 'language')}
          errorMessage={errorFor(errors, 'language')}
        />
        <ReadersFields
          ask={ask}
          agencies={await mayRead(ask, at)}
          errors={errors}
          legend={words.readers}
          hint={words.readersHint}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}

/** At which stage something was said, or was not. */
export const StageField = (props: {
  ask: Ask
  label: string
  errors: readonly FieldError[]
  stages: Readonly<Record<string, string>>
}) => (
  <Select
    name="stage"
    label={{ text: props.label, classes: 'govuk-label--s' }}
    value={typed(props.ask.form, 'stage')}
    errorMessage={errorFor(props.errors, 'stage')}
    items={[{ value: '', text: '' }, ...stages.map((value) => ({ value, text: props.stages[value] ?? value }))]}
  />
)
