import { fill, SummaryList, type Ask } from '../../web/index.ts'
import type { Identity } from '../sealed.ts'
import { day } from './moment.ts'

/** Who somebody is and how they are reached, as each agency that the viewer may read knows them. */
export const Known = (props: { ask: Ask; identities: readonly Identity[]; agencies: ReadonlyMap<string, string> }) => {
  const { ask, identities, agencies } = props
  const { person: words, new: fields } = ask.w.subjects
  if (identities.length === 0) return null
  return (
    <section aria-labelledby="known">
      <h2 class="govuk-heading-l" id="known">
        {words.who}
      </h2>
      {identities.map((who) => (
        <SummaryList
          card={{ title: { text: fill(words.as, { agency: agencies.get(who.agency_id) ?? '' }), headingLevel: 3 } }}
          rows={[
            [fields.name, who.name],
            [fields.known_as, who.known_as],
            [fields.born, who.born_on && day(ask, new Date(`${who.born_on}T12:00:00Z`))],
            [fields.address, who.address],
            [fields.phone, who.phone],
            [fields.nhs_number, who.nhs_number],
            [fields.other_reference, who.other_reference],
          ].map(([key, value]) => value && { key, value: <span class="trellis-words">{value}</span> })}
        />
      ))}
    </section>
  )
}
