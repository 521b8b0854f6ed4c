import fs from 'node:fs'
import path from 'node:path'
import type { ComponentChildren } from 'preact'
import { asViewer, type Db, type Tx } from '../../../platform/index.ts'
import { readAssets } from '../../../web/index.ts'
import { Uses } from '../../adoption/trials/pages/uses.tsx'
import { usesOf } from '../../adoption/trials/queries.ts'
import { entryPath, findingPath } from '../cite.ts'
import { atomOf, newsOf, sitemapOf, sitePaths } from '../feed.ts'
import { readFigures, type Figures } from '../figures.ts'
import { csvOf, csvwOf, entryCells, findingCells, jsonOf, openData, tables, type TableName } from '../open-data.ts'
import { Data, wholeEntry } from '../pages/data.tsx'
import { Themes, themeTold } from '../pages/themes.tsx'
import { EntryView } from '../parts/entry-view.tsx'
import { FindingView } from '../parts/finding-view.tsx'
import { ThemeView } from '../parts/theme-view.tsx'
import { TombstoneView } from '../parts/tombstone.tsx'
import { entriesAfter, tombstones, type EntryRead } from '../read.ts'
import type { Site } from '../site.ts'
import { documentOf } from './document.tsx'
import { openFolder } from './folder.ts'
import { StillFront, StillYear } from './pages.tsx'
import { fileOf, stillSite } from './still-site.ts'

export type Published = { entries: number; pages: number; written: number; removed: number }

/** Says how far it is: entries done, of how many. */
export type Progress = (done: number, of: number) => void

/**
 * Writes the whole library into a folder, as a site that needs no server: the same views as on screen, read as anybody
 * would. What was withdrawn since is removed and leaves its tombstone; what is as it was is not touched.
 * @throws {NotAPublication} for a folder that holds something else
 */
export const publishLibrary = async (
  db: Db,
  folder: string,
  { base, progress }: { base: string; progress: Progress },
): Promise<Published> => {
  const into = openFolder(folder)
  const told = await asViewer(db, { kind: 'public', partnership: 'any' }, (tx) => tell(tx, base, into.put, progress))
  return { ...told, ...into.finish() }
}

type Put = (file: string, bytes: Buffer | string) => void
type Page = (address: string, title: string, body: (site: Site) => ComponentChildren) => void

const tell = async (tx: Tx, base: string, put: Put, progress: Progress) => {
  const figures = await readFigures(tx)
  const news = await newsOf(tx)
  // Not the day of this run: where nothing changed, no byte may.
  const asOf = new Date(
    Math.max(
      0,
      ...news.newest.map(({ entered_at }) => Number(entered_at)),
      ...news.gone.map((one) => Number(one.fell_at)),
    ),
  )
  let pages = 0
  const page: Page = (address, title, body) => {
    const site = stillSite(base, address)
    put(fileOf(address), documentOf({ site, address, title, asOf, body: body(site) }))
    pages++
  }
  const assets = readAssets()
  put('assets/site.css', fs.readFileSync(path.join(assets.folder, path.basename(assets.url('site.css')))))
  await overview(tx, base, figures, { put, page })
  const front = stillSite(base, '/library')
  put('feed.xml', atomOf(front, news))
  put('sitemap.xml', sitemapOf(front, await sitePaths(tx, [...figures.themes.keys()])))
  let entries = 0
  progress(0, figures.total)
  for (let after = ''; ;) {
    const some = await entriesAfter(tx, after, at_once)
    const uses = await usesOf(
      tx,
      some.flatMap(({ findings }) => findings.map(({ id }) => id)),
    )
    for (const entry of some) onEntry(entry, { base, uses }, { put, page })
    entries += some.length
    progress(entries, figures.total)
    if (some.length < at_once) break
    after = some.at(-1)!.slug
  }
  for (const stone of await tombstones(tx))
    page(entryPath(stone), front.w.library.tombstone.title, (site) => <TombstoneView site={site} stone={stone} />)
  return { entries, pages }
}

const at_once = 200
type Out = { put: Put; page: Page }

/** The front, themes, years, and the open data. */
const overview = async (tx: Tx, base: string, figures: Figures, { put, page }: Out): Promise<void> => {
  const data = await openData(tx)
  const newestFirst = [...data.entries].sort((a, b) => Number(b.entered_at) - Number(a.entered_at))
  const front = stillSite(base, '/library')
  const w = front.w.library
  page('/library', w.title, (site) => <StillFront site={site} figures={figures} newest={newestFirst.slice(0, 50)} />)
  page('/library/themes', w.themes.title, (site) => <Themes site={site} figures={figures} />)
  for (const code of figures.themes.keys()) {
    const told = await themeTold(tx, code, figures)
    if (told) page(`/library/themes/${code}`, told.theme.label, (site) => <ThemeView site={site} {...told} />)
  }
  for (const { label } of figures.years)
    page(`/library/years/${label}`, label, (site) => (
      <StillYear site={site} year={label} titled={data.entries.filter(({ year }) => String(year) === label)} />
    ))
  page('/library/data', w.about.dataTitle, (site) => <Data site={site} />)
  const rows = {
    reports: data.entries.map((row) => entryCells(front, row)),
    findings: data.findings.map((row) => findingCells(front, row)),
  }
  for (const name of Object.keys(tables) as TableName[]) {
    put(`data/${name}.csv`, csvOf(name, rows[name]))
    put(`data/${name}.csv-metadata.json`, csvwOf(front, name))
  }
  put('data/library.json', jsonOf(front, data))
}

type Told = { base: string; uses: Awaited<ReturnType<typeof usesOf>> }

const onEntry = (entry: EntryRead, { base, uses }: Told, { put, page }: Out): void => {
  page(entryPath(entry), entry.title, (site) => <EntryView site={site} entry={entry} />)
  put(fileOf(`${entryPath(entry)}/data.json`), wholeEntry(stillSite(base, entryPath(entry)), entry))
  for (const finding of entry.findings)
    page(findingPath(entry.slug, finding.number), finding.words, (site) => (
      <FindingView
        site={site}
        entry={entry}
        finding={finding}
        more={<Uses site={site} uses={uses.get(finding.id) ?? []} />}
      />
    ))
}
