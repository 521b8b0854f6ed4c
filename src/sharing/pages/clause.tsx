import { createHash } from 'node:crypto'
import { z } from 'zod'
import { agencies } from '../../partnership/index.ts'
import { NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  Details,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  Radios,
  readForm,
  redirect,
  Textarea,
  ticked,
  Title,
  typed,
  WarningText,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import type { ClauseFacts } from '../clause.ts'
import { choicesOf, codesOf, type Code, type List } from '../codes.ts'
import { clausesOf, removeClause, saveClause, type WrittenClause } from '../draft.ts'
import { clauseAges, effects } from '../file.ts'
import { kindName } from '../plain.ts'
import { problemText } from '../problem-words.ts'
import { relationships } from '../register.ts'
import type { Version } from '../standing.ts'
import { agreementsPage, findVersion, momentAt, pathOf, todayAt } from './parts.tsx'

export const newClausePage: Handler = async (ask) => {
  const { version } = await findVersion(ask)
  if (version.state !== 'draft') throw new NotFound()
  return view(ask, version, undefined, { relationship: 'agency', age: 'any', handling: '0', effect: 'permit' })
}

export const editClausePage: Handler = async (ask) => {
  const { version, clause } = await find(ask)
  return view(ask, version, clause, { ...asForm(clause), seen: fingerprint(clause) })
}

export const sendNewClause: Handler = async (ask) => {
  const { version } = await findVersion(ask)
  return save(ask, version, undefined)
}

export const sendEditClause: Handler = async (ask) => {
  const { version, clause } = await find(ask)
  if (typed(ask.form, 'seen') !== fingerprint(clause))
    return view(ask, version, clause, { ...ask.form, seen: fingerprint(clause) }, [], true)
  return save(ask, version, clause)
}

export const sendRemoveClause: Handler = async (ask) => {
  const { version, clause } = await find(ask)
  const outcome = await removeClause(ask.tx, ask.viewer, version.id, clause.clause)
  return redirect(`${pathOf(version)}?${outcome === 'removed' ? 'done=removed' : 'not=fixed'}`)
}

const find = async (ask: Ask): Promise<{ version: Version; clause: WrittenClause }> => {
  const { version } = await findVersion(ask)
  const clause = (await clausesOf(ask.tx, ask.place.id, version.id)).find((one) => one.clause === ask.params['clause'])
  if (!clause || version.state !== 'draft') throw new NotFound()
  return { version, clause }
}

const asForm = ({ handling, clause: _, number: __, ...facts }: WrittenClause): Ask['form'] => ({
  ...facts,
  handling: String(handling),
})

/** What the page was opened on: a save over somebody else's change is noticed. */
const fingerprint = (clause: WrittenClause): string =>
  createHash('sha256').update(JSON.stringify(clause)).digest('hex').slice(0, 16)

const save = async (ask: Ask, version: Version, clause: WrittenClause | undefined): Promise<Answer> => {
  const read = readClause(ask)
  if (Array.isArray(read)) return view(ask, version, clause, ask.form, read)
  const saved = await saveClause(ask.tx, ask.viewer, version.id, read, momentAt(ask), clause?.clause)
  if (saved === 'fixed') return redirect(`${pathOf(version)}?not=fixed`)
  if ('saved' in saved) return redirect(`${pathOf(version)}?done=saved#clause-list`)
  const seen = new Set<string>()
  const errors = saved.problems.flatMap((problem) => {
    // One sentence a question: the first thing to put right.
    if (seen.has(problem.field)) return []
    seen.add(problem.field)
    return [{ field: problem.field, text: problemText(ask.w.agreements, problem) }]
  })
  return view(ask, version, clause, ask.form, errors)
}

const several = z
  .union([z.string().max(200), z.array(z.string().max(200)).max(200)])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()))

const readClause = (ask: Ask): ClauseFacts | FieldError[] => {
  const words = ask.w.agreements.clause
  const schema = z.strictObject({
    seen: z.string().max(40).optional(),
    effect: z.enum(effects, words.effectMissing),
    title: z.string().trim().max(200, words.nameLong).default(''),
    plain: z.string().trim().max(1000, words.plainLong).default(''),
    suppliers: several,
    recipients: several,
    purposes: several,
    bases: several,
    conditions: several,
    gateways: several,
    classes: several,
    obligations: several,
    relationship: z.enum(relationships, words.choose),
    age: z.enum(clauseAges, words.choose),
    handling: z.enum(['0', '1', '2'], words.choose).transform((value) => Number(value) as 0 | 1 | 2),
  })
  const given = readForm(schema, ask.form)
  if (!given.ok) return given.errors
  const { seen: _, ...facts } = given.value
  return facts
}

const view = async (
  ask: Ask,
  version: Version,
  clause: WrittenClause | undefined,
  form: Ask['form'],
  errors: readonly FieldError[] = [],
  stale = false,
): Promise<Answer> => {
  const words = ask.w.agreements.clause
  const codes = await codesOf(ask.tx, ask.place.id)
  const all = await agencies(ask.tx, ask.place.id)
  const title = clause ? fill(words.title, { number: clause.number }) : words.newTitle
  const props = { ask, form, errors, codes }
  return agreementsPage(
    ask,
    title,
    <>
      <BackLink href={ask.href(pathOf(version))}>{version.title}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={version.code}>{title}</Title>
      {stale && <WarningText>{words.stale}</WarningText>}
      <Form ask={ask}>
        {clause && <input type="hidden" name="seen" value={typed(form, 'seen')} />}
        <Choice {...props} name="effect" legend={words.effect} values={effects} texts={words.effects} />
        <Input
          name="title"
          label={{ text: words.name, classes: 'govuk-label--s' }}
          hint={words.nameHint}
          value={typed(form, 'title')}
          errorMessage={errorFor(errors, 'title')}
        />
        <Textarea
          name="plain"
          label={{ text: words.plain, classes: 'govuk-label--s' }}
          rows={3}
          value={typed(form, 'plain')}
          errorMessage={errorFor(errors, 'plain')}
        />
        <Tokens {...props} name="suppliers" legend={words.suppliers} agencies={all} />
        <Tokens {...props} name="recipients" legend={words.recipients} agencies={all} />
        <Several {...props} name="purposes" list="purpose" legend={words.purposes} />
        <Several {...props} name="classes" list="class" legend={words.classes} />
        <Choice
          {...props}
          name="relationship"
          legend={words.relationship}
          values={relationships}
          texts={words.relationships}
        />
        <Choice {...props} name="age" legend={words.age} values={clauseAges} texts={words.ages} />
        <Choice
          {...props}
          name="handling"
          legend={words.handling}
          hint={words.handlingHint}
          values={['0', '1', '2']}
          texts={words.handlings}
        />
        <Several {...props} name="bases" list="basis" legend={words.bases} hint={words.basesHint} />
        <Several {...props} name="conditions" list="condition" legend={words.conditions} hint={words.conditionsHint} />
        <Several {...props} name="gateways" list="gateway" legend={words.gateways} />
        <Several {...props} name="obligations" list="obligation" legend={words.obligations} />
        <Button preventDoubleClick>{words.save}</Button>
      </Form>
      {clause && (
        <Form ask={ask} action={`${pathOf(version)}/clauses/${clause.clause}/remove`}>
          <Button classes="govuk-button--warning" preventDoubleClick>
            {words.remove}
          </Button>
        </Form>
      )}
    </>,
    { status: stale ? 409 : errors.length ? 422 : 200 },
  )
}

type Asked = { ask: Ask; form: Ask['form']; errors: readonly FieldError[]; codes: readonly Code[]; legend: string }
const small = (text: string) => ({ legend: { text, classes: 'govuk-fieldset__legend--s' } })

type ChoiceProps = Asked & { name: string; hint?: string; values: readonly string[]; texts: Record<string, string> }
const Choice = ({ name, legend, hint, values, texts, form, errors }: ChoiceProps) => (
  <Radios
    name={name}
    fieldset={small(legend)}
    hint={hint}
    value={typed(form, name)}
    errorMessage={errorFor(errors, name)}
    items={values.map((value) => ({ value, text: texts[value] ?? value }))}
  />
)

/** A list of codes to choose from, with what each means and whether somebody has still to check it. */
const Several = ({
  ask,
  name,
  list,
  legend,
  hint,
  form,
  errors,
  codes,
}: Asked & { name: string; list: List; hint?: string }) => (
  <Checkboxes
    name={name}
    classes="govuk-checkboxes--small"
    fieldset={small(legend)}
    hint={hint}
    values={ticked(form, name)}
    errorMessage={errorFor(errors, name)}
    items={choicesOf(codes, list, todayAt(ask)).map(({ code, label, note, checked }) => ({
      value: code,
      text: list === 'class' ? `${code} ${label}` : label,
      hint: [note, checked ? '' : `${ask.w.agreements.unchecked}.`].filter(Boolean).join(' ') || undefined,
    }))}
  />
)

type Listed = { code: string; name: string; kind: string; sector: string }
const Tokens = ({
  ask,
  name,
  legend,
  form,
  errors,
  agencies: all,
}: Asked & { name: 'suppliers' | 'recipients'; agencies: readonly Listed[] }) => {
  const words = ask.w.agreements
  const chosen = ticked(form, name)
  const sectors = words.plain.sector
  const kinds = [...new Set(all.map(({ kind }) => kind))].sort((a, b) => (kindName(a) < kindName(b) ? -1 : 1))
  const byName = all.map(({ code, name: called }) => ({ value: `agency:${code}`, text: called }))
  return (
    <>
      <Checkboxes
        name={name}
        classes="govuk-checkboxes--small trellis-tokens"
        fieldset={small(legend)}
        values={chosen}
        errorMessage={errorFor(errors, name)}
        items={[
          { value: 'any', text: name === 'recipients' ? words.clause.anyTo : words.clause.any },
          name === 'suppliers' && { value: 'self', text: words.clause.self },
          ...Object.entries(sectors).map(([sector, text]) => ({ value: `sector:${sector}`, text: capital(text) })),
          { divider: words.clause.kinds },
          ...kinds.map((kind) => ({ value: `kind:${kind}`, text: kindName(kind) })),
        ]}
      />
      <Details summary={words.clause.one} open={byName.some(({ value }) => chosen.includes(value))}>
        <Checkboxes
          name={name}
          idPrefix={`${name}-one`}
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: `${legend} ${words.clause.one}`, classes: 'govuk-visually-hidden' } }}
          values={chosen}
          items={byName}
        />
      </Details>
    </>
  )
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
