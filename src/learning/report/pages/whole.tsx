import type { ComponentChildren } from 'preact'
import { Link, type Ask } from '../../../web/index.ts'
import { scales, labelIn } from '../../codes.ts'
import { Prose } from '../../prose-shown.tsx'
import type { ReportContent } from '../content.ts'
import { oneLine, textFields, type TextField } from '../content.ts'

/** The whole report to be read, in the form's order, with its two columns. Fields in which nobody wrote are left out. */
export const Whole = ({ ask, content }: { ask: Ask; content: ReportContent }) => {
  const words = ask.w.learningReport.form
  const section = (field: TextField): ComponentChildren => {
    if (field === 'issues_intro')
      return (
        <Section title={words.places.issues_intro}>
          {[prose(content[field]), <Columns ask={ask} issues={content.issues} />]}
        </Section>
      )
    if (field === 'disruption_intro')
      return (
        <Section title={words.places.disruption}>
          {[prose(content[field]), <Changes ask={ask} changes={content.disruption} />]}
        </Section>
      )
    return content[field].trim() === '' ? null : <Section title={words.places[field]}>{prose(content[field])}</Section>
  }
  return (
    <div class="trellis-report">
      <dl class="govuk-summary-list">
        {oneLine
          .filter((field) => content[field].trim() !== '')
          .map((field) => (
            <div class="govuk-summary-list__row">
              <dt class="govuk-summary-list__key">{words.places[field]}</dt>
              <dd class="govuk-summary-list__value" dir="auto">
                {content[field]}
              </dd>
            </div>
          ))}
      </dl>
      {textFields.filter((field) => !oneLine.includes(field)).map(section)}
    </div>
  )
}

const prose = (text: string): ComponentChildren => (text.trim() === '' ? null : <Prose>{text}</Prose>)

const Section = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <>
    <h3 class="govuk-heading-s">{title}</h3>
    {children}
  </>
)

/** Key issues as the form has them: those of one side beside those of the other, and those of both in each. */
export const Columns = ({ ask, issues }: { ask: Ask; issues: ReportContent['issues'] }) => {
  const words = ask.w.learningReport.form.issues
  if (issues.length === 0) return null
  return (
    <div class="trellis-both">
      {(['local', 'delivering'] as const).map((side) => (
        <section class="trellis-both__one" aria-label={words.columns[side]}>
          <p class="govuk-body govuk-!-font-weight-bold">{words.columns[side]}</p>
          <Points issues={issues.filter(({ whose }) => whose === 'both' || whose === side)} />
        </section>
      ))}
    </div>
  )
}

const Points = ({ issues }: { issues: ReportContent['issues'] }) => (
  <ul class="govuk-list trellis-points" dir="auto">
    {issues.map(({ heading, number, words, below }) => (
      <li>
        {heading && <strong class="trellis-points__heading">{heading}</strong>}
        {number} {words}
        {below.length > 0 && (
          <ul class="govuk-list trellis-points">
            {below.map((one) => (
              <li>
                {one.number} {one.words}
              </li>
            ))}
          </ul>
        )}
      </li>
    ))}
  </ul>
)

const Changes = ({ ask, changes }: { ask: Ask; changes: ReportContent['disruption'] }) => {
  const words = ask.w.learningReport.form.changes.told
  return (
    <ul class="govuk-list govuk-list--bullet" dir="auto">
      {changes.map(({ words: said, scale, evidence, says }) => (
        <li>
          {said}
          {[
            scale && `${words.scale} ${labelIn(scales, scale)}`,
            evidence && `${words.evidence} ${evidence}`,
            says && `${words.says} ${says}`,
          ].map((line) => line && <span class="trellis-row__more">{line}</span>)}
        </li>
      ))}
    </ul>
  )
}

/** The same as a file, to be sent round or kept. */
export const Files = ({ ask, base }: { ask: Ask; base: string }) => {
  const words = ask.w.learningReport.form.hub
  return (
    <p class="govuk-body">
      <Link href={ask.href(`${base}/word`)}>{words.word}</Link>
      {' · '}
      <Link href={ask.href(`${base}/pdf`)}>{words.pdf}</Link>
    </p>
  )
}
