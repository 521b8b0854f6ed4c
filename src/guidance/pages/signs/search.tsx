import { fill, page, type Answer, type Ask } from '../../../web/index.ts'
import { SearchBox } from '../../parts/search-box.tsx'
import { guidanceFor } from '../../published.ts'
import { search, type Found, type Results } from '../../search.ts'
import { bareWords, stem } from '../../search-words.ts'

/** /signs/search?q=: forgives spelling, and says what it looked for. */
export const searchSigns = async (ask: Ask): Promise<Answer> => {
  const q = (ask.query['q'] ?? '').trim().slice(0, 200)
  const guidance = await guidanceFor(ask)
  const w = ask.w.guidance.search
  return page({
    title: q === '' ? w.title : fill(w.titleFor, { q }),
    frame: 'public',
    cache: 'public',
    body: <Search ask={ask} q={q} results={search(guidance, q)} />,
  })
}

const Search = ({ ask, q, results }: { ask: Ask; q: string; results: Results }) => {
  const w = ask.w.guidance.search
  const { found, also } = results
  return (
    <>
      <h1 class="govuk-heading-l">{w.title}</h1>
      <SearchBox ask={ask} q={q} hint={q === ''} />
      {q === '' && <p class="govuk-body">{w.empty}</p>}
      {q !== '' && (
        <h2 class="govuk-heading-m trellis-words">
          {fill(found.length === 0 ? w.none : found.length === 1 ? w.foundOne : w.found, { q, count: found.length })}
        </h2>
      )}
      {found.length > 0 && also.length > 0 && (
        <p class="govuk-body">{fill(w.alsoLooked, { words: also.join(', ') })}</p>
      )}
      {found.length > 0 && (
        <ol class="trellis-found">
          {found.map((one) => (
            <Result ask={ask} one={one} stems={results.stems} />
          ))}
        </ol>
      )}
      {found.length === 0 && <Ways ask={ask} asked={q !== ''} />}
    </>
  )
}

const Result = ({ ask, one, stems }: { ask: Ask; one: Found; stems: Results['stems'] }) => {
  const w = ask.w.guidance.search
  return (
    <li>
      <p class="trellis-found__kind">
        {w.kinds[one.kind as keyof typeof w.kinds]} {one.within && fill(w.in, { name: one.within })}
      </p>
      <a class="govuk-link" href={ask.href(one.href)}>
        <Marked text={one.title} stems={stems} />
      </a>
      {one.text && (
        <p class="trellis-found__text">
          <Marked text={one.text} stems={stems} />
        </p>
      )}
    </li>
  )
}

/** The words that were looked for stand out, so that it is clear why this was found. */
const Marked = ({ text, stems }: { text: string; stems: Results['stems'] }) => (
  <>
    {text
      .split(/(?<=\s)/)
      .map((word) =>
        bareWords(word).some((bare) => stems.has(stem(bare))) ? <mark>{word.trimEnd()}</mark> : word.trimEnd(),
      )
      .flatMap((word, at) => (at === 0 ? [word] : [' ', word]))}
  </>
)

const Ways = ({ ask, asked }: { ask: Ask; asked: boolean }) => {
  const w = ask.w.guidance.search
  return (
    <>
      {asked && <p class="govuk-body">{w.noneHelp}</p>}
      <ul class="trellis-onward">
        {[
          { text: w.wayLists, to: '/signs' },
          { text: w.wayOffer, to: '/offer' },
          { text: w.wayReport, to: '/report' },
        ].map(({ text, to }) => (
          <li>
            <a class="govuk-link" href={ask.href(to)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
