import { z } from 'zod'
import { Button, Checkboxes, errorFor, Input, ticked, typed, type Ask, type FieldError } from '../../../web/index.ts'
import type { DetailSaid } from '../../concern.ts'
import { findDetails, keyOf, type Found } from '../../detail.ts'
import type { Answers } from './answers.ts'
import { choices, words } from './fields.ts'
import { Heading, step, type Journey } from './step.tsx'

const kinds = ['vehicle', 'phone', 'account', 'nickname', 'business'] as const
type Kind = (typeof kinds)[number]
const most = 15

/** Vehicles, phones, accounts and names, each in its own box; and what stands in their words is offered, never added by itself. */
export const details = step({
  name: 'details',
  title: ({ said }) => said.details.title,
  schema: (at, form) => {
    const boxes = kinds.flatMap((kind) =>
      Array.from({ length: rows(form, kind) }, (_, i) => [`${kind}-${i}`, `${kind}-${i}-note`]).flat(),
    )
    return z
      .strictObject({
        ...Object.fromEntries(boxes.map((name) => [name, words(at.ask, name.endsWith('-note') ? 1000 : 500)])),
        found: choices(at.ask, offers(at.answers).map(valueOf)),
      })
      .transform((value, ctx) => read(at, value, ctx))
  },
  shown: ({ details = [] }) => {
    const form: Record<string, string | string[]> = {
      found: details.filter(({ kind }) => kind === 'postcode').map(({ said }) => `postcode ${said}`),
    }
    for (const kind of kinds) {
      const mine = details.filter((detail) => detail.kind === kind)
      for (const [i, { said, note }] of [...mine, { said: '', note: '' }].entries()) {
        form[`${kind}-${i}`] = said
        form[`${kind}-${i}-note`] = note
      }
    }
    return form
  },
  keep: (_, details) => ({ details }),
  pressed: (_, { add, ...form }) => {
    const kind = kinds.find((one) => one === add)
    if (!kind) return undefined
    const row = `${kind}-${Math.min(rows(form, kind), most - 1)}`
    return { kind: 'form', form: { ...form, [row]: '', [`${row}-note`]: '', added: row } }
  },
  view: ({ at, form, errors }) => {
    const w = at.said.details
    const offered = offers(at.answers)
    return (
      <>
        <Heading>{w.title}</Heading>
        <p class="govuk-hint">{w.hint}</p>
        {offered.length > 0 && (
          <Checkboxes
            name="found"
            fieldset={{ legend: { text: w.found, classes: 'govuk-fieldset__legend--m' } }}
            hint={w.foundHint}
            errorMessage={errorFor(errors, 'found')}
            values={ticked(form, 'found')}
            items={offered.map((one) => ({
              value: valueOf(one),
              text: (
                <>
                  <bdi dir="ltr">{one.said}</bdi> <span class="govuk-hint">{w.kinds[one.kind]}</span>
                </>
              ),
            }))}
          />
        )}
        {kinds.map((kind) => (
          <Rows at={at} kind={kind} form={form} errors={errors} />
        ))}
      </>
    )
  },
})

const rows = (form: Ask['form'], kind: Kind): number => {
  const numbers = Object.keys(form).map((key) => Number(new RegExp(`^${kind}-(\\d{1,2})$`).exec(key)?.[1] ?? -1))
  return Math.min(most, 1 + Math.max(-1, ...numbers))
}

/** What stands in their own words and is in no box yet. */
const offers = ({ worry = '', place = '', happened = '', people = [], details = [], postcode }: Answers): Found[] => {
  const boxed = details.filter(({ kind }) => kind !== 'postcode')
  const has = new Set(boxed.map(({ kind, said }) => `${kind} ${keyOf(kind, said)}`))
  if (postcode) has.add(`postcode ${keyOf('postcode', postcode)}`)
  const texts = [worry, place, happened, ...people.flatMap(({ description, nickname }) => [description, nickname])]
  return findDetails(texts.join('\n')).filter(({ kind, said }) => !has.has(`${kind} ${keyOf(kind, said)}`))
}
const valueOf = ({ kind, said }: Found) => `${kind} ${said}`

const read = ({ ask, answers }: Journey, value: Record<string, unknown>, ctx: z.RefinementCtx): DetailSaid[] => {
  const given = kinds.flatMap((kind) =>
    Array.from({ length: most }, (_, i): DetailSaid[] => {
      const said = String(value[`${kind}-${i}`] ?? '')
      const note = String(value[`${kind}-${i}-note`] ?? '')
      const { wrong } = ask.w.report
      const problem =
        said.trim() === '' && note.trim() !== ''
          ? wrong.detail
          : said.trim() !== '' && kind === 'phone' && !/\d/.test(said.normalize('NFKC'))
            ? wrong.phone
            : undefined
      if (problem) ctx.addIssue({ code: 'custom', message: problem, path: [`${kind}-${i}`] })
      return said.trim() === '' ? [] : [{ kind, said, note, came: 'given' }]
    }).flat(),
  )
  const picked = value['found'] as string[]
  const found = offers(answers)
    .filter((one) => picked.includes(valueOf(one)))
    .map(({ kind, said }): DetailSaid => ({ kind, said, note: '', came: 'found' }))
  // What was ticked before keeps having been found, not typed.
  const before = new Map((answers.details ?? []).map((detail) => [`${detail.kind} ${detail.said}`, detail.came]))
  return [
    ...given.map((detail) => ({ ...detail, came: before.get(`${detail.kind} ${detail.said}`) ?? detail.came })),
    ...found,
  ]
}

const Rows = (props: { at: Journey; kind: Kind; form: Ask['form']; errors: readonly FieldError[] }) => {
  const { kind, form, errors } = props
  const w = props.at.said.details[kind]
  const count = Math.max(1, rows(form, kind))
  return (
    <fieldset class="govuk-fieldset trellis-report__details">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{w.title}</legend>
      {Array.from({ length: count }, (_, i) => (
        <div class="trellis-report__row">
          <Input
            name={`${kind}-${i}`}
            label={count > 1 ? `${w.said} ${i + 1}` : w.said}
            errorMessage={errorFor(errors, `${kind}-${i}`)}
            value={typed(form, `${kind}-${i}`)}
            autocomplete="off"
            type={kind === 'phone' ? 'tel' : 'text'}
            attributes={{ dir: 'auto', ...(typed(form, 'added') === `${kind}-${i}` && { autofocus: true }) }}
          />
          <Input
            name={`${kind}-${i}-note`}
            label={count > 1 ? `${w.note} ${i + 1}` : w.note}
            errorMessage={errorFor(errors, `${kind}-${i}-note`)}
            value={typed(form, `${kind}-${i}-note`)}
            attributes={{ dir: 'auto' }}
          />
        </div>
      ))}
      {count < most && (
        <Button classes="govuk-button--secondary" name="add" value={kind}>
          {w.add}
        </Button>
      )}
    </fieldset>
  )
}
