import type { ComponentChildren } from 'preact'
import { fill, Title } from '../../../web/index.ts'
import { labelIn, themes } from '../../codes.ts'
import { citation, described, findingPath } from '../cite.ts'
import { anchorOf, type ReadField } from '../passages.ts'
import type { EntryRead, FindingRead } from '../read.ts'
import { dayIn, type Site } from '../site.ts'
import { Described } from './described.tsx'
import { sizeOf, strengthOf } from './listed.tsx'
import { Prose, type After } from '../../prose-shown.tsx'
import { filledFields, introducedIn, ReportView } from './report-view.tsx'

/** A report, practice note or tool: what was learnt first, then all of it, each finding tied to its paragraph. */
export const EntryView = ({ site, entry, more }: { site: Site; entry: EntryRead; more?: ComponentChildren }) => {
  const w = site.w.library
  const { report, prose, findings } = entry
  const after = (field: string): After => marksIn(site, entry, field)
  return (
    <>
      <Title caption={[w.kinds[entry.kind], entry.area, entry.region, entry.year].filter(Boolean).join(' · ')}>
        {entry.title}
      </Title>
      <p class="govuk-body-l">{entry.summary}</p>
      <p class="govuk-body-s">
        {edition(site, entry)} {!report && [sizeOf(entry.size), entry.methodology].filter(Boolean).join(' · ')}
      </p>
      <ThemesOf site={site} codes={entry.themes} />
      {findings.length > 0 && <Findings site={site} entry={entry} />}
      {report && <Contents site={site} fields={filledFields(report)} />}
      {report ? (
        <ReportView {...{ site, report, after }} />
      ) : (
        <section id="prose">
          <h2 class="govuk-heading-m">{w.entry.fields.prose}</h2>
          <Prose field="prose" after={after('prose')}>
            {prose}
          </Prose>
        </section>
      )}
      <h2 class="govuk-heading-m">{w.entry.cite}</h2>
      <p class="govuk-body trellis-words">{citation(site, entry)}</p>
      <ul class="trellis-onward">
        <li>
          <a class="govuk-link" href={site.href(`/library/${entry.slug}/data.json`)}>
            {w.entry.json}
          </a>
        </li>
        {more}
      </ul>
      <Described what={described(site, entry)} />
    </>
  )
}

const edition = (site: Site, { edition: number, first_at, entered_at }: EntryRead): string => {
  const w = site.w.library.entry
  if (number === 1) return fill(w.published, { date: dayIn(site, first_at) })
  return fill(w.edition, { edition: number, date: dayIn(site, entered_at), first: dayIn(site, first_at) })
}

export const ThemesOf = ({ site, codes }: { site: Site; codes: readonly string[] }) =>
  codes.length === 0 ? null : (
    <ul class="trellis-theme-tags">
      {codes.map((code) => (
        <li>
          <a class="govuk-link" href={site.href(`/library/themes/${code}`)}>
            {labelIn(themes, code)}
          </a>
        </li>
      ))}
    </ul>
  )

const Findings = ({ site, entry: { slug, findings } }: { site: Site; entry: EntryRead }) => {
  const w = site.w.library.entry
  return (
    <>
      <h2 class="govuk-heading-m">{w.findings}</h2>
      <p class="govuk-body">{w.findingsLead}</p>
      <ol class="trellis-found">
        {findings.map(({ number, words, strength, field, paragraph }) => (
          <li>
            <a class="govuk-link" href={site.href(findingPath(slug, number))}>
              {words}
            </a>
            <p class="trellis-found__text">
              {strengthOf(strength)} ·{' '}
              <a class="govuk-link" href={`#${anchorOf({ field, paragraph })}`}>
                {w.source}
                <span class="govuk-visually-hidden">: {fill(site.w.library.finding.number, { number })}</span>
              </a>
            </p>
          </li>
        ))}
      </ol>
    </>
  )
}

/** By each paragraph that a finding comes from, the way to it. */
const marksIn = (site: Site, { slug, findings }: EntryRead, field: string): After => {
  const here = findings.filter((one: FindingRead) => one.field === field)
  return (paragraph) =>
    here
      .filter((one) => one.paragraph === paragraph)
      .map(({ number }) => (
        <a class="govuk-link trellis-from-here" href={site.href(findingPath(slug, number))}>
          {fill(site.w.library.entry.fromHere, { number })}
        </a>
      ))
}

const Contents = ({ site, fields }: { site: Site; fields: readonly ReadField[] }) => {
  const w = site.w.library.entry
  return (
    <nav aria-labelledby="contents">
      <h2 class="govuk-heading-m" id="contents">
        {w.contents}
      </h2>
      <ul class="govuk-list">
        {fields
          .filter((field) => !introducedIn(fields, field))
          .map((field) => (
            <li>
              <a class="govuk-link" href={`#${field}`}>
                {w.fields[field]}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  )
}
