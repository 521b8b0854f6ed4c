import { z } from 'zod'
import { agencyKinds } from '../../partnership/index.ts'
import { NotFound, type StaffViewer } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { changeRule, retentionRules, startsFrom, type RetentionRule } from '../rules.ts'
import { entryKinds } from '../subject.ts'

const most_years = 120
const most = 1000

/** One rule to change, or a new one: the rule that was stays to be read. */
export const rulePage: Handler = async (ask) => view(ask, await ruleAt(ask))
export const newRulePage: Handler = (ask) => view(ask, undefined)

/** @throws {NotFound} where no such rule is in force, or was */
const ruleAt = async (ask: Ask): Promise<RetentionRule> => {
  const found = (await retentionRules(ask.tx, ask.place.id)).find(({ code }) => code === ask.params['rule'])
  if (!found) throw new NotFound()
  return found
}

const schemaOf = (ask: Ask, rule: RetentionRule | undefined) => {
  const words = ask.w.rights.rules
  const long = fill(words.long, { most })
  const many = <T extends string>(values: readonly T[]) =>
    z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.enum(values)))
  return z.strictObject({
    act: z.enum(rule ? ['change', 'end'] : ['change'], words.actMissing).default('change'),
    label: z
      .string(words.labelMissing)
      .trim()
      .min(1, words.labelMissing)
      .max(200, fill(words.long, { most: 200 })),
    // Kinds that a partnership's own file added stay possible for a rule that has them.
    agency_kinds: many([...agencyKinds().keys(), ...(rule?.agency_kinds ?? [])]),
    entry_kinds: many([...entryKinds, ...(rule?.entry_kinds ?? [])]),
    counts_from: z.enum(startsFrom, words.fromMissing),
    years: z
      .string(words.yearsWrong)
      .trim()
      .regex(/^\d{1,3}$/, words.yearsWrong)
      .transform(Number)
      .refine((years) => years <= most_years, words.yearsWrong),
    checked: z.literal('yes').optional(),
    source: z.string().trim().max(most, long).default(''),
    why: z.string(words.whyMissing).trim().min(1, words.whyMissing).max(most, long),
  })
}

export const sendRule: Handler = async (ask) => save(ask, await ruleAt(ask))
export const sendNewRule: Handler = (ask) => save(ask, undefined)

const save = async (ask: Ask, rule: RetentionRule | undefined) => {
  const read = readForm(schemaOf(ask, rule), ask.form)
  if (!read.ok) return view(ask, rule, read.errors)
  const { act, why, checked, ...said } = read.value
  const saved = await changeRule(ask.tx, ask.viewer as StaffViewer, {
    follows: rule?.code ?? null,
    said: act === 'end' ? null : { ...said, checked: checked === 'yes' },
    why,
    at: ask.house.now(),
  })
  if (saved === 'saved') return redirect('/retention/rules')
  return view(ask, rule, [{ field: 'act', text: ask.w.rights.rules.meanwhile }])
}

const view = (ask: Ask, rule: RetentionRule | undefined, errors: readonly FieldError[] = []) => {
  const words = ask.w.rights.rules
  const again = errors.length > 0
  const shown = (name: 'label' | 'counts_from' | 'years' | 'source'): string =>
    again ? typed(ask.form, name) : String(rule?.[name] ?? '')
  const chosen = (name: 'agency_kinds' | 'entry_kinds'): string[] =>
    again ? ticked(ask.form, name) : (rule?.[name] ?? [])
  const title = rule ? words.change : words.new
  return page({
    title,
    status: again ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/retention/rules')}>{words.backToRules}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <p class="govuk-body">{words.formIntro}</p>
        <Form ask={ask}>
          {rule && (
            <Radios
              name="act"
              fieldset={{ legend: { text: words.act, classes: 'govuk-fieldset__legend--s' } }}
              value={typed(ask.form, 'act') || 'change'}
              errorMessage={errorFor(errors, 'act')}
              items={[
                { value: 'change', text: words.acts.change },
                { value: 'end', text: words.acts.end },
              ]}
            />
          )}
          <Input name="label" label={words.label} value={shown('label')} errorMessage={errorFor(errors, 'label')} />
          <Input
            name="years"
            label={words.years}
            hint={words.yearsHint}
            classes="govuk-input--width-3"
            inputmode="numeric"
            value={shown('years')}
            errorMessage={errorFor(errors, 'years')}
          />
          <Radios
            name="counts_from"
            fieldset={{ legend: { text: words.countsFrom, classes: 'govuk-fieldset__legend--s' } }}
            value={shown('counts_from')}
            errorMessage={errorFor(errors, 'counts_from')}
            items={startsFrom.map((value) => ({ value, text: words.starts[value] }))}
          />
          <Checkboxes
            name="entry_kinds"
            classes="govuk-checkboxes--small"
            fieldset={{ legend: { text: words.entryKinds, classes: 'govuk-fieldset__legend--s' } }}
            hint={words.anyHint}
            values={chosen('entry_kinds')}
            items={entryKinds.map((value) => ({ value, text: ask.w.subjects.entryKinds[value] }))}
          />
          <Checkboxes
            name="agency_kinds"
            classes="govuk-checkboxes--small"
            fieldset={{ legend: { text: words.agencyKinds, classes: 'govuk-fieldset__legend--s' } }}
            hint={words.anyHint}
            values={chosen('agency_kinds')}
            items={[...agencyKinds()].map(([value, text]) => ({ value, text }))}
          />
          <Textarea
            name="source"
            label={words.source}
            hint={words.sourceHint}
            rows={2}
            value={shown('source')}
            errorMessage={errorFor(errors, 'source')}
          />
          <Checkboxes
            name="checked"
            values={(again ? typed(ask.form, 'checked') === 'yes' : rule?.checked) ? ['yes'] : []}
            items={[{ value: 'yes', text: words.checked }]}
          />
          <Textarea
            name="why"
            label={words.why}
            hint={words.whyHint}
            rows={3}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
