import { z } from 'zod'
import { namesFor } from '../../../staff/index.ts'
import { day } from '../../../subjects/index.ts'
import { Button, fill, readForm, redirect, SummaryList, type Ask } from '../../../web/index.ts'
import { withProject } from '../at-project.ts'
import { keptForm } from '../kept-form.ts'
import { linesCompared, type Compared } from '../lines-compared.ts'
import type { Aims } from '../project.ts'
import { aimsOf } from '../queries.ts'
import { writeAims } from '../specify.ts'
import { line, LineField, prose, ProseField } from './fields.tsx'
import { formPage, KeptForm, projectPage } from './frame.tsx'

/** Every version of the aims beside the one before: what came, what went, when, why, and on whose feedback. */
export const aimsPage = withProject(async (ask, at) => {
  const words = ask.w.projects.aims
  const versions = await aimsOf(ask.tx, at.viewer.partnership, at.project.id)
  const names = await namesFor(
    ask.tx,
    versions.map(({ written_by }) => written_by),
  )
  const who = ({ written_by }: Aims) => names.get(written_by)?.name ?? ''
  const [latest, ...before] = versions.toReversed()
  return projectPage({
    ask,
    at,
    place: '/specification',
    title: words.title,
    wide: true,
    children: (
      <>
        {!latest && <p class="govuk-body-l">{words.none}</p>}
        {[latest, ...before].flatMap((one, i) =>
          one ? [<Version ask={ask} one={one} before={before[i]} who={who(one)} />] : [],
        )}
        {at.writes && (
          <Button classes="govuk-button--secondary" href={ask.href(`${at.base}/aims/write`)}>
            {latest ? words.change : words.write}
          </Button>
        )}
      </>
    ),
  })
})

type Shown = { ask: Ask; one: Aims; before: Aims | undefined; who: string }

const Version = ({ ask, one, before, who }: Shown) => {
  const words = ask.w.projects.aims
  const compared = linesCompared(before?.words ?? '', one.words)
  const at = { version: one.version, day: day(ask, one.written_at), who }
  return (
    <section aria-labelledby={`version-${one.version}`}>
      <h2 class="govuk-heading-m" id={`version-${one.version}`}>
        {fill(words.version, at)}
      </h2>
      {before && (
        <SummaryList
          rows={[
            { key: words.why, value: one.why },
            { key: words.feedback, value: one.feedback },
          ]}
        />
      )}
      <div class="trellis-both">
        {before && (
          <div class="trellis-both__one">
            <h3 class="trellis-both__by">{fill(words.old, { version: before.version })}</h3>
            <Lines ask={ask} lines={compared.before} />
          </div>
        )}
        <div class="trellis-both__one">
          <h3 class="trellis-both__by">{fill(words.new, { version: one.version })}</h3>
          <Lines
            ask={ask}
            lines={before ? compared.after : one.words.split('\n').map((text) => ({ text, stays: true }))}
          />
        </div>
      </div>
    </section>
  )
}

/** What went and what came is said in words too, for whoever sees no colour or hears the page. */
const Lines = ({ ask, lines }: { ask: Ask; lines: readonly Compared[] }) => {
  const words = ask.w.projects.aims
  return (
    <>
      {lines.map(({ text, stays, gone }) =>
        stays ? (
          <p class="govuk-body trellis-words" dir="auto">
            {text}
          </p>
        ) : gone ? (
          <p class="govuk-body trellis-words" dir="auto">
            <del>
              <span class="govuk-visually-hidden">{words.gone} </span>
              {text}
            </del>
          </p>
        ) : (
          <p class="govuk-body trellis-words" dir="auto">
            <ins>
              <span class="govuk-visually-hidden">{words.came} </span>
              {text}
            </ins>
          </p>
        ),
      )}
    </>
  )
}

/** The aims, or a new version of them. The first needs no reason; each later one says why and on whose feedback. */
export const writeAimsPages = keptForm({
  fill: async (ask, { viewer, project }) => ({
    words: (await aimsOf(ask.tx, viewer.partnership, project.id)).at(-1)?.words ?? '',
  }),
  send: async (ask, at) => {
    const words = ask.w.projects.aims.form
    const first = (await aimsOf(ask.tx, at.viewer.partnership, at.project.id)).length === 0
    const schema = z.strictObject({
      words: prose(ask, words.missing),
      why: first ? line(ask) : line(ask, words.whyMissing),
      feedback: first ? line(ask) : line(ask, words.feedbackMissing),
    })
    const read = readForm(schema, ask.form)
    if (!read.ok) return read.errors
    await writeAims(ask.tx, at.viewer, at.project.id, read.value, at.now)
    return redirect(`${at.base}/${first ? 'specification' : 'aims'}?done=aims`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.aims.form
    const first = (await aimsOf(ask.tx, at.viewer.partnership, at.project.id)).length === 0
    const field = { ask, errors: shown.errors }
    return formPage({
      ask,
      at,
      title: first ? words.title : words.changeTitle,
      back: '/specification',
      shown,
      children: (
        <KeptForm ask={ask} button={words.button}>
          <ProseField {...field} name="words" label={words.words} hint={words.hint} rows={10} />
          {!first && <LineField {...field} name="why" label={words.why} hint={words.whyHint} />}
          {!first && <LineField {...field} name="feedback" label={words.feedback} hint={words.feedbackHint} />}
        </KeptForm>
      ),
    })
  },
})
