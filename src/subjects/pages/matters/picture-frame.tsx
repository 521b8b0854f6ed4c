import type { ComponentChildren } from 'preact'
import { BackLink, Link, page, Title, type Ask } from '../../../web/index.ts'
import { aboutPerson, type Through } from '../../gate.ts'

/** A picture in a box that scrolls by itself, what its signs mean, and the same in words beside it. */
export const picturePage = (
  ask: Ask,
  at: Through,
  parts: {
    title: string
    other: { end: string; text: string }
    picture: ComponentChildren
    legend: readonly { sign: ComponentChildren; text: string }[]
    list: ComponentChildren
  },
) => {
  const { title, other, picture, legend, list } = parts
  const words = ask.w.matters.picture
  const here = `/people/${at.subject.id}/who-matters`
  return page({
    title,
    frame: 'staff',
    wide: true,
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(here)}>{ask.w.matters.title}</BackLink>
        <Title>{title}</Title>
        <p class="govuk-body">
          {words.intro} <Link href={ask.href(`${here}/${other.end}`)}>{other.text}</Link>
        </p>
        <div class="trellis-family">
          <div>
            <div class="trellis-family__scroll" role="region" tabindex={0} aria-label={words.region}>
              {picture}
            </div>
            <h2 class="govuk-heading-s">{words.legend}</h2>
            <ul class="trellis-family__legend">
              {legend.map(({ sign, text }) => (
                <li>
                  <svg width="56" height="52" viewBox="-28 -26 56 52" aria-hidden="true" focusable="false">
                    {sign}
                  </svg>
                  {text}
                </li>
              ))}
            </ul>
          </div>
          <section aria-labelledby="in-words">
            <h2 class="govuk-heading-m" id="in-words">
              {words.inWords}
            </h2>
            {list}
          </section>
        </div>
      </>
    ),
  })
}
