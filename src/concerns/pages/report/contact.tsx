import { z } from 'zod'
import { Checkboxes, errorFor, Input, Radios, Textarea, ticked, typed, type Ask } from '../../../web/index.ts'
import { choice, choices, words } from './fields.ts'
import { Heading, legendAsHeading, step, type Journey } from './step.tsx'

const ways = ['phone', 'text', 'email', 'letter', 'in person'] as const

const contactFields = (ask: Ask) => ({
  contact_by: choice(ask, ways),
  contact_value: words(ask, 500),
  safe_times: words(ask, 500),
  safe_note: words(ask, 1000),
})
/** To be reached there must be a way and where it leads. */
const checkContact = (
  { ask }: Journey,
  value: { contact_by?: (typeof ways)[number]; contact_value: string },
  ctx: z.RefinementCtx,
): void => {
  const { wrong } = ask.w.report
  const say = (field: string, message: string) => ctx.addIssue({ code: 'custom', path: [field], message })
  if (!value.contact_by) say('contact_by', wrong.contactBy)
  const said = value.contact_value.normalize('NFKC')
  const digits = (said.match(/\d/g) ?? []).length
  if (said.trim() === '') say('contact_value', wrong.contactValue)
  else if ((value.contact_by === 'phone' || value.contact_by === 'text') && digits < 6)
    say('contact_value', wrong.phoneWhole)
  else if (value.contact_by === 'email' && !/^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$/.test(said))
    say('contact_value', wrong.email)
}

/** Whether, how and when it is safe to be in touch; and whether they want to know what happens. */
export const contact = step({
  name: 'contact',
  title: ({ said }) => said.contact.title,
  schema: (at) =>
    z
      .strictObject({
        may_contact: choice(at.ask, ['yes', 'no']),
        name: words(at.ask, 300),
        relationship: words(at.ask, 300),
        ...contactFields(at.ask),
        wants_news: choices(at.ask, ['yes']),
      })
      .superRefine((value, ctx) => {
        if (value.may_contact === 'yes') checkContact(at, value, ctx)
      }),
  shown: ({ reporter, wants_news, done }) => ({
    may_contact: done.includes('contact') ? (reporter?.may_contact ? 'yes' : 'no') : '',
    name: reporter?.name ?? '',
    relationship: reporter?.relationship ?? '',
    contact_by: reporter?.contact_by ?? '',
    contact_value: reporter?.contact_value ?? '',
    safe_times: reporter?.safe_times ?? '',
    safe_note: reporter?.safe_note ?? '',
    wants_news: wants_news ? ['yes'] : [],
  }),
  keep: (_, { may_contact, wants_news, name, relationship, ...value }) => {
    // A number left standing under "No" was not meant for us.
    const reach = may_contact === 'yes' ? value : { contact_by: null, contact_value: '', safe_times: '', safe_note: '' }
    return {
      wants_news: wants_news.includes('yes'),
      reporter: { job_title: '', name, relationship, may_contact: may_contact === 'yes', ...reach },
    }
  },
  view: ({ at, form, errors }) => {
    const { ask, said } = at
    const w = said.contact
    return (
      <>
        <Radios
          name="may_contact"
          fieldset={legendAsHeading(w.title)}
          hint={w.hint}
          errorMessage={errorFor(errors, 'may_contact')}
          value={typed(form, 'may_contact')}
          items={[
            { value: 'yes', text: w.yes },
            { value: 'no', text: w.no },
          ]}
        />
        {/* Unfolds by style alone, so also without JavaScript. The design system's own way breaks a rule of ARIA. */}
        <div class="trellis-report__reach">
          <Reach at={at} form={form} errors={errors} />
        </div>
        <Input
          name="name"
          label={w.name}
          hint={w.nameHint}
          errorMessage={errorFor(errors, 'name')}
          value={typed(form, 'name')}
          attributes={{ dir: 'auto' }}
        />
        {at.answers.channel !== 'self' && (
          <Input
            name="relationship"
            label={w.relationship}
            hint={w.relationshipHint}
            errorMessage={errorFor(errors, 'relationship')}
            value={typed(form, 'relationship')}
            attributes={{ dir: 'auto' }}
          />
        )}
        <Checkboxes
          name="wants_news"
          fieldset={{ legend: { text: w.news, classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={errorFor(errors, 'wants_news')}
          values={ticked(form, 'wants_news')}
          items={[{ value: 'yes', text: w.newsYes, hint: ask.viewer.kind === 'staff' ? undefined : w.newsHint }]}
        />
      </>
    )
  },
})

const Reach = ({ at, form, errors }: { at: Journey; form: Ask['form']; errors: Parameters<typeof errorFor>[0] }) => {
  const w = at.said.contact
  return (
    <>
      <Radios
        name="contact_by"
        classes="govuk-radios--small"
        fieldset={{ legend: { text: w.by, classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorFor(errors, 'contact_by')}
        value={typed(form, 'contact_by')}
        items={ways.map((value) => ({ value, text: w.ways[value] }))}
      />
      <Input
        name="contact_value"
        label={w.value}
        errorMessage={errorFor(errors, 'contact_value')}
        value={typed(form, 'contact_value')}
        attributes={{ dir: 'auto' }}
      />
      <Input
        name="safe_times"
        label={w.times}
        hint={w.timesHint}
        errorMessage={errorFor(errors, 'safe_times')}
        value={typed(form, 'safe_times')}
        attributes={{ dir: 'auto' }}
      />
      <Textarea
        name="safe_note"
        label={w.note}
        hint={w.noteHint}
        errorMessage={errorFor(errors, 'safe_note')}
        value={typed(form, 'safe_note')}
        rows={2}
        attributes={{ dir: 'auto' }}
      />
    </>
  )
}

/** A professional: who they are is known, so only how to reach them and what their own records call this. */
export const you = step({
  name: 'you',
  title: ({ said }) => said.you.title,
  schema: (at) =>
    z
      .strictObject({
        job_title: words(at.ask, 300),
        agency_reference: words(at.ask, 200),
        relationship: words(at.ask, 300),
        ...contactFields(at.ask),
        wants_news: choices(at.ask, ['yes']),
      })
      .superRefine((value, ctx) => {
        if (value.contact_by || value.contact_value.trim() !== '') checkContact(at, value, ctx)
      }),
  shown: ({ reporter, agency_reference, wants_news, done }) => ({
    job_title: reporter?.job_title ?? '',
    agency_reference: agency_reference ?? '',
    relationship: reporter?.relationship ?? '',
    contact_by: reporter?.contact_by ?? '',
    contact_value: reporter?.contact_value ?? '',
    safe_times: reporter?.safe_times ?? '',
    safe_note: reporter?.safe_note ?? '',
    wants_news: wants_news || !done.includes('you') ? ['yes'] : [],
  }),
  keep: (_, { agency_reference, wants_news, ...value }, { ask }) => ({
    agency_reference: agency_reference || null,
    wants_news: wants_news.includes('yes'),
    reporter: { ...value, name: ask.viewer.kind === 'staff' ? ask.viewer.name : '', may_contact: true },
  }),
  view: ({ at, form, errors }) => {
    const w = at.said.you
    const box = (name: 'job_title' | 'agency_reference' | 'relationship', label: string, hint?: string) => (
      <Input
        name={name}
        label={label}
        hint={hint}
        errorMessage={errorFor(errors, name)}
        value={typed(form, name)}
        attributes={{ dir: 'auto' }}
      />
    )
    return (
      <>
        <Heading>{w.title}</Heading>
        {box('job_title', w.jobTitle)}
        {box('agency_reference', w.reference, w.referenceHint)}
        {box('relationship', w.relationship)}
        <Reach at={at} form={form} errors={errors} />
        <Checkboxes
          name="wants_news"
          fieldset={{ legend: { text: at.said.contact.news, classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={errorFor(errors, 'wants_news')}
          values={ticked(form, 'wants_news')}
          items={[{ value: 'yes', text: at.said.contact.newsYes }]}
        />
      </>
    )
  },
})
