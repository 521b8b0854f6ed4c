import { Select, type Ask } from '../../web/index.ts'
import { ages, type Choice, type ExploitationType } from '../guidance.ts'

/** A choice as the end of an address: '?age=child', or nothing. */
export const choiceQuery = (choice: Choice): string => {
  const query = new URLSearchParams(Object.entries(choice).filter(([, value]) => value)).toString()
  return query && `?${query}`
}

/** Narrows a list by who and what. A plain form that asks for an address, so going back keeps the choice. */
export const ChoiceForm = (props: { ask: Ask; types: readonly ExploitationType[]; choice: Choice; path: string }) => {
  const { ask, types, choice, path } = props
  const { filter } = ask.w.guidance
  const chosen = Boolean(choice.age ?? choice.type)
  return (
    <form class="trellis-narrow trellis-screen-only" method="get" action={ask.href(path)} aria-label={filter.title}>
      <fieldset class="govuk-fieldset trellis-narrow__ages">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{filter.age}</legend>
        <div class="govuk-radios govuk-radios--small govuk-radios--inline" data-module="govuk-radios">
          {(['', ...ages] as const).map((age) => (
            <div class="govuk-radios__item">
              <input
                class="govuk-radios__input"
                type="radio"
                id={`age-${age || 'any'}`}
                name="age"
                value={age}
                checked={(choice.age ?? '') === age}
              />
              <label class="govuk-label govuk-radios__label" for={`age-${age || 'any'}`}>
                {filter.ages[age]}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      <Select
        name="type"
        label={{ text: filter.type, classes: 'govuk-label--s' }}
        value={choice.type ?? ''}
        items={[{ value: '', text: filter.anyType }, ...types.map(({ code, name }) => ({ value: code, text: name }))]}
      />
      <button class="govuk-button govuk-button--secondary" data-module="govuk-button">
        {filter.show}
      </button>
      {chosen && (
        <a class="govuk-link trellis-narrow__clear" href={ask.href(path)}>
          {filter.clear}
        </a>
      )}
    </form>
  )
}
