import { NotFound } from '../../../platform/index.ts'
import { fill, page, type Answer, type Ask } from '../../../web/index.ts'
import { usesSection } from '../../adoption/trials/pages/uses.tsx'
import { EntryView } from '../parts/entry-view.tsx'
import { FindingView } from '../parts/finding-view.tsx'
import { feedHead } from '../parts/onward.tsx'
import { TombstoneView } from '../parts/tombstone.tsx'
import { entryPath } from '../cite.ts'
import { entryAt, tombstoneAt, type EntryRead } from '../read.ts'
import { siteOf } from '../site.ts'

/** /library/:slug, or that it was withdrawn. */
export const entry = async (ask: Ask): Promise<Answer> => {
  const site = siteOf(ask)
  const found = await entryAt(ask.tx, slugIn(ask))
  if (!found) return withdrawn(ask)
  const { viewer } = ask
  const w = site.w.library.entry
  const link = (text: string, to: string) => (
    <li>
      <a class="govuk-link" href={site.href(to)}>
        {text}
      </a>
    </li>
  )
  const own = viewer.kind === 'staff' && viewer.roles.includes('learning') && viewer.partnership === found.partnership
  return page({
    title: found.title,
    frame: 'public',
    cache: 'public',
    head: feedHead(site),
    body: (
      <EntryView
        site={site}
        entry={found}
        more={
          <>
            {found.report && link(w.word, `${entryPath(found)}/report.docx`)}
            {found.report && link(w.pdf, `${entryPath(found)}/report.pdf`)}
            {own && link(w.withdraw, `${entryPath(found)}/withdraw`)}
          </>
        }
      />
    ),
  })
}

/** /library/:slug/findings/:number. One that the newest edition does not have any more says so. */
export const finding = async (ask: Ask): Promise<Answer> => {
  const site = siteOf(ask)
  const found = await entryAt(ask.tx, slugIn(ask))
  if (!found) return withdrawn(ask)
  const number = Number(ask.params['number'])
  const one = found.findings.find((each) => each.number === number)
  if (!one) return dropped(ask, found, number)
  return page({
    title: one.words,
    frame: 'public',
    cache: 'public',
    body: <FindingView site={site} entry={found} finding={one} more={await usesSection(ask, one.id)} />,
  })
}

export const slugIn = ({ params }: Ask): string => (params['slug'] ?? '').replaceAll('\0', '').slice(0, 100)

const withdrawn = async (ask: Ask): Promise<Answer> => {
  const site = siteOf(ask)
  const stone = await tombstoneAt(ask.tx, slugIn(ask))
  if (!stone) throw new NotFound()
  return page({
    title: site.w.library.tombstone.title,
    status: 410,
    frame: 'public',
    body: <TombstoneView site={site} stone={stone} />,
  })
}

const dropped = (ask: Ask, entry: EntryRead, number: number): Answer => {
  if (!entry.dropped.includes(number)) throw new NotFound()
  const w = ask.w.library.finding
  return page({
    title: w.dropped,
    status: 410,
    frame: 'public',
    body: (
      <>
        <h1 class="govuk-heading-l">{w.dropped}</h1>
        <p class="govuk-body">{fill(w.droppedBody, { title: entry.title })}</p>
        <p class="govuk-body">
          <a class="govuk-link" href={ask.href(entryPath(entry))}>
            {w.droppedLink}
          </a>
        </p>
      </>
    ),
  })
}
