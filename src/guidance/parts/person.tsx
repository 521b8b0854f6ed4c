import type { ContactPoint } from '../../partnership/index.ts'
import { Details, type Ask } from '../../web/index.ts'
import { signsOf, type Guidance, type PersonPage } from '../guidance.ts'
import { WayCard } from './contact.tsx'
import { EasyRead } from './definition.tsx'
import { Lines } from './lines.tsx'

type Props = { ask: Ask; guidance: Guidance; person: PersonPage; points: readonly ContactPoint[] }

export const PersonView = ({ ask, guidance, person, points }: Props) => {
  const w = ask.w.guidance.forYou
  const [first, ...rest] = person.not_your_fault
  return (
    <>
      <h1 class="govuk-heading-xl">{person.title}</h1>
      {person.opening.map((text) => (
        <p class="govuk-body-l">{text}</p>
      ))}
      <div class="trellis-fault">
        <p>
          <strong>{first}</strong>
        </p>
        {rest.map((line) => (
          <p>{line}</p>
        ))}
      </div>
      <h2 class="govuk-heading-m">{w.sounds}</h2>
      <p class="govuk-body">{person.signs_intro}</p>
      <ul class="trellis-signs trellis-signs--soft">
        {signsOf(guidance, person.setting).map((sign) => (
          <li>{sign.text}</li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">{w.can}</h2>
      <Lines of={person.what_can_happen} />
      <h2 class="govuk-heading-m">{w.talk}</h2>
      <ul class="trellis-contacts trellis-contacts--side">
        {person.ways_to_talk.map((way) => (
          <WayCard ask={ask} way={way} point={points.find(({ code }) => code === way.contactKey)} />
        ))}
      </ul>
      <a
        class="govuk-button trellis-big-button"
        href={ask.href(`/report?setting=${person.setting}`)}
        role="button"
        draggable={false}
        data-module="govuk-button"
      >
        {w.talkButton}
      </a>
      <h2 class="govuk-heading-m">{w.danger}</h2>
      <Lines of={person.if_in_danger_now} />
      <h2 class="govuk-heading-m">{w.tracks}</h2>
      <Lines of={person.hide_tracks} />
      <Details summary={w.easy}>
        <EasyRead of={person.easy_read} />
      </Details>
    </>
  )
}
