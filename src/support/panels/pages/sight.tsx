import { agencyNames } from '../../../partnership/index.ts'
import { fill, InsetText, Link, type Ask } from '../../../web/index.ts'
import type { Whom } from '../agenda.ts'
import type { Known } from '../gaps.ts'
import type { Blind, Why } from '../sight.ts'
import type { Sitting } from '../sitting.ts'

/** For whoever is asked: that something is spoken about which they are not shown, why, and how they are let in. */
export const KeptFrom = async ({ ask, sitting }: { ask: Ask; sitting: Sitting }) => {
  const words = ask.w.panels.sight
  const agency = (await agencyNames(ask.tx, [sitting.agency_id])).get(sitting.agency_id) ?? ''
  return (
    <InsetText>
      <p class="govuk-body govuk-!-font-weight-bold">{words.kept}</p>
      <p class="govuk-body">{words.keptWhy}</p>
      <p class="govuk-body govuk-!-margin-bottom-0">{fill(words.keptHow, { agency })}</p>
    </InsetText>
  )
}

type Shown = { ask: Ask; blind: readonly Blind[]; known: readonly Known[]; people: ReadonlyMap<string, Whom> }

/** For whoever keeps the agenda: who is asked and sees nothing of whom, and how that is mended before the meeting. */
export const CannotSee = ({ ask, blind, known, people }: Shown) => {
  const words = ask.w.panels.sight
  if (blind.length === 0) return null
  const rows = known.flatMap(({ facts, ties }) =>
    (Object.keys(words.whys) as Why[]).flatMap((why) => {
      const agencies = blind.filter((one) => one.subject === facts.id && one.why === why).map(({ name }) => name)
      return agencies.length ? [{ subject: facts.id, leads: ties.closeness === 3, why, agencies }] : []
    }),
  )
  return (
    <>
      <h2 class="govuk-heading-m">{words.title}</h2>
      <p class="govuk-body">{words.intro}</p>
      <ul class="trellis-rows">
        {rows.map(({ subject, leads, why, agencies }) => {
          const who = people.get(subject)
          const name = who?.name ?? who?.reference ?? ''
          return (
            <li class="trellis-row">
              <div>
                <span dir="auto">{fill(words.row, { name, agencies: agencies.join(', ') })}</span>
                <span class="trellis-row__more">{words.whys[why]}</span>
              </div>
              {leads && why !== 'no clause' && why !== 'shut' && (
                <Link href={ask.href(`/people/${subject}/involved/add`)}>{fill(words.name, { name })}</Link>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
