import { page, type Answer, type Ask } from '../../../web/index.ts'

/** /for-you: gentle, and needs nothing. */
export const forYou = (ask: Ask): Answer =>
  page({ title: ask.w.guidance.forYou.title, frame: 'public', wide: true, cache: 'public', body: <ForYou ask={ask} /> })

const ForYou = ({ ask }: { ask: Ask }) => {
  const w = ask.w.guidance.forYou
  const ways = [
    { text: w.child, small: w.childText, to: '/for-you/young-person' },
    { text: w.adult, small: w.adultText, to: '/for-you/adult' },
    { text: w.else, small: w.elseText, to: '/signs' },
  ]
  return (
    <>
      <div class="trellis-reading">
        <h1 class="govuk-heading-xl">{w.title}</h1>
        <p class="trellis-fault">{w.fault}</p>
        <p class="govuk-body-l">{w.lead}</p>
      </div>
      <ul class="trellis-doors trellis-doors--calm">
        {ways.map(({ text, small, to }) => (
          <li class="trellis-door">
            <a href={ask.href(to)} class="trellis-door__link">
              {text}
            </a>
            <p class="trellis-door__text">{small}</p>
          </li>
        ))}
      </ul>
      <p class="govuk-body trellis-screen-only">{w.safe}</p>
    </>
  )
}
