import { fill } from '../../../web/index.ts'
import { labelIn, sizes, strengths as strengthList } from '../../codes.ts'
import type { Found, Piece } from '../found.ts'
import type { FindingListed } from '../read.ts'
import type { Site } from '../site.ts'

/** Entries in a list: what it is, whose, and where something was asked, why it is here. */
export const EntryList = ({
  site,
  found,
  shares,
}: {
  site: Site
  found: readonly Found[]
  shares?: (one: Found) => string
}) => (
  <ol class="trellis-found">
    {found.map((one) => (
      <li>
        <p class="trellis-found__kind">
          {[site.w.library.kinds[one.kind], one.area, one.region, one.year].filter(Boolean).join(' · ')}
        </p>
        <a class="govuk-link" href={site.href(`/library/${one.slug}`)}>
          {one.title}
        </a>
        {one.why ? <Why site={site} slug={one.slug} why={one.why} /> : <p class="trellis-found__text">{one.summary}</p>}
        {shares && <p class="trellis-found__text">{shares(one)}</p>}
      </li>
    ))}
  </ol>
)

const Why = ({ site, slug, why }: { site: Site; slug: string; why: NonNullable<Found['why']> }) => {
  const w = site.w.library.search
  return (
    <p class="trellis-found__text">
      <a class="govuk-link govuk-link--no-visited-state" href={site.href(`/library/${slug}${why.to}`)}>
        {why.isFinding ? w.inFinding : w.inText}
      </a>{' '}
      <Pieces pieces={why.pieces} />
    </p>
  )
}

const Pieces = ({ pieces }: { pieces: readonly Piece[] }) => (
  <>
    {pieces.map(({ text, marked }) =>
      marked ? (
        <>
          {/* The space behind a word is not of it. */}
          <mark>{text.trimEnd()}</mark>
          {/\s$/.test(text) ? ' ' : ''}
        </>
      ) : (
        text
      ),
    )}
  </>
)

/** Findings in a list, each with whose it is. */
export const FindingList = ({ site, findings }: { site: Site; findings: readonly FindingListed[] }) => (
  <ol class="trellis-found">
    {findings.map(({ slug, number, words, area, year, strength, title }) => (
      <li>
        <a class="govuk-link" href={site.href(`/library/${slug}/findings/${number}`)}>
          {words}
        </a>
        <p class="trellis-found__text">
          {[area, year, strengthOf(strength)].filter(Boolean).join(' · ')}
          <span class="govuk-visually-hidden">, {title}</span>
        </p>
      </li>
    ))}
  </ol>
)

export const strengthOf = (code: string): string => (code ? labelIn(strengthList, code) : '')
export const sizeOf = (code: string): string => labelIn(sizes, code)
/** "1 report" or "12 reports", by the words for one and many. */
export const countOf = (words: { one: string; many: string }, count: number): string =>
  fill(count === 1 ? words.one : words.many, { count })
