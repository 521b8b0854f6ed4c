import type { ComponentChildren } from 'preact'
import { fill, SummaryList } from '../../../web/index.ts'
import { oneLine, type ReportContent } from '../../report/content.ts'
import { readingOrder, type ReadField } from '../passages.ts'
import { dayIn, type Site } from '../site.ts'
import { Prose, type After } from '../../prose-shown.tsx'

type Told = { site: Site; report: ReportContent; after: (field: string) => After }

/** A published report, field by field as the form has them. What nobody filled in is left out. */
export const ReportView = (told: Told) => {
  const { site, report } = told
  const w = site.w.library.entry
  const lines = oneLine.filter((field) => report[field].trim() !== '')
  return (
    <>
      <SummaryList rows={lines.map((field) => ({ key: { text: w.fields[field] }, value: { text: report[field] } }))} />
      {filledFields(report).map((field) => (
        <Section field={field} {...told} />
      ))}
      <Signatures {...told} />
    </>
  )
}

/** The boxes that somebody filled in, in reading order. */
export const filledFields = (report: ReportContent): ReadField[] =>
  readingOrder.filter((field) =>
    field === 'issues' || field === 'disruption'
      ? report[field].length > 0
      : !oneLine.includes(field) && report[field].trim() !== '',
  )

/** What introduces a list has its heading; the list follows without another. */
export const introducedIn = (fields: readonly ReadField[], field: ReadField): boolean =>
  (field === 'issues' || field === 'disruption') && fields.includes(`${field}_intro`)

const Section = ({ field, ...told }: Told & { field: ReadField }) => {
  const { site, report, after } = told
  const w = site.w.library.entry
  const introduced = introducedIn(filledFields(report), field)
  return (
    <section id={field} aria-labelledby={introduced ? undefined : `${field}-title`}>
      {!introduced && (
        <h2 class="govuk-heading-m" id={`${field}-title`}>
          {w.fields[field]}
        </h2>
      )}
      {field === 'issues' ? (
        <Issues {...told} />
      ) : field === 'disruption' ? (
        <Changes {...told} />
      ) : (
        <Prose field={field} after={after(field)}>
          {report[field]}
        </Prose>
      )}
    </section>
  )
}

/** In the order of the form, under whose they are and their own headings; counted as `passages.ts` counts them. */
const Issues = ({ site, report, after }: Told) => {
  const w = site.w.library.entry
  const several = new Set(report.issues.map(({ whose }) => whose)).size > 1
  const mark = after('issues')
  let counted = 0
  let group = ''
  return (
    <>
      {report.issues.map(({ whose, heading, number, words, below }) => {
        const named = [several && w.whose[whose], heading].filter(Boolean).join(': ')
        const begins = named !== group && named !== ''
        group = named
        const at = ++counted
        return (
          <>
            {begins && <h3 class="govuk-heading-s">{named}</h3>}
            <div class="trellis-issue">
              <p class="govuk-body" id={`issues-${at}`}>
                {numbered(number, words)} {mark(at)}
              </p>
              {below.length > 0 && (
                <ul
                  class={`govuk-list ${below.every(({ number }) => number) ? 'trellis-issue__numbered' : 'govuk-list--bullet'}`}
                >
                  {below.map((one) => {
                    const under = ++counted
                    return (
                      <li id={`issues-${under}`}>
                        {numbered(one.number, one.words)} {mark(under)}
                      </li>
                    )
                  })}
                </ul>
              )}
            </div>
          </>
        )
      })}
    </>
  )
}

const numbered = (number: string, words: string): string =>
  number === '' ? words : `${/\w$/.test(number) ? `${number}.` : number} ${words}`

const Changes = ({ site, report, after }: Told) => {
  const w = site.w.library.entry
  const mark = after('disruption')
  const more = (sentence: string, words: string | undefined): ComponentChildren =>
    words && <span class="trellis-change__more">{fill(sentence, { words })}</span>
  return (
    <ol class="govuk-list govuk-list--number govuk-list--spaced">
      {report.disruption.map(({ words, evidence, says }, at) => (
        <li id={`disruption-${at + 1}`}>
          {words} {mark(at + 1)}
          {more(w.evidence, evidence)}
          {more(w.says, says)}
        </li>
      ))}
    </ol>
  )
}

const Signatures = ({ site, report }: Told) => {
  const w = site.w.library.entry
  // Whoever did not agree to be named stands there by role and body alone.
  const signed = report.signatures.filter(({ name, role, body }) => `${name}${role}${body}`.trim() !== '')
  if (signed.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{w.signed}</h2>
      <SummaryList
        rows={signed.map(({ side, name, role, body, signed_on }) => ({
          key: { text: w.signedFor[side] },
          value: { text: [name, role, body, signed_on && dayIn(site, noonOf(signed_on))].filter(Boolean).join(', ') },
        }))}
      />
    </>
  )
}

/** Noon is the same day in every zone that a library is read in. */
const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`)
