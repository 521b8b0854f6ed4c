import { z } from 'zod'
import type { AgencyItem } from '../../partnership/index.ts'
import { accountsOfAgency, type Colleague } from '../../staff/index.ts'
import {
  Button,
  errorFor,
  Input,
  Link,
  Select,
  Textarea,
  typed,
  type Ask,
  type FieldError,
  type Words,
} from '../../web/index.ts'
import { worksWithPeople } from '../approach.ts'

/**
 * Who somebody is asked in as is said in two steps, since a county's people are too many for one list: agency, person.
 * Only those are offered for whom a record opens: whoever is handed to somebody else is handed to nobody.
 */
export type Choice = { agencies: readonly AgencyItem[]; agency: AgencyItem | undefined; people: readonly Colleague[] }

export const choiceOf = async (ask: Ask, agencies: readonly AgencyItem[]): Promise<Choice> => {
  const said = typed(ask.form, 'agency') || ask.query['agency'] || (agencies.length === 1 ? agencies[0]!.id : '')
  const agency = agencies.find(({ id }) => id === said)
  return { agencies, agency, people: agency ? (await accountsOfAgency(ask.tx, agency.id)).filter(worksWithPeople) : [] }
}

/** What every such form asks: who, how they are reached, and why. */
export const whoSchema = (words: Words['subjects']['circle'], { agencies, people }: Choice) => ({
  agency: z.string().refine((id) => agencies.some((one) => one.id === id), words.agencyMissing),
  staff: z.string(words.staffMissing).refine((id) => people.some((one) => one.id === id), words.staffMissing),
  contact: z.string(words.contactMissing).trim().min(1, words.contactMissing).max(200, words.contactLong),
  why: z.string(words.whyMissing).trim().min(1, words.whyMissing).max(500, words.whyLong),
})

/** The first step. It is asked in the address, so that going back works; an agency is nothing of the person's. */
export const WhichAgency = ({ ask, agencies }: { ask: Ask; agencies: readonly AgencyItem[] }) => {
  const words = ask.w.subjects.circle
  if (agencies.length === 0) return <p class="govuk-body">{words.noAgency}</p>
  return (
    <form method="get" action={ask.href(ask.path)}>
      <Select
        name="agency"
        label={words.agency}
        hint={words.agencyHint}
        errorMessage={ask.query['agency'] === '' ? words.agencyMissing : undefined}
        items={[{ value: '', text: '' }, ...agencies.map(({ id, name }) => ({ value: id, text: name }))]}
      />
      <Button>{ask.w.common.continue}</Button>
    </form>
  )
}

export const ChosenAgency = (props: { ask: Ask; choice: Choice }) => {
  const { ask, choice } = props
  const words = ask.w.subjects.circle
  return (
    <>
      <p class="govuk-body">
        {words.from} <strong>{choice.agency?.name}</strong>{' '}
        {choice.agencies.length > 1 && <Link href={ask.href(ask.path)}>{words.otherAgency}</Link>}
      </p>
      <input type="hidden" name="agency" value={choice.agency?.id} />
    </>
  )
}

export const WhoFields = (props: { ask: Ask; choice: Choice; errors: readonly FieldError[]; label: string }) => {
  const { ask, choice, errors, label } = props
  const words = ask.w.subjects.circle
  return (
    <>
      <Select
        name="staff"
        label={label}
        value={typed(ask.form, 'staff')}
        errorMessage={errorFor(errors, 'staff')}
        items={[
          { value: '', text: '' },
          ...choice.people.map(({ id, name, jobTitle }) => ({
            value: id,
            text: [name, jobTitle].filter(Boolean).join(', '),
          })),
        ]}
      />
      <ContactAndWhy ask={ask} errors={errors} why={words.why} contact={words.contact} />
    </>
  )
}

export const ContactAndWhy = (props: { ask: Ask; errors: readonly FieldError[]; why: string; contact: string }) => {
  const { ask, errors } = props
  const words = ask.w.subjects.circle
  return (
    <>
      <Input
        name="contact"
        label={props.contact}
        hint={ask.w.subjects.new.contactHint}
        value={typed(ask.form, 'contact')}
        errorMessage={errorFor(errors, 'contact')}
        autocomplete="off"
      />
      <Textarea
        name="why"
        label={props.why}
        hint={words.whyHint}
        rows={3}
        value={typed(ask.form, 'why')}
        errorMessage={errorFor(errors, 'why')}
      />
    </>
  )
}
