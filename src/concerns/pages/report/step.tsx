import type { ComponentChildren } from 'preact'
import type { z } from 'zod'
import { guidanceFor } from '../../../guidance/index.ts'
import { localDate } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  draftCookie,
  Errors,
  Form,
  keepDraft,
  keptPage,
  openDraft,
  page,
  readForm,
  redirect,
  startDraft,
  type Answer,
  type Ask,
  type Draft,
  type FieldError,
  type Handler,
  type Page,
  type Words,
} from '../../../web/index.ts'
import { after, before, type Answers, type SentAnswers, type StepName } from './answers.ts'

export type Said = Words['report']['steps']

/** A visitor or member of staff somewhere on the way through a report. */
export type Journey = {
  ask: Ask
  /** Absent until the first answer is saved. */
  draft: Draft<Answers> | undefined
  answers: Answers
  /** The words of the pages, as this kind of sender is spoken to. */
  said: Said
  /** YYYY-MM-DD where the partnership is. */
  today: string
}

type View = { at: Journey; form: Ask['form']; errors: readonly FieldError[] }

export type Instead = { kind: 'form'; form: Ask['form']; errors?: readonly FieldError[]; draft?: Draft<Answers> }

type Step<S extends z.ZodType> = {
  name: StepName
  schema: (at: Journey, form: Ask['form']) => Promise<S> | S
  /** What the fields hold when the page is opened. */
  shown: (answers: Answers) => Ask['form']
  keep: (answers: Answers, value: z.output<S>, at: Journey) => Partial<Answers>
  /** Presses of other buttons than Continue: an answer ends the matter, another form is shown instead. */
  pressed?: (at: Journey, form: Ask['form']) => Promise<Answer | Instead | undefined> | Answer | Instead | undefined
  title: (at: Journey) => string
  view: (view: View) => Promise<ComponentChildren> | ComponentChildren
  /** Takes files. */
  upload?: boolean
  /** A script that is fetched when somebody asks for what it does. */
  asked?: string
}

/** One question of a report: the page, and what happens when it is answered. */
export const step = <S extends z.ZodType>(step: Step<S>): { get: Handler; post: Handler } => ({
  get: async (ask) => {
    const at = await enter(ask)
    if (!at) return redirect('/report/sent')
    if (!at.draft && step.name !== 'danger') return redirect('/report')
    return show(step, at, step.shown(at.answers))
  },
  post: async (ask) => {
    const { draft: id, how: _how, from: _from, ...form } = ask.form
    // A form that a member of staff had open when they were signed out must not become a visitor's.
    if (id !== undefined && ask.viewer.kind !== 'staff') {
      const { signedOut } = ask.w.common.problem
      return keptPage(ask, 403, signedOut, { signIn: true })
    }
    const at = await enter(ask, true)
    if (!at) return tooLate(ask)
    const pressed = await step.pressed?.(at, form)
    if (pressed?.kind === 'form')
      return show(step, { ...at, draft: pressed.draft ?? at.draft }, pressed.form, pressed.errors)
    if (pressed) return pressed
    const read = readForm(await step.schema(at, form), form)
    if (!read.ok) return show(step, at, form, read.errors)
    return goOn(at, step.name, step.keep(at.answers, read.value, at))
  },
})

/** Saves what a page was answered and goes on to the next. */
export const goOn = async (at: Journey, name: StepName, kept: Partial<Answers>): Promise<Answer> => {
  const answers: Answers = { ...at.answers, ...kept, done: [...new Set([...at.answers.done, name])] }
  const draft = at.draft ? { ...at.draft, answers } : await startDraft(at.ask, 'report', answers)
  if (!draft) throw new Error('a new token was taken')
  if (at.draft) await keepDraft(at.ask, draft)
  const lost = !at.draft && name !== 'danger'
  const danger = name === 'danger' && answers.danger_now
  const to = lost ? '/report/carry-on' : danger ? '/report/call-999' : after(answers, name)
  return redirect(to, [draftCookie(draft)])
}

/** Opens the report that this browser is on. Undefined when it has been sent. */
export const enter = async (ask: Ask, lock = false): Promise<Journey | undefined> => {
  const staff = ask.viewer.kind === 'staff'
  const id = ask.form['draft']
  const fresh = staff && (ask.query['new'] !== undefined || (lock && id === ''))
  const key = fresh ? undefined : staff && typeof id === 'string' ? id : ask.cookies['draft']
  const found = await openDraft<Answers | SentAnswers>(ask, key, { lock })
  if (found?.kind === 'sent' && ask.path !== '/report/danger') return undefined
  const draft = found?.kind === 'report' ? (found as Draft<Answers>) : undefined
  const answers = draft?.answers ?? (await begin(ask))
  return { ask, draft, answers, said: saidTo(ask, answers.channel), today: localDate(ask.house.now(), ask.place.zone) }
}

/** A report nobody has answered anything of: who sends it, and what came with the address. */
const begin = async (ask: Ask): Promise<Answers> => {
  const how = ask.form['how'] ?? ask.query['how']
  const setting = ask.form['from'] ?? ask.query['setting']
  const staff = ask.viewer.kind === 'staff' ? ask.viewer : undefined
  const given = (await guidanceFor(ask)).settings.find(({ code }) => code === setting)
  const about = how === 'self' || given?.place === 'self' ? 'self' : 'public'
  const channel = staff ? (how === 'phone' && staff.frontDoor ? 'phone' : 'professional') : about
  return { channel, done: [], ...(given && { setting: given.code, settingGiven: true }) }
}

/** The same questions, put as one speaks to this sender: someone it happens to, a colleague, one who takes a call. */
export const saidTo = (ask: Ask, channel: Answers['channel']): Said => {
  const { steps, self, professional, phone } = ask.w.report
  const other = ({ self, professional, phone } as Record<string, Partial<Record<StepName, object>>>)[channel] ?? {}
  return Object.fromEntries(
    Object.entries(steps).map(([name, words]) => [name, { ...words, ...other[name as StepName] }]),
  ) as Said
}

const show = async <S extends z.ZodType>(
  step: Step<S>,
  at: Journey,
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Promise<Page> => {
  const { ask } = at
  return questionPage(
    at,
    step.title(at),
    errors,
    before(at.answers, step.name),
    <Form ask={ask} upload={step.upload}>
      <Hidden at={at} />
      {/* The first button of a form is the one that Enter presses. */}
      <button class="trellis-default-button" tabIndex={-1} aria-hidden="true" />
      {await step.view({ at, form, errors })}
      <Button preventDoubleClick>{ask.w.common.continue}</Button>
    </Form>,
    step.asked,
  )
}

/** The frame of every page of the way: back, what is wrong, the question, and a way to be rid of it all. */
export const questionPage = (
  at: Journey,
  title: string,
  errors: readonly FieldError[],
  back: string,
  body: ComponentChildren,
  asked?: string,
): Page => {
  const { ask } = at
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: frameOf(ask),
    script: 'report',
    asked,
    body: (
      <div class="trellis-report">
        <BackLink href={ask.href(back)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        {body}
        {at.draft && <DeleteAll at={at} />}
      </div>
    ),
  })
}

export const frameOf = (ask: Ask): 'staff' | 'journey' => (ask.viewer.kind === 'staff' ? 'staff' : 'journey')

/** What a form must carry along: which of several drafts, or what the first page was opened with. */
export const Hidden = ({ at: { ask, draft, answers } }: { at: Journey }) => (
  <>
    {ask.viewer.kind === 'staff' && <input type="hidden" name="draft" value={draft?.id ?? ''} />}
    {!draft && (answers.channel === 'self' || answers.channel === 'phone') && (
      <input type="hidden" name="how" value={answers.channel} />
    )}
    {!draft && answers.setting && <input type="hidden" name="from" value={answers.setting} />}
  </>
)

const DeleteAll = ({ at }: { at: Journey }) => (
  <Form ask={at.ask} action="/report/delete" class="trellis-report__delete">
    <Hidden at={at} />
    <button class="trellis-report__delete-button">{at.ask.w.report.deleteAll}</button>
  </Form>
)

/** The report was sent from another tab while this page stood open: say so, and keep the words in sight. */
const tooLate = (ask: Ask): Page => {
  const { late } = ask.w.report
  const words = Object.values(ask.form)
    .flat()
    .filter((value) => value.trim() !== '')
  return page({
    title: late.title,
    status: 409,
    frame: frameOf(ask),
    body: (
      <>
        <h1 class="govuk-heading-l">{late.title}</h1>
        <p class="govuk-body">{late.text}</p>
        <p class="govuk-body">
          <a class="govuk-link" href={ask.href('/report/sent')}>
            {late.link}
          </a>
        </p>
        {words.map((value) => (
          <p class="govuk-body trellis-words">{value}</p>
        ))}
      </>
    ),
  })
}

/** The one heading of a question page, where the question is not a label. */
export const Heading = ({ children }: { children: ComponentChildren }) => <h1 class="govuk-heading-l">{children}</h1>
/** A label or legend that is the page's heading. */
export const asHeading = (text: ComponentChildren) => ({ text, classes: 'govuk-label--l', isPageHeading: true })
export const legendAsHeading = (text: ComponentChildren) => ({
  legend: { text, classes: 'govuk-fieldset__legend--l', isPageHeading: true },
})
