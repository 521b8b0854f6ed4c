import { abreast } from '../../../platform/index.ts'
import { fill, Link } from '../../../web/index.ts'
import { isOn } from '../../disruption/disruption.ts'
import { registerOf } from '../../disruption/pages/register.tsx'
import { counted } from '../../plan/pages/dates.ts'
import { section } from '../../person-section.ts'
import { pointersOf } from '../point.ts'
import { becameOf, packsOf } from '../queries.ts'

/** What is prepared for others, and how far it is. */
export const packsHere = section({
  title: (ask) => ask.w.packs.title,
  href: 'packs',
  ask: async (ask, at) => {
    const { partnership } = at.worker
    const of = [ask.tx, ask.house.keys, partnership] as const
    const [packs, pointers, register] = await abreast(
      ask.tx,
      async () => {
        const packs = []
        for (const pack of await packsOf(ask.tx, partnership, at.subject.id))
          packs.push({ pack, last: (await becameOf(...of, pack.id)).at(-1) })
        return packs
      },
      () => pointersOf(...of, at.subject.id),
      () => registerOf(ask, at),
    )
    return {
      packs,
      pointers: pointers.filter(({ ended_at }) => ended_at === null),
      on: register.filter(({ last }) => isOn(last)).length,
    }
  },
  isEmpty: ({ packs, pointers, on }) => packs.length + pointers.length + on === 0,
  view: (ask, at, { packs, pointers, on }) => {
    const { section: words, outcome } = ask.w.packs
    return (
      <>
        {pointers.map(({ contact }) => (
          <p class="govuk-body">{fill(words.specialist, { contact })}</p>
        ))}
        {packs.map(({ pack, last }) => (
          <p class="govuk-body">
            <Link href={ask.href(`/people/${at.subject.id}/packs/${pack.id}`)}>
              {fill(words.pack, { state: last ? outcome.whats[last.what].toLowerCase() : words.preparing })}
            </Link>
          </p>
        ))}
        {on > 0 && <p class="govuk-body">{counted(words.tools, on)}</p>}
      </>
    )
  },
  shown: ({ packs }) =>
    packs.map(({ pack: { started_by, data_class, handling } }) => ({ entered_by: started_by, data_class, handling })),
})
