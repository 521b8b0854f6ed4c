import { fill, Title } from '../../../web/index.ts'
import { boundaries, labelIn, type themes } from '../../codes.ts'
import type { figuresOn, ThemeFigure } from '../figures.ts'
import type { FindingListed } from '../read.ts'
import type { Site } from '../site.ts'
import { Bars } from './bars.tsx'
import { countOf, FindingList } from './listed.tsx'

export type ThemeTold = {
  theme: (typeof themes)[number]
  figure: ThemeFigure | undefined
  figures: Awaited<ReturnType<typeof figuresOn>>
  findings: readonly FindingListed[]
}

/** A theme as a short article: what it is, how many say so, what they learnt, where it crosses a line, how often and where. */
export const ThemeView = ({ site, theme, figure, figures, findings }: { site: Site } & ThemeTold) => {
  const w = site.w.library
  return (
    <>
      <Title caption={w.title}>{theme.label}</Title>
      <p class="govuk-body-l">{theme.about}</p>
      {!figure && <p class="govuk-body">{w.themes.none}</p>}
      {figure && <p class="govuk-body">{story(site, figure, figures)}</p>}
      {findings.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{w.themes.learnt}</h2>
          <p class="govuk-body">
            {figure && figure.findings > findings.length
              ? fill(w.themes.some, { shown: findings.length, count: figure.findings })
              : w.themes.strongest}
          </p>
          <FindingList site={site} findings={findings} />
        </>
      )}
      {figures.boundaries.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{w.themes.crossed}</h2>
          <p class="govuk-body">{w.themes.crossedLead}</p>
          <ul class="govuk-list govuk-list--bullet">
            {figures.boundaries.map(({ label, count }) => (
              <li>
                {labelIn(boundaries, label)}: {countOf(w.themes.findings, count)}
              </li>
            ))}
          </ul>
        </>
      )}
      {figure && <Pictures site={site} figures={figures} />}
      <Sources site={site} theme={theme} findings={findings} />
    </>
  )
}

const story = (
  site: Site,
  { entries, findings }: ThemeFigure,
  { years, regions, areas }: ThemeTold['figures'],
): string => {
  const w = site.w.library.themes
  const [from, to] = [years[0]?.label ?? '', years.at(-1)?.label ?? '']
  return fill(w.story, {
    entries: countOf(w.entries, entries),
    areas: countOf(w.areas, areas),
    regions: countOf(w.regions, regions.length),
    years: fill(from === to ? w.yearOne : w.yearsMany, { from, to }),
    findings: countOf(w.findings, findings),
  })
}

const Pictures = ({ site, figures }: { site: Site; figures: ThemeTold['figures'] }) => {
  const w = site.w.library.themes
  return (
    <>
      <h2 class="govuk-heading-m">{w.how}</h2>
      <Bars id="years" title={w.byYear} rows={figures.years} columns={[w.year, w.number]} open={w.figures} />
      <h2 class="govuk-heading-m">{w.where}</h2>
      <Bars id="regions" title={w.byRegion} rows={figures.regions} columns={[w.region, w.number]} open={w.figures} />
    </>
  )
}

const Sources = ({ site, theme, findings }: { site: Site } & Pick<ThemeTold, 'theme' | 'findings'>) => {
  const w = site.w.library.themes
  const sources = new Map(findings.map(({ slug, title, area, year }) => [slug, { title, area, year }]))
  return (
    <>
      {sources.size > 0 && <h2 class="govuk-heading-m">{w.sources}</h2>}
      <ol class="govuk-list govuk-list--number">
        {[...sources].map(([slug, { title, area, year }]) => (
          <li>
            {area} ({year}).{' '}
            <a class="govuk-link" href={site.href(`/library/${slug}`)}>
              {title}
            </a>
          </li>
        ))}
      </ol>
      {!site.still && (
        <p class="govuk-body">
          <a class="govuk-link" href={site.href(`/library?theme=${theme.code}`)}>
            {w.more}
          </a>
        </p>
      )}
      <p class="govuk-body-s">{fill(w.words, { words: theme.words.join(', ') })}</p>
    </>
  )
}
