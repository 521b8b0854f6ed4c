import type { ComponentChildren } from 'preact'
import { fill, InsetText, SummaryList, Title } from '../../../web/index.ts'
import { boundaries, labelIn, strengths } from '../../codes.ts'
import { describedFinding, entryPath, findingCitation, findingPath } from '../cite.ts'
import { anchorOf, passagesOf } from '../passages.ts'
import type { EntryRead, FindingRead } from '../read.ts'
import { dayIn, type Site } from '../site.ts'
import { Described } from './described.tsx'
import { ThemesOf } from './entry-view.tsx'

/** One thing learnt, on a page of its own: how sure, where it comes from, and how to cite it. */
export const FindingView = (told: { site: Site; entry: EntryRead; finding: FindingRead; more?: ComponentChildren }) => {
  const { site, entry, finding, more } = told
  const w = site.w.library.finding
  const { slug, title, area, region, year } = entry
  const { words, themes, boundary, strength, field, paragraph, number, first_at } = finding
  const passage = passagesOf(entry).find((one) => one.field === field && one.paragraph === paragraph)
  const strong = strengths.find(({ code }) => code === strength)
  const others = entry.findings.filter((one) => one.number !== number)
  const rows = [
    { key: w.facts.area, value: [area, region, year].filter(Boolean).join(', ') },
    { key: w.facts.themes, value: themes.length > 0 && <ThemesOf site={site} codes={themes} /> },
    { key: w.facts.boundary, value: boundary ? labelIn(boundaries, boundary) : w.noBoundary },
    { key: w.facts.strength, value: strong && `${strong.label}. ${strong.means}` },
    {
      key: w.facts.from,
      value: (
        <a class="govuk-link" href={site.href(entryPath(entry))}>
          {title}
        </a>
      ),
    },
    { key: w.facts.since, value: dayIn(site, first_at) },
  ]
  return (
    <>
      <Title caption={fill(w.caption, { area })} size="m">
        {words}
      </Title>
      <SummaryList
        rows={rows.flatMap(({ key, value }) => (value ? [{ key: { text: key }, value: { text: value } }] : []))}
      />
      <h2 class="govuk-heading-m">{w.source}</h2>
      {passage && <InsetText>{passage.text}</InsetText>}
      <p class="govuk-body">
        <a class="govuk-link" href={`${site.href(entryPath(entry))}#${anchorOf({ field, paragraph })}`}>
          {w.inFull}
        </a>
      </p>
      {more}
      <h2 class="govuk-heading-m">{w.cite}</h2>
      <p class="govuk-body trellis-words">{findingCitation(site, entry, finding)}</p>
      {others.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{fill(w.others, { area })}</h2>
          <ul class="govuk-list govuk-list--spaced">
            {others.map((one) => (
              <li>
                <a class="govuk-link" href={site.href(findingPath(slug, one.number))}>
                  {one.words}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <Described what={describedFinding(site, entry, finding)} />
    </>
  )
}
