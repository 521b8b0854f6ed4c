import { agencies, areasNamed } from '../../../partnership/index.ts'
import { Details, type Ask } from '../../../web/index.ts'
import type { At } from '../at-project.ts'
import type { Group } from '../project.ts'
import { agreementsOf, applicationOf } from '../queries.ts'
import { missingVoices } from '../voices.ts'

/** Whose voice is missing, in words: asked once for a session or for all of them together. */
export const voicesShown = async (ask: Ask, at: At, groups: readonly Group[]) => {
  const words = ask.w.projects.voices
  const { partnership } = at.viewer
  const application = await applicationOf(ask.tx, partnership, at.project.id)
  const partners = (await agreementsOf(ask.tx, partnership, at.project.id)).map(({ agency_id }) => agency_id)
  const all = (await agencies(ask.tx, partnership, { on: at.today })).filter(
    ({ id }) => id !== at.project.programme_agency_id,
  )
  const named = await areasNamed(ask.tx, partnership)
  const missing = missingVoices(groups, {
    partners,
    agencies: all.map(({ id }) => id),
    areas: application?.areas ?? [],
  })
  const agencyNames = (ids: readonly string[]) => all.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  const lines = [
    { said: words.partners, who: agencyNames(missing.partners) },
    { said: words.levels, who: missing.levels.map((level) => words.levelNames[level]) },
    { said: words.areas, who: named.filter(({ id }) => missing.areas.includes(id)).map(({ name }) => name) },
  ].filter(({ who }) => who.length > 0)
  const others = agencyNames(missing.agencies)
  return (
    <section aria-labelledby="voices">
      <h2 class="govuk-heading-m" id="voices">
        {words.title}
      </h2>
      <p class="govuk-body">{lines.length === 0 ? words.none : words.intro}</p>
      <ul class="govuk-list govuk-list--bullet">
        {lines.map(({ said, who }) => (
          <li>
            <strong>{said}</strong> {who.join(', ')}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <Details summary={words.others}>
          <p class="govuk-body">{others.join(', ')}</p>
        </Details>
      )}
    </section>
  )
}
