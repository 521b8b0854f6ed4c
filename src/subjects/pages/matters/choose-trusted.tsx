import { z } from 'zod'
import { namesFor } from '../../../staff/index.ts'
import {
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  fill,
  Form,
  keptPage,
  Link,
  Radios,
  readForm,
  redirect,
  Textarea,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import { mayChange } from '../../may-change.ts'
import { isOver, trustedHows } from '../../relationships/relationship.ts'
import { chooseTrusted, type Trusted } from '../../relationships/trusted.ts'
import { whoMatters, type Tie } from '../../relationships/who-matters.ts'
import { fromStory, notAskedAgain } from '../../story/from-story.ts'
import { tellable } from '../../tellable.ts'
import { formPage, mayWords } from '../voice/frame.tsx'
import { day, worded } from '../said.tsx'
import { reviewDay } from '../warnings.tsx'
import { trustedFor } from './trusted-adult.tsx'

/** Whom the person trusts, how we know, who steps in, and when they are asked again. */
export const chooseTrustedPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await offeredTo(ask, at))
}

export const sendChooseTrusted: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.matters.trusted.form
  const { first, backups } = await offeredTo(ask, at)
  const among = (of: readonly Offered[]) => (value: string) => of.some((one) => one.value === value)
  const schema = z
    .strictObject({
      who: z.string(words.whoMissing).refine(among(first), words.whoMissing),
      backup: z.string(words.backupMissing).refine((value) => value === 'nobody' || among(backups)(value), {
        message: words.backupMissing,
      }),
      how: z.enum(trustedHows, words.howMissing),
      words: mayWords(ask),
      ...dateBoxes(ask, 'review_on'),
    })
    .transform(({ who, backup, how, words: said, ...value }, ctx) => {
      if (how !== 'not asked' && !/\S/.test(said))
        ctx.addIssue({ code: 'custom', message: words.wordsMissing, path: ['words'] })
      if (who === backup) ctx.addIssue({ code: 'custom', message: words.same, path: ['backup'] })
      return { who, backup, how, words: said, review_on: reviewDay(ask, at.today, value, ctx) }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, { first, backups }, read.errors)
  const called = (value: string): Trusted | null => backups.find((one) => one.value === value)?.trusted ?? null
  const { who, backup, ...said } = read.value
  const told = (await saidOnce(ask, at))?.words.trim()
  if (told && said.words.trim() === told)
    await notAskedAgain(ask.tx, at.worker, at.subject.id, { form: 'trusted adult', questions: 1 }, at.now)
  const choice = { who: called(who)!, backup: called(backup), ...said }
  await chooseTrusted(ask.tx, ask.house.keys, at.worker, at.subject, choice, at.now)
  return redirect(`/people/${at.subject.id}/who-matters?done=chosen`)
}

/** Whom they trust, as they told it once: the form begins with it and does not ask again. */
const saidOnce = async (ask: Ask, at: Through) =>
  (await fromStory(ask.tx, ask.house.keys, at.worker, at.subject.id)).get('who I trust')

type Offered = { value: string; text: string; trusted: Trusted }

/**
 * Whoever is named trusted adult in the circle or was chosen already, and everybody who matters to the person and may be
 * an adult whom they trust; to step in, every worker of the circle too.
 */
const offeredTo = async (ask: Ask, at: Through): Promise<{ first: Offered[]; backups: Offered[] }> => {
  const told = (await tellable(ask, at)).filter(({ staff_id }) => staff_id !== null)
  const chosen = [(await trustedFor(ask, at)).choice].flatMap((choice) => choice?.staff_id ?? [])
  const names = await namesFor(ask.tx, [...chosen, ...told.map(({ staff_id }) => staff_id!)])
  const worker = (id: string): Offered => ({
    value: `staff ${id}`,
    text: [names.get(id)?.name, names.get(id)?.agency].filter(Boolean).join(', '),
    trusted: { staff: id },
  })
  const ids = (of: typeof told) => [...new Set([...chosen, ...of.map(({ staff_id }) => staff_id!)])]
  const ties = (await whoMatters(ask, at))
    .filter((one) => one.staff_id === null && mayBeTrusted(one, at.today))
    .map(({ tie_id, called, kind }) => ({
      value: `tie ${tie_id}`,
      text: `${called}, ${worded(ask.w.matters.kinds, kind).toLowerCase()}`,
      trusted: { name: called, tie: tie_id },
    }))
  const named = told.filter(({ role }) => role === 'trusted adult')
  return { first: [...ids(named).map(worker), ...ties], backups: [...ids(told).map(worker), ...ties] }
}

const mayBeTrusted = (tie: Tie, today: string): boolean =>
  !isOver(tie) &&
  !tie.has_died &&
  !neverTrusted.includes(tie.kind) &&
  (tie.born_year === null || Number(today.slice(0, 4)) - tie.born_year >= 18)
const neverTrusted = ['pet', 'afraid of', 'owes them']

const view = async (
  ask: Ask,
  at: Through,
  { first, backups }: { first: Offered[]; backups: Offered[] },
  errors: readonly FieldError[] = [],
) => {
  const { form: words, title, hows } = ask.w.matters.trusted
  const may = await mayChange(ask, at)
  const told = await saidOnce(ask, at)
  const radios = (name: string, legend: string, items: { value: string; text: string }[], hint?: string) => (
    <Radios
      name={name}
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--s' } }}
      hint={hint}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      items={items}
    />
  )
  const shown = (of: readonly Offered[]) => of.map(({ value, text }) => ({ value, text }))
  return formPage(ask, at, {
    title,
    back: `/people/${at.subject.id}/who-matters`,
    errors,
    children: (
      <>
        <p class="govuk-body">{words.intro}</p>
        {may.lead && (
          <p class="govuk-body">
            <Link href={ask.href(`/people/${at.subject.id}/involved/trusted-adult`)}>{words.nameLink}</Link>
          </p>
        )}
        {first.length === 0 ? (
          <p class="govuk-body">{words.nobodyToChoose}</p>
        ) : (
          <Form ask={ask} once>
            {radios('who', words.who, shown(first), words.whoHint)}
            {radios(
              'how',
              words.how,
              trustedHows.map((value) => ({ value, text: hows[value] })),
            )}
            <Textarea
              name="words"
              label={{ text: words.words, classes: 'govuk-label--s' }}
              rows={3}
              hint={told && fill(words.told, { day: day(told.said_on) })}
              value={errors.length > 0 ? typed(ask.form, 'words') : told?.words}
              errorMessage={errorFor(errors, 'words')}
            />
            {radios('backup', words.backup, [...shown(backups), { value: 'nobody', text: words.nobody }])}
            <DateBoxes ask={ask} name="review_on" legend={words.review} form={ask.form} errors={errors} />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        )}
      </>
    ),
  })
}
