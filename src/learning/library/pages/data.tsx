import { NotFound } from '../../../platform/index.ts'
import { page, type Answer, type Ask, type Download } from '../../../web/index.ts'
import { figuresFor } from '../figures.ts'
import { atomOf, newsOf, sitemapOf, sitePaths } from '../feed.ts'
import { asJson, csvOf, csvwOf, entryCells, findingCells, jsonOf, openData, tables } from '../open-data.ts'
import { described } from '../cite.ts'
import { entryAt, type EntryRead } from '../read.ts'
import { siteOf, type Site } from '../site.ts'
import { slugIn } from './entry.tsx'

const file = (type: string, bytes: Buffer): Download => ({ kind: 'download', type, bytes, cache: 'public' })
const csv = 'text/csv; charset=utf-8; header=present'
const json = 'application/json; charset=utf-8'

export const feed = async (ask: Ask): Promise<Answer> =>
  file('application/atom+xml; charset=utf-8', atomOf(siteOf(ask), await newsOf(ask.tx)))

export const sitemap = async (ask: Ask): Promise<Answer> => {
  const figures = await figuresFor(ask)
  return file(
    'application/xml; charset=utf-8',
    sitemapOf(siteOf(ask), await sitePaths(ask.tx, [...figures.themes.keys()])),
  )
}

export const robots = (ask: Ask): Answer =>
  file(
    'text/plain; charset=utf-8',
    Buffer.from(`User-agent: *\nAllow: /\nSitemap: ${siteOf(ask).whole('/sitemap.xml')}\n`),
  )

export const reportsCsv = async (ask: Ask): Promise<Answer> => {
  const { entries } = await openData(ask.tx)
  return file(
    csv,
    csvOf(
      'reports',
      entries.map((row) => entryCells(siteOf(ask), row)),
    ),
  )
}
export const findingsCsv = async (ask: Ask): Promise<Answer> => {
  const { findings } = await openData(ask.tx)
  return file(
    csv,
    csvOf(
      'findings',
      findings.map((row) => findingCells(siteOf(ask), row)),
    ),
  )
}
export const reportsCsvw = (ask: Ask): Answer => file('application/csvm+json', csvwOf(siteOf(ask), 'reports'))
export const findingsCsvw = (ask: Ask): Answer => file('application/csvm+json', csvwOf(siteOf(ask), 'findings'))
export const libraryJson = async (ask: Ask): Promise<Answer> => file(json, jsonOf(siteOf(ask), await openData(ask.tx)))

/** /library/:slug/data.json: one entry whole. */
export const entryJson = async (ask: Ask): Promise<Answer> => {
  const entry = await entryAt(ask.tx, slugIn(ask))
  if (!entry) throw new NotFound()
  return file(json, wholeEntry(siteOf(ask), entry))
}

/** What is told of it to search engines, with its text and findings in full. */
export const wholeEntry = (site: Site, entry: EntryRead): Buffer => {
  const { report, prose, findings, size, methodology, region, themes } = entry
  return asJson({ ...described(site, entry), size, methodology, region, themes, findings, report, prose })
}

/** /library/data: what there is to take, and what it means. */
export const data = (ask: Ask): Answer => {
  const site = siteOf(ask)
  return page({ title: site.w.library.about.dataTitle, frame: 'public', cache: 'public', body: <Data site={site} /> })
}

export const Data = ({ site }: { site: Site }) => {
  const w = site.w.library.about
  const link = (text: string, to: string) => (
    <a class="govuk-link" href={site.href(to)}>
      {text}
    </a>
  )
  return (
    <>
      <h1 class="govuk-heading-l">{w.dataTitle}</h1>
      <p class="govuk-body-l">{w.dataLead}</p>
      <ul class="govuk-list govuk-list--spaced">
        {(Object.keys(tables) as (keyof typeof tables)[]).map((name) => (
          <li>
            {link(w[name], `/library/data/${name}.csv`)}
            <br />
            {link(`${w.description}: ${name}`, `/library/data/${name}.csv-metadata.json`)}
          </li>
        ))}
        <li>{link(w.json, '/library/data/library.json')}</li>
        <li>{link(w.feed, '/library/feed.xml')}</li>
      </ul>
      <p class="govuk-body">{w.described}</p>
    </>
  )
}
