import { page, type Answer, type Ask } from '../../../web/index.ts'
import { guidanceFor } from '../../published.ts'

/** /types: the kinds of exploitation, in plain words. */
export const types = async (ask: Ask): Promise<Answer> => {
  const guidance = await guidanceFor(ask)
  const w = ask.w.guidance.types
  return page({
    title: w.title,
    frame: 'public',
    wide: true,
    cache: 'public',
    body: (
      <>
        <h1 class="govuk-heading-xl">{w.title}</h1>
        <p class="govuk-body-l">{w.lead}</p>
        <ul class="trellis-cards">
          {guidance.types.map((type) => (
            <li class="trellis-card">
              <a class="trellis-card__link" href={ask.href(`/types/${type.code}`)}>
                {type.name}
              </a>
              <p class="trellis-card__text">{type.plain}</p>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}
