import { fill } from '../../web/index.ts'
import type { EntryRead } from './read.ts'
import type { Site } from './site.ts'

export const entryPath = ({ slug }: { slug: string }): string => `/library/${slug}`
export const findingPath = (slug: string, number: number): string => `/library/${slug}/findings/${number}`

type Cited = Pick<EntryRead, 'slug' | 'title' | 'area' | 'year'>

export const citation = (site: Site, { slug, title, area, year }: Cited): string =>
  fill(site.w.library.about.cite, {
    area,
    year,
    title,
    product: site.w.library.title,
    address: site.whole(entryPath({ slug })),
  })

export const findingCitation = (
  site: Site,
  entry: Cited,
  { number, words }: { number: number; words: string },
): string =>
  fill(site.w.library.about.citeFinding, {
    ...entry,
    words,
    number,
    product: site.w.library.title,
    address: site.whole(findingPath(entry.slug, number)),
  })

/** The same for search engines (schema.org): a report with its findings as claims, or one claim. */
export const described = (site: Site, entry: EntryRead): object => ({
  '@context': 'https://schema.org',
  '@type': entry.kind === 'report' ? 'Report' : entry.kind === 'tool' ? 'HowTo' : 'Article',
  '@id': site.whole(entryPath(entry)),
  url: site.whole(entryPath(entry)),
  name: entry.title,
  headline: entry.title,
  description: entry.summary,
  author: { '@type': 'Organization', name: entry.area },
  spatialCoverage: [entry.area, entry.region].filter(Boolean).join(', '),
  temporalCoverage: String(entry.year),
  datePublished: entry.first_at.toISOString().slice(0, 10),
  dateModified: entry.entered_at.toISOString().slice(0, 10),
  version: String(entry.edition),
  isAccessibleForFree: true,
  keywords: entry.themes.join(', '),
  hasPart: entry.findings.map(({ number, words }) => ({
    '@type': 'Claim',
    '@id': site.whole(findingPath(entry.slug, number)),
    text: words,
  })),
})

export const describedFinding = (site: Site, entry: EntryRead, finding: EntryRead['findings'][number]): object => ({
  '@context': 'https://schema.org',
  '@type': 'Claim',
  '@id': site.whole(findingPath(entry.slug, finding.number)),
  url: site.whole(findingPath(entry.slug, finding.number)),
  text: finding.words,
  author: { '@type': 'Organization', name: entry.area },
  datePublished: finding.first_at.toISOString().slice(0, 10),
  isPartOf: { '@type': 'CreativeWork', '@id': site.whole(entryPath(entry)), name: entry.title },
})
