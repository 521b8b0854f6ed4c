import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { homeOf, type Through } from '../../../subjects/index.ts'
import {
  Button,
  DateBoxes,
  dateBoxes,
  errorFor,
  fill,
  Form,
  Input,
  Link,
  needDate,
  Radios,
  readForm,
  redirect,
  Select,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { cells, feelings, speakers, type Said, type Spot } from '../context.ts'
import { addSpot, sayOfSpot } from '../map.ts'
import { spotsOf } from '../queries.ts'
import { contextPage, inContext, mayLine, mustLine, mustWords, of, workingIn } from './frame.tsx'
import { Sketch } from './sketch.tsx'

/** Safety mapping: the spots in a sketch and in a list, with what is said of each, and a box for another spot. */
export const mapPage = inContext((ask, at) => view(ask, at))

export const sendSpot = workingIn(async (ask, at) => {
  const words = ask.w.contexts.map.spot
  const read = readForm(
    z.strictObject({ name: mustLine(ask, words.nameMissing), cell: z.enum(cells, words.cellMissing) }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  const [tx, keys, , subject] = of(ask, at)
  await addSpot(tx, keys, at.worker, subject, read.value, at.now)
  return redirect(`${homeOf(at.subject)}/map?done=spot`)
})

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.contexts.map
  const spots = await spotsOf(...of(ask, at))
  const may = mayPlan(at)
  return contextPage({
    ask,
    at,
    title: words.title,
    intro: words.intro,
    errors,
    children: (
      <>
        {spots.length === 0 ? <p class="govuk-body">{words.none}</p> : <Sketch ask={ask} spots={spots} />}
        {spots.map((spot, i) => (
          <section class="trellis-told">
            <h2 class="govuk-heading-m trellis-told__title" dir="auto">
              {fill(words.number, { number: i + 1, name: spot.name })}
            </h2>
            <p class="trellis-row__more">{fill(words.in, { cell: words.cells[spot.cell] })}</p>
            <SaidOf ask={ask} spot={spot} />
            {may && (
              <p class="govuk-body">
                <Link href={ask.href(`${homeOf(at.subject)}/map/${spot.id}`)}>
                  {words.tell} <span class="govuk-visually-hidden">{fill(words.tellOf, { name: spot.name })}</span>
                </Link>
              </p>
            )}
          </section>
        ))}
        {may && <SpotForm ask={ask} errors={errors} />}
      </>
    ),
  })
}

/** Those who use it first, and a worker's words apart from theirs. */
const SaidOf = ({ ask, spot }: { ask: Ask; spot: Spot }) => {
  const words = ask.w.contexts.map
  const theirs = spot.said.filter(({ who }) => who !== 'worker')
  const ours = spot.said.filter(({ who }) => who === 'worker')
  return (
    <>
      <h3 class="govuk-heading-s">{words.theirs}</h3>
      {theirs.length === 0 && <p class="govuk-body">{words.nobody}</p>}
      {theirs.map((one) => (
        <>
          <blockquote class="govuk-inset-text trellis-words" dir="auto">
            {one.words}
          </blockquote>
          <p class="trellis-row__more">{lineOf(ask, one)}</p>
        </>
      ))}
      {ours.length > 0 && (
        <div class="trellis-story__beside">
          <h3 class="govuk-heading-s">{words.ours}</h3>
          {ours.map((one) => (
            <>
              <p class="govuk-body trellis-words" dir="auto">
                {one.words}
              </p>
              <p class="trellis-row__more">{lineOf(ask, one)}</p>
            </>
          ))}
        </div>
      )}
    </>
  )
}

const lineOf = (ask: Ask, { who, feels, times, said_on }: Said): string => {
  const words = ask.w.contexts.map
  const parts = { who: words.speakers[who], day: dayOf(ask, said_on), feels: words.feelings[feels], times }
  return fill(times ? words.lineAt : words.line, parts)
}

const SpotForm = ({ ask, errors }: { ask: Ask; errors: readonly FieldError[] }) => {
  const { spot: words, cells: names } = ask.w.contexts.map
  return (
    <>
      <h2 class="govuk-heading-m">{words.title}</h2>
      <Form ask={ask} once>
        <Input
          name="name"
          label={words.name}
          value={typed(ask.form, 'name')}
          errorMessage={errorFor(errors, 'name')}
          autocomplete="off"
        />
        <Select
          name="cell"
          label={words.cell}
          value={typed(ask.form, 'cell')}
          errorMessage={errorFor(errors, 'cell')}
          items={[{ value: '', text: '' }, ...cells.map((value) => ({ value, text: names[value] }))]}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    </>
  )
}

/** What somebody says of one spot: a group's words, and nobody's name. */
export const spotPage = workingIn(async (ask, at) => spotView(ask, at, await spotAt(ask, at)))

export const sendSaid = workingIn(async (ask, at) => {
  const spot = await spotAt(ask, at)
  const words = ask.w.contexts.map.said
  const schema = z
    .strictObject({
      who: z.enum(speakers, words.whoMissing),
      feels: z.enum(feelings, words.feelsMissing),
      words: mustWords(ask, words.wordsMissing),
      times: mayLine(ask),
      ...dateBoxes(ask, 'on'),
    })
    .transform((value, ctx) => {
      const said_on = needDate(ask, value, 'on', { today: at.today, missing: words.onMissing, ctx })
      return { who: value.who, feels: value.feels, times: value.times, words: value.words, said_on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return spotView(ask, at, spot, read.errors)
  const [tx, keys, , subject] = of(ask, at)
  await sayOfSpot(tx, keys, at.worker, subject, { spot: spot.id, ...read.value }, at.now)
  return redirect(`${homeOf(at.subject)}/map?done=told`)
})

/** @throws {NotFound} */
const spotAt = async (ask: Ask, at: Through): Promise<Spot> => {
  const found = (await spotsOf(...of(ask, at))).find(({ id }) => id === ask.params['spot'])
  if (!found) throw new NotFound()
  return found
}

const spotView = (ask: Ask, at: Through, spot: Spot, errors: readonly FieldError[] = []) => {
  const { said: words, speakers: whose, feelings: feels } = ask.w.contexts.map
  const radios = (name: 'who' | 'feels', legend: string, items: { value: string; text: string }[]) => (
    <Radios
      name={name}
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--s' } }}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      items={items}
    />
  )
  return contextPage({
    ask,
    at,
    title: fill(words.title, { name: spot.name }),
    errors,
    children: (
      <Form ask={ask} once>
        {radios(
          'who',
          words.who,
          speakers.map((value) => ({ value, text: whose[value] })),
        )}
        {radios(
          'feels',
          words.feels,
          feelings.map((value) => ({ value, text: feels[value] })),
        )}
        <Textarea
          name="words"
          label={{ text: words.words, classes: 'govuk-label--s' }}
          hint={words.wordsHint}
          rows={4}
          value={typed(ask.form, 'words')}
          errorMessage={errorFor(errors, 'words')}
        />
        <Input
          name="times"
          label={words.times}
          value={typed(ask.form, 'times')}
          errorMessage={errorFor(errors, 'times')}
          autocomplete="off"
        />
        <DateBoxes ask={ask} name="on" legend={words.on} form={ask.form} errors={errors} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
