import type { ComponentChildren } from 'preact'
import { z } from 'zod'
import { hasRole, type StaffViewer } from '../../../platform/index.ts'
import { day } from '../../../subjects/index.ts'
import {
  BackLink,
  errorFor,
  Errors,
  fill,
  Input,
  NotificationBanner,
  page,
  SubNavigation,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Page,
} from '../../../web/index.ts'

export const tabs = {
  trials: '/adoption',
  evidence: '/evidence',
  decisions: '/decisions',
  review: '/self-review',
} as const
export type Tab = keyof typeof tabs

/** Where the one item of the navigation is at home, whichever of its four lists is open. */
export const sectionOf = (path: string): string =>
  Object.values(tabs).find((tab) => path === tab || path.startsWith(`${tab}/`)) ?? tabs.trials

/** Learning leads write; the chair reads. */
export const mayWrite = (ask: Ask): boolean => hasRole(ask.viewer, 'learning')
export const workerOf = (ask: Ask): StaffViewer => ask.viewer as StaffViewer

/** A list: the four of them in one row above it, and one thing that can be begun. */
export const listPage = (props: {
  ask: Ask
  tab: Tab
  title: string
  intro: string
  button?: ComponentChildren
  wide?: boolean
  children: ComponentChildren
}): Answer => {
  const { ask, tab, title, intro } = props
  const words = ask.w.adoption.tabs
  return page({
    title,
    frame: 'staff',
    wide: props.wide,
    body: (
      <>
        <SubNavigation
          label={words.label}
          items={(Object.keys(tabs) as Tab[]).map((name) => ({
            text: words[name],
            href: ask.href(tabs[name]),
            active: name === tab,
          }))}
        />
        <Done ask={ask} />
        <div class="trellis-title-row">
          <Title>{title}</Title>
          {props.button}
        </div>
        <p class="govuk-body">{intro}</p>
        {props.children}
      </>
    ),
  })
}

/** One of them, or a form that belongs to it. */
export const onePage = (props: {
  ask: Ask
  title: string
  caption?: string
  back: { href: string; text: string }
  errors?: readonly FieldError[]
  script?: string
  about?: Page['about']
  wide?: boolean
  children: ComponentChildren
}): Answer => {
  const { ask, title, caption, back, errors = [], script, about, wide } = props
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    script,
    about,
    wide,
    body: (
      <>
        <BackLink href={ask.href(back.href)}>{back.text}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Done ask={ask} />
        <Title caption={caption}>{title}</Title>
        {props.children}
      </>
    ),
  })
}

const Done = ({ ask }: { ask: Ask }) => {
  const done = (ask.w.adoption.done as Record<string, string>)[ask.query['done'] ?? '']
  return done ? (
    <NotificationBanner type="success" title={ask.w.common.saved}>
      {done}
    </NotificationBanner>
  ) : null
}

export const most_words = 8000
const most_line = 200

type Box = { ask: Ask; name: string; label: string; hint?: string; errors: readonly FieldError[] }

export const WordsBox = ({ ask, name, label, hint, errors, rows = 4 }: Box & { rows?: number }) => (
  <Textarea
    name={name}
    rows={rows}
    hint={hint}
    label={{ text: label, classes: 'govuk-label--s' }}
    value={typed(ask.form, name)}
    errorMessage={errorFor(errors, name)}
  />
)

export const Line = ({ ask, name, label, hint, errors, ...rest }: Box & { classes?: string; inputmode?: string }) => (
  <Input
    name={name}
    hint={hint}
    label={{ text: label, classes: 'govuk-label--s' }}
    value={typed(ask.form, name)}
    errorMessage={errorFor(errors, name)}
    {...rest}
  />
)

const atMost = (ask: Ask, most: number, missing = ask.w.report.wrong.broken) =>
  z
    .string(missing)
    .trim()
    .max(most, fill(ask.w.report.wrong.long, { most: most.toLocaleString('en-GB') }))
export const mayWords = (ask: Ask) => atMost(ask, most_words).default('')
export const mustWords = (ask: Ask, missing: string) => atMost(ask, most_words, missing).min(1, missing)
export const mayLine = (ask: Ask) => atMost(ask, most_line).default('')
export const mustLine = (ask: Ask, missing: string) => atMost(ask, most_line, missing).min(1, missing)

/** Boxes that may be ticked several times, which arrive as nothing, one or many: each is one that was offered. */
export const someOf = (ask: Ask, offered: readonly { value: string }[]) =>
  z.preprocess(
    (sent) => [sent ?? []].flat(),
    z
      .array(z.string())
      .refine((sent) => sent.every((one) => offered.some(({ value }) => value === one)), ask.w.report.wrong.choice),
  )

/** '3 March 2026' of '2026-03-03'. */
export const dayOf = (ask: Ask, date: string): string => day(ask, new Date(`${date}T12:00:00Z`))

/** What somebody wrote, in their own lines. */
export const Said = ({ children }: { children: string }) => (
  <p class="govuk-body trellis-words" dir="auto">
    {children}
  </p>
)
