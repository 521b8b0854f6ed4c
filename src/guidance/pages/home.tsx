import { page, type Answer, type Ask } from '../../web/index.ts'
import type { Guidance, GuidancePage } from '../guidance.ts'
import { Danger } from '../parts/danger.tsx'
import { addressOf } from '../parts/go-to.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { guidanceFor } from '../published.ts'

export const home = async (ask: Ask): Promise<Answer> => {
  const guidance = await guidanceFor(ask)
  const { home } = ask.w.guidance
  const front = guidance.pages.find(({ code }) => code === 'home')
  return page({
    title: front?.title ?? home.report,
    frame: 'public',
    wide: true,
    cache: 'public',
    body: front ? <Home ask={ask} guidance={guidance} front={front} /> : <Danger ask={ask} />,
  })
}

export const Home = ({ ask, guidance, front }: { ask: Ask; guidance: Guidance; front: GuidancePage }) => {
  const { home } = ask.w.guidance
  // 999 stands above everything already: its section is not said twice.
  const [, ...calm] = front.sections
  return (
    <>
      <div class="trellis-hero">
        <Lattice />
        <Danger ask={ask} />
        <h1 class="trellis-hero__title">{front.title}</h1>
        <p class="trellis-hero__lead">{front.lead}</p>
      </div>
      <h2 class="govuk-visually-hidden">{home.ways}</h2>
      <ul class="trellis-doors">
        {front.actions.map((action) => (
          <li class="trellis-door">
            <a href={ask.href(addressOf(action.goTo))} class="trellis-door__link">
              {action.label}
            </a>
            <p class="trellis-door__text">{action.text}</p>
          </li>
        ))}
      </ul>
      <div class="trellis-calm">
        {calm.map((section) => (
          <section>
            <h2 class="govuk-heading-m">{section.heading}</h2>
            {section.paragraphs.map((text) => (
              <p class="govuk-body">{text}</p>
            ))}
          </section>
        ))}
      </div>
      <section class="trellis-band">
        <h2 class="govuk-heading-m">{home.lists}</h2>
        <SearchBox ask={ask} />
        <ul class="trellis-chips">
          {guidance.settings
            .filter(({ place }) => place !== 'self')
            .map((setting) => (
              <li>
                <a href={ask.href(`/signs/${setting.slug}`)}>{setting.name}</a>
              </li>
            ))}
        </ul>
      </section>
      <h2 class="govuk-heading-s">{home.moreTitle}</h2>
      <ul class="trellis-onward">
        {home.more.map(({ text, to }) => (
          <li>
            <a class="govuk-link" href={ask.href(to)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The wordmark's strands, grown large: many hands, each holding a piece. */
const Lattice = () => (
  <svg class="trellis-hero__lattice" viewBox="0 0 320 320" aria-hidden="true" focusable="false">
    <g fill="none" stroke="currentColor" stroke-width="10" stroke-linecap="round">
      <path d="M20 300 300 20M20 190 190 20M130 300 300 130M20 80 80 20M240 300 300 240" />
      <path d="M20 20 300 300M130 20 300 190M20 130 190 300M240 20 300 80M20 240 80 300" opacity=".5" />
    </g>
  </svg>
)
