import { agencyNames, areasNamed } from '../../partnership/index.ts'
import { fill, SummaryList, type Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import { identitiesOf } from '../queries.ts'
import type { Identity } from '../sealed.ts'
import { day } from './moment.ts'

export type WhoTheyAre = {
  identities: readonly Identity[]
  agencies: ReadonlyMap<string, string>
  areas: ReadonlyMap<string, string>
}

/** Who somebody is, as each agency that the viewer may read knows them. */
export const whoTheyAre = async (ask: Ask, { worker, subject }: Through): Promise<WhoTheyAre> => {
  const identities = await identitiesOf(ask.tx, ask.house.keys, worker.partnership, [subject.id])
  const agencies = await agencyNames(
    ask.tx,
    identities.map(({ agency_id }) => agency_id),
  )
  const areas = new Map((await areasNamed(ask.tx, worker.partnership)).map(({ id, name }) => [id, name]))
  return { identities, agencies, areas }
}

export const Known = ({ ask, identities, agencies, areas }: WhoTheyAre & { ask: Ask }) => {
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
            [fields.areaShort, areaTold(ask, who, areas)],
            [fields.phone, who.phone],
            [fields.nhs_number, who.nhs_number],
            [fields.other_reference, who.other_reference],
          ].map(([key, value]) => value && { key, value: <span class="trellis-words">{value}</span> })}
        />
      ))}
    </>
  )
}

/** In which area it lies and how that is known; over the border it says what was seen, and the smallest next step. */
const areaTold = (
  ask: Ask,
  { area_id, area_how, over_border }: Identity,
  areas: ReadonlyMap<string, string>,
): string => {
  if (area_how === null) return ''
  const words = ask.w.subjects.new.areaTold
  const area = areas.get(area_id ?? '')
  const saw = area ? fill(words[area_how], { area }) : area_how === 'postcode' ? words.postcode : words.elsewhere
  return over_border ? `${saw} ${words.over}` : saw
}
