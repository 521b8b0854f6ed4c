import type { ComponentChildren } from 'preact'
import { errorFor, Input, Radios, Select, Textarea, typed, type Ask, type FieldError } from '../../../web/index.ts'
import { contacts, continuities, effects, genders, kinds, sayers, strengths } from '../../relationships/relationship.ts'
import type { Tie } from '../../relationships/who-matters.ts'
import { worded } from '../said.tsx'

type Fields = { ask: Ask; form: Ask['form']; errors: readonly FieldError[] }

/** How it is between them. */
export const HowFields = ({ ask, form, errors }: Fields) => {
  const { form: words, strengths: strong, contacts: often, ...lists } = ask.w.matters
  const field = { form, errors }
  return (
    <>
      <h2 class="govuk-heading-m">{words.howTitle}</h2>
      <Choose
        {...field}
        name="effect"
        legend={words.effect}
        hint={words.effectHint}
        items={effects.map((value) => ({ value, text: lists.effects[value] }))}
      />
      <Choose
        {...field}
        name="said_by"
        legend={words.said}
        items={sayers.map((value) => ({ value, text: lists.sayers[value] }))}
      />
      <Textarea
        name="words"
        label={{ text: words.words, classes: 'govuk-label--s' }}
        hint={words.wordsHint}
        rows={3}
        value={typed(form, 'words')}
        errorMessage={errorFor(errors, 'words')}
      />
      <Choose
        {...field}
        name="strength"
        legend={words.strength}
        items={strengths.map((value) => ({ value, text: strong[value] }))}
      />
      <Choose
        {...field}
        name="contact"
        legend={words.contact}
        items={contacts.map((value) => ({ value, text: often[value] }))}
      />
      <Choose {...field} name="lives_with" legend={words.lives} items={yesNo(ask)} />
      <Year {...field} name="since_year" label={words.since} />
      <Choose
        {...field}
        name="continuity"
        legend={words.continuity}
        items={continuities.map((value) => ({
          value,
          text: lists.continuities[value],
          conditional: value === 'may be lost' && (
            <Textarea
              name="continuity_why"
              label={words.continuityWhy}
              rows={3}
              value={typed(form, 'continuity_why')}
              errorMessage={errorFor(errors, 'continuity_why')}
            />
          ),
        }))}
      />
      <Choose
        {...field}
        name="handling"
        legend={ask.w.subjects.add.handling}
        items={(['0', '1'] as const).map((value) => ({
          value,
          text: ask.w.subjects.handlings[value],
          hint: ask.w.subjects.add.handlingHints[value],
        }))}
      />
    </>
  )
}

/** What somebody is to the person. */
export const KindField = ({ ask, form, errors }: Fields) => (
  <Select
    name="kind"
    label={{ text: ask.w.matters.form.kind, classes: 'govuk-label--s' }}
    value={typed(form, 'kind')}
    errorMessage={errorFor(errors, 'kind')}
    items={[{ value: '', text: '' }, ...kinds.map((value) => ({ value, text: worded(ask.w.matters.kinds, value) }))]}
  />
)

/** What the family picture draws by. */
export const FamilyFields = ({ ask, form, errors, through }: Fields & { through: readonly Tie[] }) => {
  const { form: words, genders: named } = ask.w.matters
  const field = { form, errors }
  return (
    <>
      <h2 class="govuk-heading-m">{words.familyTitle}</h2>
      <Choose
        {...field}
        name="gender"
        legend={words.gender}
        items={genders.map((value) => ({ value, text: named[value] }))}
      />
      <Year {...field} name="born_year" label={words.born} />
      <Choose
        {...field}
        name="has_died"
        legend={words.died}
        items={yesNo(ask).map((item) => ({
          ...item,
          conditional: item.value === 'yes' && <Year {...field} name="died_year" label={words.diedYear} />,
        }))}
      />
      {through.length > 0 && (
        <Select
          name="through"
          label={{ text: words.through, classes: 'govuk-label--s' }}
          hint={words.throughHint}
          value={typed(form, 'through')}
          errorMessage={errorFor(errors, 'through')}
          items={[
            { value: '', text: words.throughNobody },
            ...through.map(({ tie_id, called, kind }) => ({
              value: tie_id,
              text: `${called}, ${worded(ask.w.matters.kinds, kind).toLowerCase()}`,
            })),
          ]}
        />
      )}
    </>
  )
}

const yesNo = (ask: Ask) => [
  { value: 'yes', text: ask.w.common.yes },
  { value: 'no', text: ask.w.common.no },
]

type Item = { value: string; text: string; hint?: string; conditional?: ComponentChildren }

const Choose = (props: Omit<Fields, 'ask'> & { name: string; legend: string; hint?: string; items: Item[] }) => (
  <Radios
    name={props.name}
    fieldset={{ legend: { text: props.legend, classes: 'govuk-fieldset__legend--s' } }}
    hint={props.hint}
    value={typed(props.form, props.name)}
    errorMessage={errorFor(props.errors, props.name)}
    items={props.items}
  />
)

const Year = (props: Omit<Fields, 'ask'> & { name: string; label: string }) => (
  <Input
    name={props.name}
    label={{ text: props.label, classes: 'govuk-label--s' }}
    classes="govuk-input--width-4"
    inputmode="numeric"
    value={typed(props.form, props.name)}
    errorMessage={errorFor(props.errors, props.name)}
    autocomplete="off"
  />
)
