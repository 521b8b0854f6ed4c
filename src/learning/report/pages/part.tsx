import { NotFound } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { boxesFilled, hintsIn, keptAnswer, readSent, type Typed } from '../../../support/index.ts'
import { fill, Link, redirect, type Ask, type FieldError } from '../../../web/index.ts'
import { sayOfChanges } from '../change.ts'
import { commentsOf } from '../comment.ts'
import { parts, partOf, type Part } from '../parts.ts'
import { changesOf, issuesOf, rowsEver, writtenIn } from '../read.ts'
import { sayWhose } from '../issue.ts'
import { sortSent } from '../sent.ts'
import { textsOf, wordsByField } from '../texts.ts'
import { writeReport } from '../write.ts'
import { arrange, buttonOf } from './arranging.tsx'
import { asksOf, mayCome } from './asks.ts'
import { reportPage, withReport, type At } from './frame.tsx'
import { PartForm } from './part-form.tsx'
import { Columns } from './whole.tsx'

/** One page of the form, as it stands now. */
export const partPage = withReport((ask, at) => partView(ask, at, partCalled(ask)))

/** Keeps what was written: pressed, or sent by the page itself while somebody types. Then what else a button says is done. */
export const sendPart = withReport(async (ask, at) => {
  const part = partCalled(ask)
  const { press, rest } = buttonOf(ask)
  const questions = mayCome(part, await rowsEver(ask.tx, at.viewer.partnership, at.report.id))
  const { sitting, does, typed, wrong } = readSent({ ...ask, form: rest }, questions)
  const { texts, whose, changes, wrongDays } = sortSent(typed, at.today)
  const words = ask.w.learningReport.form
  const errors = [...wrong, ...wrongDays.map((field) => ({ field: `${field}-day`, text: words.wrong.day }))]
  if (errors.length && does !== 'keep') return partView({ ...ask, form: rest }, at, part, errors)
  const joins = (one: Typed) => ({ ...one, joined: press?.does === 'join' && press.id === one.field })
  const kept = await writeReport(ask.tx, at.viewer, at.report.id, {
    sitting,
    typed: texts.map(joins),
    at: at.now,
    also: async (tx) => {
      await sayWhose(tx, at.viewer, at.report.id, whose)
      await sayOfChanges(tx, at.viewer, at.report.id, changes)
    },
  })
  if (does === 'keep') return keptAnswer(ask, kept, typed, errors, at.now)
  const here = `${at.base}/write/${part.part}`
  if (press) return redirect(`${here}${await arrange(ask, at, press)}`)
  if ([...kept.values()].some(({ outcome }) => outcome === 'beside')) return redirect(here)
  const next = parts[parts.indexOf(part) + 1]
  return redirect(does === 'later' || !next ? `${at.base}?done=kept` : `${at.base}/write/${next.part}`)
})

/** @throws {NotFound} */
const partCalled = (ask: Ask): Part => {
  const part = parts.find((one) => one.part === ask.params['part'])
  if (!part) throw new NotFound()
  return part
}

const partView = async (ask: Ask, at: At, part: Part, errors: readonly FieldError[] = []) => {
  const { partnership } = at.viewer
  const words = ask.w.learningReport.form
  const standing = Map.groupBy(await textsOf(ask.tx, partnership, at.report.id), ({ field }) => field)
  const rows = {
    issues: await issuesOf(ask.tx, partnership, at.report.id),
    changes: await changesOf(ask.tx, partnership, at.report.id),
  }
  const asks = asksOf(ask, part, rows)
  const content = await writtenIn(ask.tx, partnership, at.report.id)
  const two = asks.flatMap(({ question: { name }, said }) => {
    const texts = standing.get(name) ?? []
    return texts.length > 1 ? [{ name, label: said.label, texts }] : []
  })
  const names = await namesFor(
    ask.tx,
    two.flatMap(({ texts }) => texts.map(({ written_by }) => written_by)),
  )
  const comments = (await commentsOf(ask.tx, partnership, at.report.id)).filter(
    ({ field, answer }) => answer === null && partOf(field) === part.part,
  )
  const shown = asks.map(
    ({ question, shown: boxes }) =>
      boxes ?? boxesFilled(question, wordsByField(standing.get(question.name) ?? []).get(question.name) ?? ''),
  )
  return reportPage({
    ask,
    at,
    title: words.parts[part.part],
    errors,
    script: 'writing',
    back: { href: at.base, text: words.backTo },
    children: (
      <>
        <p class="govuk-body">{fill(words.partOf, { at: parts.indexOf(part) + 1, of: parts.length })}</p>
        <p class="govuk-body">{words.intros[part.part]}</p>
        {part.part !== 'details' && <p class="govuk-hint">{words.prose}</p>}
        {comments.length > 0 && (
          <p class="govuk-inset-text">
            {fill(comments.length === 1 ? words.comments.openOne : words.comments.openMany, { count: comments.length })}{' '}
            <Link href={ask.href(`${at.base}/comments`)}>{words.comments.read}</Link>
          </p>
        )}
        <PartForm
          ask={{ ...ask, form: { ...Object.assign({}, ...shown), ...ask.form } }}
          part={part}
          rows={rows}
          asked={asks.map((one) => {
            const texts = standing.get(one.question.name) ?? []
            const said = texts.length > 1 ? { ...one.said, hint: words.two.hint } : one.said
            const read = texts.map(({ version }) => version)
            return { ...one, said, read, hints: texts.flatMap((text) => hintsIn(text.words)) }
          })}
          two={two.map(({ texts, ...one }) => ({
            ...one,
            texts: texts.map(({ id, written_by, words: written }) => ({
              id,
              by: names.get(written_by)?.name ?? words.somebody,
              words: written,
            })),
          }))}
          errors={errors}
        />
        {part.part === 'issues' && content.issues.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.issues.asShown}</h2>
            <Columns ask={ask} issues={content.issues} />
          </>
        )}
      </>
    ),
  })
}
