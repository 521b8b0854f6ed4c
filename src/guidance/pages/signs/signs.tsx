import { fill, page, type Answer, type Ask } from '../../../web/index.ts'
import { fits, places, readChoice, signsOf, type Choice, type Guidance, type Setting } from '../../guidance.ts'
import { ChoiceForm, choiceQuery } from '../../parts/choice.tsx'
import { SearchBox } from '../../parts/search-box.tsx'
import { guidanceFor } from '../../published.ts'

/** /signs: choose where you are. */
export const signs = async (ask: Ask): Promise<Answer> => {
  const guidance = await guidanceFor(ask)
  const choice = readChoice(ask.query, guidance.types)
  const title = ask.w.guidance.signs.title
  return page({ title, frame: 'public', wide: true, cache: 'public', body: <Signs {...{ ask, guidance, choice }} /> })
}

const Signs = ({ ask, guidance, choice }: { ask: Ask; guidance: Guidance; choice: Choice }) => {
  const { signs } = ask.w.guidance
  return (
    <>
      <div class="trellis-reading">
        <h1 class="govuk-heading-xl">{signs.title}</h1>
        <p class="govuk-body-l">{signs.lead}</p>
        <SearchBox ask={ask} />
      </div>
      <ChoiceForm ask={ask} types={guidance.types} choice={choice} path="/signs" />
      {places.map((place) => (
        <section class="trellis-places">
          <h2 class="govuk-heading-m">{signs.places[place]}</h2>
          <ul class="trellis-cards">
            {guidance.settings
              .filter((setting) => setting.place === place)
              .map((setting) => (
                <SettingCard {...{ ask, guidance, setting, choice }} />
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

type CardProps = { ask: Ask; guidance: Guidance; setting: Setting; choice: Choice }

const SettingCard = ({ ask, guidance, setting, choice }: CardProps) => {
  const { signs } = ask.w.guidance
  const count = signsOf(guidance, setting.code).filter((sign) => fits(sign, choice)).length
  const counted = count === 0 ? signs.countNone : count === 1 ? signs.countOne : fill(signs.count, { count })
  return (
    <li class="trellis-card">
      <a class="trellis-card__link" href={ask.href(`/signs/${setting.slug}${choiceQuery(choice)}`)}>
        {setting.name}
      </a>
      <p class="trellis-card__text">{setting.who}</p>
      <p class="trellis-card__small">{counted}</p>
    </li>
  )
}
