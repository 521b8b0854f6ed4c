import { fill } from '../../../web/index.ts'
import { themes } from '../../codes.ts'
import type { Figures } from '../figures.ts'
import type { Site } from '../site.ts'

/** The themes that somebody wrote about, with how much. */
export const ThemeLinks = ({ site, figures }: { site: Site; figures: Figures }) => {
  const w = site.w.library.themes
  return (
    <>
      <ul class="trellis-theme-links">
        {themes.flatMap(({ code, label }) => {
          const figure = figures.themes.get(code)
          return figure
            ? [
                <li>
                  <a class="govuk-link" href={site.href(`/library/themes/${code}`)}>
                    {label}
                  </a>{' '}
                  <span class="trellis-theme-links__count">
                    {figure.entries === 1 ? w.one : fill(w.many, { count: figure.entries })}
                  </span>
                </li>,
              ]
            : []
        })}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={site.href('/library/themes')}>
          {w.link}
        </a>
      </p>
    </>
  )
}
