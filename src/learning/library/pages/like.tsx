import { sql } from 'kysely'
import { fill, page, Select, type Answer, type Ask } from '../../../web/index.ts'
import { figuresFor } from '../figures.ts'
import { foundBy, type Found } from '../found.ts'
import { EntryList, sizeOf } from '../parts/listed.tsx'
import type { Key } from '../search.ts'
import { siteOf } from '../site.ts'
import type { Tx } from '../../../platform/index.ts'

const traits = ['region', 'size', 'methodology'] as const
type Ours = Record<(typeof traits)[number], string>
type Likeness = Key & { shared: (keyof Ours)[] }

/** /library/like-ours?region=&size=&methodology=: whose work shares most of three plain facts, and which. */
export const likeOurs = async (ask: Ask): Promise<Answer> => {
  const site = siteOf(ask)
  const w = site.w.library
  const figures = await figuresFor(ask)
  const said = (name: string): string => (ask.query[name] ?? '').replaceAll('\0', '').slice(0, 100)
  const ours = Object.fromEntries(traits.map((trait) => [trait, said(trait)])) as Ours
  const asked = traits.some((trait) => ours[trait] !== '')
  const like = asked ? await mostLike(ask.tx, ours) : []
  const found = await foundBy(ask.tx, like)
  const shared = new Map(found.map((one, at) => [one, like[at]!.shared]))
  const shares = (one: Found): string =>
    fill(w.like.shares, { what: (shared.get(one) ?? []).map((trait) => w.like[trait]).join(', ') })
  const choices = { region: figures.regions, size: figures.sizes, methodology: figures.methodologies }
  return page({
    title: w.like.title,
    frame: 'public',
    cache: 'public',
    body: (
      <>
        <h1 class="govuk-heading-l">{w.like.title}</h1>
        <p class="govuk-body-l">{w.like.lead}</p>
        <p class="govuk-body">{w.like.how}</p>
        <form action={site.href('/library/like-ours')} method="get">
          {traits.map((trait) => (
            <Select
              name={trait}
              label={{ text: w.search[trait] }}
              value={ours[trait]}
              items={[
                { value: '', text: w.like.not },
                ...choices[trait].map(({ label }) => ({
                  value: label,
                  text: trait === 'size' ? sizeOf(label) : label,
                })),
              ]}
            />
          ))}
          <button class="govuk-button" data-module="govuk-button">
            {w.like.show}
          </button>
        </form>
        {asked && <h2 class="govuk-heading-m">{w.like.found}</h2>}
        {asked && found.length === 0 && <p class="govuk-body">{w.like.none}</p>}
        <EntryList site={site} found={found} shares={shares} />
      </>
    ),
  })
}

const mostLike = async (tx: Tx, ours: Ours): Promise<Likeness[]> => {
  const is = (trait: keyof Ours) => sql`(${ours[trait]} <> '' and ${sql.ref(trait)} = ${ours[trait]})`
  const { rows } = await sql<Likeness>`
    select partnership_id as partnership, entry_id as id, array_remove(array[
        case when ${is('region')} then 'region' end, case when ${is('size')} then 'size' end,
        case when ${is('methodology')} then 'methodology' end], null) as shared
    from library_search where kind = 'report' and (${is('region')} or ${is('size')} or ${is('methodology')})
    order by cardinality(array_remove(array[
        case when ${is('region')} then 1 end, case when ${is('size')} then 1 end, case when ${is('methodology')} then 1 end],
      null)) desc, year desc, entry_id limit 20`.execute(tx)
  return rows
}
