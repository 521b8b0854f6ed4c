import { z } from 'zod'
import {
  Button,
  dateShown,
  errorFor,
  Input,
  Radios,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import type { PersonSaid } from '../../concern.ts'
import type { Answers } from './answers.ts'
import { choice, words } from './fields.ts'
import { identityFields, identityShown, IdentityBoxes, readIdentity } from './identity.tsx'
import { Heading, step, type Journey } from './step.tsx'

const most = 20
const ageGroups = ['child', 'adult', 'not known'] as const
const parts = ['worried about', 'may be causing harm', 'other'] as const

const isProfessional = ({ channel }: Answers) => channel === 'professional' || channel === 'phone'
const severally = ({ about }: Answers) => about === 'several'

/** What is known of them: as little as a nickname. Every person has the same boxes, numbered. */
export const people = step({
  name: 'people',
  title: ({ said, answers }) => (severally(answers) ? said.people.several : said.people.title),
  schema: (at, form) =>
    z.strictObject(boxes(at, rows(form))).transform((value, ctx) => read(at, value, rows(form), ctx)),
  shown: (answers): Record<string, string> => {
    const people = answers.people?.length ? answers.people : [{} as Partial<PersonSaid>]
    const more = severally(answers) && people.length === 1 ? [...people, {}] : people
    return Object.assign({}, ...more.map((person, i) => shown(person, i, isProfessional(answers))))
  },
  keep: (_, people) => ({ people }),
  pressed: ({ answers }, { add, ...form }) => {
    if (add === undefined) return undefined
    const next = Math.min(rows(form), most - 1)
    const more = shown({}, next, isProfessional(answers))
    return { kind: 'form', form: { ...form, ...more, added: String(next) } }
  },
  view: ({ at, form, errors }) => {
    const { answers, said } = at
    const count = Math.max(1, rows(form))
    return (
      <>
        <Heading>{severally(answers) ? said.people.several : said.people.title}</Heading>
        <p class="govuk-hint">{said.people.hint}</p>
        {Array.from({ length: count }, (_, i) => (
          <Person at={at} i={i} of={count} form={form} errors={errors} />
        ))}
        {answers.channel !== 'self' && count < most && (
          <Button classes="govuk-button--secondary" name="add" value="person">
            {said.people.add}
          </Button>
        )}
      </>
    )
  },
})

const rows = (form: Ask['form']): number =>
  Math.min(most, 1 + Math.max(-1, ...Object.keys(form).map((key) => Number(/^name-(\d{1,2})$/.exec(key)?.[1] ?? -1))))

const boxes = ({ ask, answers }: Journey, count: number): Record<string, z.ZodType> =>
  Object.assign(
    {},
    ...Array.from({ length: count }, (_, i) => ({
      [`part-${i}`]: choice(ask, parts),
      [`name-${i}`]: words(ask, 300),
      [`nickname-${i}`]: words(ask, 300),
      [`age_group-${i}`]: choice(ask, ageGroups),
      [`age_said-${i}`]: words(ask, 300),
      [`description-${i}`]: words(ask, 5000),
      ...(isProfessional(answers) && identityFields(ask, i)),
    })),
  )

const read = (at: Journey, value: Record<string, unknown>, count: number, ctx: z.RefinementCtx): PersonSaid[] =>
  Array.from({ length: count }, (_, i) => {
    const of = (field: string) => (value[`${field}-${i}`] ?? '') as string
    return {
      part: (value[`part-${i}`] as PersonSaid['part']) ?? 'worried about',
      name: of('name'),
      nickname: of('nickname'),
      age_group: value[`age_group-${i}`] as PersonSaid['age_group'],
      age_said: of('age_said'),
      description: of('description'),
      ...nothingMore,
      ...(isProfessional(at.answers) && readIdentity(at, value, i, ctx)),
    }
  }).filter(({ part: _, ...said }) => Object.values(said).some((one) => one !== '' && one != null))

const nothingMore = {
  gender: '',
  first_language: '',
  needs: '',
  address: '',
  phone: '',
  other_reference: '',
  school_or_work: '',
}

const shown = (person: Partial<PersonSaid>, i: number, professional: boolean): Record<string, string> => ({
  [`part-${i}`]: person.part ?? 'worried about',
  [`name-${i}`]: person.name ?? '',
  [`nickname-${i}`]: person.nickname ?? '',
  [`age_group-${i}`]: person.age_group ?? '',
  [`age_said-${i}`]: person.age_said ?? '',
  [`description-${i}`]: person.description ?? '',
  ...(professional && { ...identityShown(person, i), ...dateShown(`born_on-${i}`, person.born_on) }),
})

const Person = (props: { at: Journey; i: number; of: number; form: Ask['form']; errors: readonly FieldError[] }) => {
  const { at, i, of, form, errors } = props
  const w = at.said.people
  const box = (field: 'name' | 'nickname' | 'age_said', label: string, hint?: string) => (
    <Input
      name={`${field}-${i}`}
      label={label}
      hint={hint}
      errorMessage={errorFor(errors, `${field}-${i}`)}
      value={typed(form, `${field}-${i}`)}
      autocomplete="off"
      attributes={{ dir: 'auto', ...(field === 'name' && typed(form, 'added') === String(i) && { autofocus: true }) }}
    />
  )
  const boxes = (
    <>
      {(of > 1 || at.answers.about !== 'one') && at.answers.channel !== 'self' && (
        <Radios
          name={`part-${i}`}
          classes="govuk-radios--small"
          fieldset={{ legend: { text: w.part, classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={errorFor(errors, `part-${i}`)}
          value={typed(form, `part-${i}`)}
          items={parts.map((value) => ({ value, text: w.parts[value] }))}
        />
      )}
      {box('name', w.name)}
      {box('nickname', w.nickname, w.nicknameHint)}
      <Radios
        name={`age_group-${i}`}
        classes="govuk-radios--small"
        fieldset={{ legend: { text: w.ageGroup, classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorFor(errors, `age_group-${i}`)}
        value={typed(form, `age_group-${i}`)}
        items={ageGroups.map((value) => ({ value, text: w.ageGroups[value] }))}
      />
      {box('age_said', w.ageSaid, w.ageSaidHint)}
      <Textarea
        name={`description-${i}`}
        label={w.description}
        hint={w.descriptionHint}
        errorMessage={errorFor(errors, `description-${i}`)}
        value={typed(form, `description-${i}`)}
        rows={3}
        attributes={{ dir: 'auto' }}
      />
      {isProfessional(at.answers) && <IdentityBoxes at={at} i={i} form={form} errors={errors} />}
    </>
  )
  if (of === 1) return boxes
  return (
    <fieldset class="govuk-fieldset trellis-report__person">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{w.person.replace('{n}', String(i + 1))}</legend>
      {boxes}
    </fieldset>
  )
}
