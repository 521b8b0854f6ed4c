import type { StaffViewer } from '../../platform/index.ts'
import { namesFor } from '../../staff/index.ts'
import { moment } from '../../subjects/index.ts'
import {
  BackLink,
  Errors,
  fill,
  keptPage,
  Link,
  page,
  redirect,
  Title,
  type About,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { Both } from './both.tsx'
import { Writes } from './form.tsx'
import { hintsIn } from './language-aid.ts'
import { answerInWords, boxesFilled, readSent, type Question, type Said } from './question.ts'
import { readWritten } from './read.ts'
import { write } from './write.ts'
import { textOf, type Document, type Written } from './written.ts'

type Names = Awaited<ReturnType<typeof namesFor>>

/** Whose text it is, and since when. */
export const byOf = (ask: Ask, names: Names, { written_by, written_at }: Written): string =>
  fill(ask.w.writing.by, {
    name: names.get(written_by)?.name ?? ask.w.story.somebody,
    when: moment(ask, written_at),
  })

/**
 * Two texts of one answer that both stand.
 * @param href where a person makes them one, if that is not on this page
 */
export const Two = (props: {
  ask: Ask
  question: Question
  said: Said
  texts: readonly Written[]
  names: Names
  href?: string
}) => {
  const { ask, question, said, texts, names, href } = props
  const words = ask.w.writing
  return (
    <section aria-label={said.label}>
      <h2 class="govuk-heading-s">{said.label}</h2>
      <p class="govuk-body">{words.two}</p>
      <Both
        texts={texts.map((one) => ({
          id: one.id,
          by: byOf(ask, names, one),
          words: answerInWords(question, said, one.words),
        }))}
      />
      {href && (
        <p class="govuk-body">
          <Link href={ask.href(href)}>
            {words.makeOne} <span class="govuk-visually-hidden">{said.label}</span>
          </Link>
        </p>
      )}
    </section>
  )
}

/** The boxes in which a person makes one text of those that stand. */
export const OneText = (props: {
  ask: Ask
  question: Question
  said: Said
  standing: readonly Written[]
  errors: readonly FieldError[]
}) => {
  const { ask, question, said, standing, errors } = props
  const words = ask.w.writing.one
  // Two chosen codes or days are not one: nothing is chosen for whoever decides.
  const together = question.kind === 'words' ? textOf(standing) : ''
  return (
    <Writes
      ask={{ ...ask, form: { ...boxesFilled(question, together), ...ask.form } }}
      asked={[
        {
          question,
          said: { ...said, label: words.label },
          read: standing.map(({ version }) => version),
          hints: hintsIn(together),
        },
      ]}
      errors={errors}
      one={words.button}
    />
  )
}

/** What of the text that was sent is wrong: one that stands for two says something. */
export const wrongInOne = (ask: Ask, { typed, wrong }: ReturnType<typeof readSent>): FieldError[] => {
  const blank = typed.find(({ words }) => words.trim() === '')
  return blank ? [{ field: blank.field, text: ask.w.writing.one.blank }] : wrong
}

type Opened = {
  kind: 'one'
  worker: StaffViewer
  now: Date
  document: Document
  question: Question
  said: Said
  /** The page of the whole form, and what it is called. */
  back: string
  backText: string
  event: string
  about: About
}

/** The page on which a person makes one of two texts, and what it sends. */
export const oneTextOf = (
  open: (ask: Ask) => Promise<Opened | { kind: 'answer'; answer: Answer }>,
): { show: Handler; send: Handler } => ({
  show: async (ask) => {
    const here = await open(ask)
    return here.kind === 'answer' ? here.answer : view(ask, here)
  },
  send: async (ask) => {
    const here = await open(ask)
    if (here.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
    const sent = readSent(ask, [here.question])
    const errors = wrongInOne(ask, sent)
    if (errors.length) return view(ask, here, errors)
    const { worker, document, event, now: at } = here
    await write(ask.tx, ask.house.keys, worker, document, { sitting: sent.sitting, typed: sent.typed, event, at })
    return redirect(`${here.back}?done=one`)
  },
})

const view = async (ask: Ask, here: Opened, errors: readonly FieldError[] = []) => {
  const { worker, document, question, said } = here
  const only = { fields: [question.name] }
  const standing = await readWritten(ask.tx, ask.house.keys, worker.partnership, document.id, only)
  const names = await namesFor(
    ask.tx,
    standing.map(({ written_by }) => written_by),
  )
  const title = ask.w.writing.one.title
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: here.about,
    body: (
      <>
        <BackLink href={ask.href(here.back)}>{here.backText}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={said.label}>{title}</Title>
        <Both
          texts={standing.map((one) => ({
            id: one.id,
            by: byOf(ask, names, one),
            words: answerInWords(question, said, one.words),
          }))}
        />
        <OneText ask={ask} question={question} said={said} standing={standing} errors={errors} />
      </>
    ),
  })
}
