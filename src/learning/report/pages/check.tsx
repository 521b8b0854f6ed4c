import { z } from 'zod'
import { Button, fill, Form, Link, readForm, redirect, Tag, type Ask, type FieldError } from '../../../web/index.ts'
import { partOf } from '../parts.ts'
import { keyOf } from '../redact.ts'
import { confirmHit, hitsOf, type HitSeen } from '../redaction.ts'
import { reportPage, withReport, type At } from './frame.tsx'

/** Everything that could tell who somebody is, each in its sentence, to be confirmed as fine or changed. */
export const checkPage = withReport((ask, at) => view(ask, at))

export const sendCheck = withReport(async (ask, at) => {
  const { wrong } = ask.w.learningReport.form.check
  const read = readForm(z.strictObject({ hit: z.string(wrong).min(1, wrong) }), ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const hit = (await hitsOf(ask.tx, at.viewer.partnership, at.report.id)).find((one) => keyOf(one) === read.value.hit)
  if (!hit) return view(ask, at, [{ field: 'hits', text: ask.w.learningReport.form.check.gone }])
  if (!hit.confirmed) await confirmHit(ask.tx, at.viewer, { report: at.report.id, hit }, at.now)
  return redirect(`${at.base}/check?done=confirmed`)
})

const view = async (ask: Ask, at: At, errors: readonly FieldError[] = []) => {
  const words = ask.w.learningReport.form
  const hits = await hitsOf(ask.tx, at.viewer.partnership, at.report.id)
  const open = hits.filter(({ confirmed }) => !confirmed)
  const fine = hits.filter(({ confirmed }) => confirmed)
  return reportPage({
    ask,
    at,
    title: words.check.title,
    errors,
    back: { href: at.base, text: words.backTo },
    children: (
      <>
        <p class="govuk-body-l">{words.check.intro}</p>
        <p class="govuk-body">{words.check.limits}</p>
        <h2 class="govuk-heading-m" id="hits">
          {open.length === 0
            ? words.check.noneOpen
            : fill(open.length === 1 ? words.check.openOne : words.check.openMany, { count: open.length })}
        </h2>
        <ul class="trellis-rows">
          {open.map((hit) => (
            <HitShown ask={ask} at={at} hit={hit} />
          ))}
        </ul>
        {fine.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.check.fine}</h2>
            <ul class="trellis-rows">
              {fine.map((hit) => (
                <HitShown ask={ask} at={at} hit={hit} />
              ))}
            </ul>
          </>
        )}
      </>
    ),
  })
}

const HitShown = ({ ask, at, hit }: { ask: Ask; at: At; hit: HitSeen }) => {
  const words = ask.w.learningReport.form
  const [before, ...after] = hit.sentence.split(hit.found)
  return (
    <li class="trellis-row trellis-row--tall">
      <p class="govuk-body">
        <Tag classes={hit.confirmed ? 'govuk-tag--green' : 'govuk-tag--yellow'}>{words.check.kinds[hit.kind]}</Tag>{' '}
        {words.places[hit.field]}
      </p>
      <p class="govuk-body trellis-words" dir="auto">
        {before}
        <mark>{hit.found}</mark>
        {after.join(hit.found)}
      </p>
      {!hit.confirmed && (
        <Form ask={ask} action={`${at.base}/check`} once>
          <input type="hidden" name="hit" value={keyOf(hit)} />
          <div class="govuk-button-group">
            <Button classes="govuk-button--secondary" preventDoubleClick>
              {words.check.button} <span class="govuk-visually-hidden">{hit.found}</span>
            </Button>
            <Link href={ask.href(`${at.base}/write/${partOf(hit.field)}`)}>
              {words.check.change} <span class="govuk-visually-hidden">{words.places[hit.field]}</span>
            </Link>
          </div>
        </Form>
      )}
    </li>
  )
}
