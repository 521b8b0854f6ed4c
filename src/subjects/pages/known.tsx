import { agencyNames } from '../../partnership/index.ts'
import { fill, SummaryList, type Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import { identitiesOf } from '../queries.ts'
import type { Identity } from '../sealed.ts'
import { day } from './moment.ts'

export type WhoTheyAre = { identities: readonly Identity[]; agencies: ReadonlyMap<string, string> }

/** Who somebody is, as each agency that the viewer may read knows them. */
export const whoTheyAre = async (ask: Ask, { worker, subject }: Through): Promise<WhoTheyAre> => {
  const identities = await identitiesOf(ask.tx, ask.house.keys, worker.partnership, [subject.id])
  const agencies = await agencyNames(
    ask.tx,
    identities.map(({ agency_id }) => agency_id),
  )
  return { identities, agencies }
}

export const Known = ({ ask, identities, agencies }: WhoTheyAre & { ask: Ask }) => {
  const { person: words, new: fields } = ask.w.subjects
  return (
    <>
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
    </>
  )
}
