import { z } from 'zod'
import { AlreadyDone, localDate, NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  Errors,
  fill,
  Form,
  InsetText,
  Link,
  needDate,
  page,
  Radios,
  readForm,
  redirect,
  Tag,
  Textarea,
  Title,
  typed,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { atHolder, type AtHolder } from '../access/right.ts'
import { answerErasure, askErasure, erasuresFor, grounds, refusals, type Erasure } from '../erasure.ts'
import { day, WhichHolder } from './said.tsx'

const most = 2000
const wordsOf = (ask: Ask, missing: string) =>
  z.string(missing).trim().min(1, missing).max(most, fill(ask.w.rights.erase.long, { most }))

/** Requests to be erased about one person, and the form to write one down. */
export const erasePage: Handler = async (ask) => askView(ask, await atHolder(ask, ask.params['id']))

export const sendErase: Handler = async (ask) => {
  const at = await atHolder(ask, ask.params['id'])
  const words = ask.w.rights.erase
  const agencies = at.holders.map(({ id }) => id)
  const schema = z
    .strictObject({
      agency: z.enum(agencies, words.agencyMissing).default(agencies.length === 1 ? agencies[0]! : ''),
      said: wordsOf(ask, words.saidMissing),
      ground: z.enum(grounds, words.groundMissing),
      ...dateBoxes(ask, 'asked_on'),
    })
    .transform((value, ctx) => {
      const asked_on = needDate(ask, value, 'asked_on', {
        today: localDate(at.now, ask.place.zone),
        missing: words.onMissing,
        ctx,
      })
      if (!value.agency) ctx.addIssue({ code: 'custom', message: words.agencyMissing, path: ['agency'] })
      return { ...value, asked_on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return askView(ask, at, read.errors)
  const { agency, said, ground, asked_on } = read.value
  const id = await askErasure(ask.tx, ask.house.keys, at, { agency, said, ground, asked_on })
  return redirect(`/people/${at.subject.id}/erase/${id}`)
}

const askView = async (ask: Ask, at: AtHolder, errors: readonly FieldError[] = []) => {
  const words = ask.w.rights.erase
  const all = await erasuresFor(ask.tx, ask.house.keys, at.viewer, at.subject.id)
  const title = fill(words.title, { reference: at.subject.reference })
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: { kind: 'person', id: at.subject.id },
    body: (
      <>
        <BackLink href={ask.href('/retention')}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <p class="govuk-body">{words.intro}</p>
        {all.length > 0 && (
          <ul class="trellis-rows">
            {all.map((one) => (
              <li class="trellis-row">
                <Link href={ask.href(`/people/${at.subject.id}/erase/${one.id}`)} classes="trellis-row__name">
                  {fill(words.asked, { day: day(one.asked_on), agency: one.agency })}
                </Link>
                {one.refused && <Tag classes="govuk-tag--grey">{words.refused}</Tag>}
              </li>
            ))}
          </ul>
        )}
        <Form ask={ask}>
          <WhichHolder ask={ask} holders={at.holders} legend={words.agency} errors={errors} />
          <Textarea
            name="said"
            label={{ text: words.said, classes: 'govuk-label--s' }}
            hint={words.saidHint}
            value={typed(ask.form, 'said')}
            errorMessage={errorFor(errors, 'said')}
          />
          <Radios
            name="ground"
            fieldset={{ legend: { text: words.ground, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'ground')}
            errorMessage={errorFor(errors, 'ground')}
            items={grounds.map((value) => ({ value, text: words.grounds[value] }))}
          />
          <DateBoxes ask={ask} name="asked_on" legend={words.on} form={ask.form} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

type Here = { at: AtHolder; erasure: Erasure }
const erasureAt = async (ask: Ask): Promise<Here> => {
  const at = await atHolder(ask, ask.params['id'])
  const all = await erasuresFor(ask.tx, ask.house.keys, at.viewer, at.subject.id)
  const erasure = all.find(({ id }) => id === ask.params['erasure'])
  if (!erasure) throw new NotFound()
  return { at, erasure }
}

/** One request to be erased, and its answer. */
export const erasurePage: Handler = async (ask) => answerView(ask, await erasureAt(ask))

export const sendErasure: Handler = async (ask) => {
  const here = await erasureAt(ask)
  if (here.erasure.refused) throw new AlreadyDone()
  const words = ask.w.rights.erase.answer
  const schema = z
    .strictObject({
      answer: z.enum(['erase', 'refuse'], words.missing),
      refusal: z.enum([...refusals, '']).default(''),
      why: wordsOf(ask, words.whyMissing),
    })
    .refine(({ answer, refusal }) => answer === 'erase' || refusal !== '', {
      path: ['refusal'],
      message: words.refusalMissing,
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return answerView(ask, here, read.errors)
  const { answer, refusal, why } = read.value
  const said = { answer, why, refusal: refusal || null }
  const outcome = await answerErasure(ask.tx, ask.house.keys, here.at, here.erasure, said)
  switch (outcome) {
    case 'refused':
    case 'waits':
      return redirect(`/people/${here.at.subject.id}/erase/${here.erasure.id}`)
    case 'erased':
      return redirect('/retention')
    default:
      return answerView(ask, here, [{ field: 'answer', text: words.stopped[outcome] }])
  }
}

const answerView = (ask: Ask, { at, erasure }: Here, errors: readonly FieldError[] = []) => {
  const { answer: words, ...all } = ask.w.rights.erase
  const title = fill(all.title, { reference: at.subject.reference })
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: { kind: 'person', id: at.subject.id },
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/erase`)}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <p class="govuk-body">{fill(all.asked, { day: day(erasure.asked_on), agency: erasure.agency })}</p>
        <blockquote class="govuk-inset-text trellis-words" dir="auto">
          {erasure.said}
        </blockquote>
        <p class="govuk-body">
          {all.grounds[erasure.ground]}. {fill(words.due, { day: day(erasure.due_on) })}
        </p>
        {erasure.refused ? (
          <InsetText>
            <p class="govuk-body govuk-!-font-weight-bold">{words.refusals[erasure.refused]}</p>
            <p class="govuk-body trellis-words">{erasure.why}</p>
          </InsetText>
        ) : (
          <>
            {erasure.confirmed.length > 0 && (
              <p class="govuk-body">
                {fill(words.confirmed, { names: erasure.confirmed.map(({ name }) => name).join(', ') })}
              </p>
            )}
            <WarningText>{words.warning}</WarningText>
            <Form ask={ask}>
              <Radios
                name="answer"
                fieldset={{ legend: { text: words.question, classes: 'govuk-fieldset__legend--m' } }}
                value={typed(ask.form, 'answer')}
                errorMessage={errorFor(errors, 'answer')}
                items={[
                  {
                    value: 'refuse',
                    text: words.refuse,
                    conditional: (
                      <Radios
                        name="refusal"
                        fieldset={{ legend: { text: words.refusal, classes: 'govuk-fieldset__legend--s' } }}
                        value={typed(ask.form, 'refusal')}
                        errorMessage={errorFor(errors, 'refusal')}
                        items={refusals.map((value) => ({ value, text: words.refusals[value] }))}
                      />
                    ),
                  },
                  { value: 'erase', text: words.erase },
                ]}
              />
              <Textarea
                name="why"
                label={{ text: words.why, classes: 'govuk-label--s' }}
                hint={words.whyHint}
                value={typed(ask.form, 'why')}
                errorMessage={errorFor(errors, 'why')}
              />
              <Button classes="govuk-button--warning" preventDoubleClick>
                {words.button}
              </Button>
            </Form>
          </>
        )}
      </>
    ),
  })
}
