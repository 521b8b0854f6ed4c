import { sql } from 'kysely'
import type { Tx } from '../../platform/index.ts'
import { entryPath } from './cite.ts'
import { tombstones, type Tombstone } from './read.ts'
import type { Site } from './site.ts'

type Row = { slug: string; title: string; summary: string; area: string; first_at: Date; entered_at: Date }
export type News = { newest: Row[]; gone: Tombstone[] }

/** The newest, and what was withdrawn. */
export const newsOf = async (tx: Tx): Promise<News> => {
  const { rows } = await sql<Row>`select slug, title, summary, area, first_at, entered_at from library_entry
    order by entered_at desc, id limit 50`.execute(tx)
  const gone = await tombstones(tx)
  return { newest: rows, gone: gone.sort((a, b) => Number(b.fell_at) - Number(a.fell_at)).slice(0, 50) }
}

/** Atom (RFC 4287); what was withdrawn stands in it as deleted (RFC 6721), so that readers take it away too. */
export const atomOf = (site: Site, { newest, gone }: News): Buffer => {
  const { title, lead } = site.w.library
  const self = site.whole('/library/feed.xml')
  const times = [...newest.map(({ entered_at }) => entered_at), ...gone.map(({ fell_at }) => fell_at)]
  const updated = new Date(Math.max(0, ...times.map(Number)))
  const entries = newest.map((one) => {
    const address = site.whole(entryPath(one))
    return `  <entry>
    <id>${xml(address)}</id>
    <title>${xml(one.title)}</title>
    <link href="${xml(address)}"/>
    <author><name>${xml(one.area)}</name></author>
    <published>${one.first_at.toISOString()}</published>
    <updated>${one.entered_at.toISOString()}</updated>
    <summary>${xml(one.summary)}</summary>
  </entry>\n`
  })
  const deleted = gone.map(
    (one) => `  <at:deleted-entry ref="${xml(site.whole(entryPath(one)))}" when="${one.fell_at.toISOString()}"/>\n`,
  )
  return Buffer.from(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
  <id>${xml(self)}</id>
  <title>${xml(title)}</title>
  <subtitle>${xml(lead)}</subtitle>
  <link rel="self" href="${xml(self)}"/>
  <link href="${xml(site.whole('/library'))}"/>
  <updated>${updated.toISOString()}</updated>
${entries.join('')}${deleted.join('')}</feed>
`)
}

/** Pages of the library for search engines (sitemaps.org), at most as many as one file may name. */
export const sitemapOf = (site: Site, paths: readonly string[]): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${paths
  .slice(0, 50_000)
  .map((path) => `  <url><loc>${xml(site.whole(path))}</loc></url>\n`)
  .join('')}</urlset>
`)

export const sitePaths = async (tx: Tx, themes: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ slug: string }>`select slug from library_entry order by entered_at desc, id`.execute(tx)
  return ['/library', '/library/themes', ...themes.map((code) => `/library/themes/${code}`), ...rows.map(entryPath)]
}

const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
/** Escaped; characters that XML cannot hold at all are left out. */
const xml = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"']/g, (sign) => named[sign]!)
