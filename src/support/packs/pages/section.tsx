import { fill, Link } from '../../../web/index.ts'
import { section } from '../../person-section.ts'
import { becameOf, packsOf } from '../queries.ts'

/** What is prepared for others, and how far it is. */
export const packsHere = section({
  title: (ask) => ask.w.packs.title,
  href: 'packs',
  ask: async (ask, at) => {
    const { partnership } = at.worker
    const packs = await packsOf(ask.tx, partnership, at.subject.id)
    const told = []
    for (const pack of packs)
      told.push({ pack, last: (await becameOf(ask.tx, ask.house.keys, partnership, pack.id)).at(-1) })
    return told
  },
  view: (ask, at, told) => {
    const { section: words, outcome } = ask.w.packs
    if (told.length === 0) return <p class="govuk-body">{words.none}</p>
    return (
      <ul class="trellis-rows">
        {told.map(({ pack, last }) => (
          <li class="trellis-row">
            <Link href={ask.href(`/people/${at.subject.id}/packs/${pack.id}`)}>
              {fill(words.pack, { state: last ? outcome.whats[last.what].toLowerCase() : words.preparing })}
            </Link>
          </li>
        ))}
      </ul>
    )
  },
  shown: (told) =>
    told.map(({ pack: { started_by, data_class, handling } }) => ({ entered_by: started_by, data_class, handling })),
})
