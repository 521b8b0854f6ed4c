import { fill, page, Pagination, Select, type Answer, type Ask } from '../../../web/index.ts'
import { themes } from '../../codes.ts'
import { figuresFor, type Counted, type Figures } from '../figures.ts'
import { foundBy, type Found } from '../found.ts'
import { countOf, EntryList, sizeOf } from '../parts/listed.tsx'
import { Onward, feedHead } from '../parts/onward.tsx'
import { ThemeLinks } from '../parts/theme-links.tsx'
import { countFitting, newest, noFilter, search, type Filter, type Matches } from '../search.ts'
import { siteOf, type Site } from '../site.ts'

const a_page = 10

/** /library?q=&theme=: everything that was published, by words, by what it is about and by where it comes from. */
export const library = async (ask: Ask): Promise<Answer> => {
  const site = siteOf(ask)
  const q = (ask.query['q'] ?? '').replaceAll('\0', '').trim().slice(0, 200)
  const filter = filterIn(ask)
  const figures = await figuresFor(ask)
  const matches = q === '' ? undefined : await search(ask.tx, q, filter)
  const narrowed = Object.values(filter).some((one) => one !== '')
  // Signs alone are no words: nothing answers them.
  const count = q !== '' ? (matches?.count ?? 0) : narrowed ? await countFitting(ask.tx, filter) : figures.total
  const listed = matches?.found.length ?? count
  const last = Math.max(1, Math.ceil(listed / a_page))
  const at = Math.min(last, Math.max(1, Math.floor(Number(ask.query['page'])) || 1))
  const from = (at - 1) * a_page
  const keys = matches ? matches.found.slice(from, from + a_page) : await newest(ask.tx, filter, { from, most: a_page })
  const found = await foundBy(ask.tx, keys, matches?.asked)
  const w = site.w.library
  return page({
    title: w.title,
    frame: 'public',
    cache: 'public',
    head: feedHead(site),
    body: (
      <>
        <h1 class="govuk-heading-l">{w.title}</h1>
        {q === '' && !narrowed && <p class="govuk-body-l">{w.lead}</p>}
        <SearchForm {...{ site, q, filter, figures, narrowed }} />
        {(q !== '' || narrowed) && <Outcome {...{ site, q, count, matches, found }} />}
        {q === '' && !narrowed && <Front {...{ site, figures }} />}
        <EntryList site={site} found={found} />
        <Pages {...{ site, q, filter, at, last }} />
        <Onward site={site} mayAdd={ask.viewer.kind === 'staff' && ask.viewer.roles.includes('learning')} />
      </>
    ),
  })
}

const filterIn = ({ query }: Ask): Filter => {
  const said = (name: string): string => (query[name] ?? '').replaceAll('\0', '').slice(0, 100)
  return Object.fromEntries(Object.keys(noFilter).map((name) => [name, said(name)])) as Filter
}

type Looked = { site: Site; q: string; filter: Filter }

const SearchForm = ({ site, q, filter, figures, narrowed }: Looked & { figures: Figures; narrowed: boolean }) => {
  const w = site.w.library
  const choice = (name: keyof Filter, items: readonly { value: string; text: string }[]) => (
    <Select
      name={name}
      label={{ text: w.search[name] }}
      value={filter[name]}
      items={[{ value: '', text: w.search.any }, ...items]}
    />
  )
  const plain = (counted: readonly Counted[], text = (label: string) => label) =>
    counted.map(({ label }) => ({ value: label, text: text(label) }))
  const written = themes.filter(({ code }) => figures.themes.has(code))
  return (
    <form class="trellis-search trellis-library-search" action={site.href('/library')} method="get" role="search">
      <label class="govuk-label govuk-label--s" for="q">
        {w.search.label}
      </label>
      <div id="q-hint" class="govuk-hint">
        {w.search.hint}
      </div>
      <div class="trellis-search__row">
        <input class="govuk-input" id="q" name="q" type="search" value={q} maxLength={200} aria-describedby="q-hint" />
        <button class="govuk-button" data-module="govuk-button">
          {w.search.button}
        </button>
      </div>
      <details class="govuk-details" open={narrowed}>
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{w.search.narrow}</span>
        </summary>
        <div class="govuk-details__text">
          {choice(
            'theme',
            written.map(({ code, label }) => ({ value: code, text: label })),
          )}
          {choice('region', plain(figures.regions))}
          {choice('size', plain(figures.sizes, sizeOf))}
          {choice('methodology', plain(figures.methodologies))}
          {choice('year', plain(figures.years))}
          {choice(
            'kind',
            plain(figures.kinds, (kind) => w.kinds[kind as keyof typeof w.kinds]),
          )}
          <button class="govuk-button govuk-button--secondary" data-module="govuk-button">
            {w.search.show}
          </button>
        </div>
      </details>
      {(q !== '' || narrowed) && (
        <p class="govuk-body">
          <a class="govuk-link" href={site.href('/library')}>
            {w.search.clear}
          </a>
        </p>
      )}
    </form>
  )
}

type OutcomeProps = { site: Site; q: string; count: number; matches: Matches | undefined; found: readonly Found[] }
const Outcome = ({ site, q, count, matches, found }: OutcomeProps) => {
  const w = site.w.library.search
  const asked = matches?.asked
  const spoken = themes.filter(({ code }) => asked?.themes.includes(code)).map(({ label }) => label)
  const heading =
    found.length === 0
      ? q === ''
        ? w.noneFits
        : fill(w.none, { q })
      : fill(q === '' ? w.countNarrowed : w.count, { count, q })
  return (
    <>
      <h2 class="govuk-heading-m trellis-words">{matches?.closest && found.length > 0 ? w.closest : heading}</h2>
      {found.length === 0 && <p class="govuk-body">{w.noneHelp}</p>}
      {found.length > 0 && spoken.length > 0 && (
        <p class="govuk-body-s">{fill(w.meant, { themes: spoken.join(', ') })}</p>
      )}
      {found.length > 0 && asked && asked.also.length > 0 && (
        <p class="govuk-body-s">{fill(w.also, { words: asked.also.join(', ') })}</p>
      )}
      {matches && count > matches.found.length && (
        <p class="govuk-body-s">{fill(w.best, { count: matches.found.length })}</p>
      )}
    </>
  )
}

/** Before anything is asked: what there is, by theme, and the newest below. */
const Front = ({ site, figures }: { site: Site; figures: Figures }) => {
  const w = site.w.library
  if (figures.total === 0) return <p class="govuk-body">{w.search.empty}</p>
  return (
    <>
      <p class="govuk-body">{fill(w.search.countAll, { count: countOf(w.themes.entries, figures.total) })}</p>
      <h2 class="govuk-heading-m">{w.themes.head}</h2>
      <ThemeLinks site={site} figures={figures} />
      <h2 class="govuk-heading-m">{w.search.newest}</h2>
    </>
  )
}

const Pages = ({ site, q, filter, at, last }: Looked & { at: number; last: number }) => {
  if (last === 1) return null
  const to = (number: number): string => {
    const asked = Object.entries({ q, ...filter, page: String(number) }).filter(([, value]) => value !== '')
    return site.href(`/library?${new URLSearchParams(asked).toString()}`)
  }
  return (
    <Pagination
      previous={at > 1 ? { href: to(at - 1) } : undefined}
      next={at < last ? { href: to(at + 1) } : undefined}
      items={[{ href: to(at), number: `${at}/${last}`, current: true }]}
    />
  )
}
