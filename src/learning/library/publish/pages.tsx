import { fill } from '../../../web/index.ts'
import type { Figures } from '../figures.ts'
import { entryPath } from '../cite.ts'
import { countOf } from '../parts/listed.tsx'
import { Onward } from '../parts/onward.tsx'
import { ThemeLinks } from '../parts/theme-links.tsx'
import type { Site } from '../site.ts'

export type Titled = { slug: string; title: string; area: string; year: number }

/** The front of a copy: no search box, but every way in that needs none. */
export const StillFront = ({ site, figures, newest }: { site: Site; figures: Figures; newest: readonly Titled[] }) => {
  const w = site.w.library
  return (
    <>
      <h1 class="govuk-heading-l">{w.title}</h1>
      <p class="govuk-body-l">{w.lead}</p>
      {figures.total === 0 && <p class="govuk-body">{w.search.empty}</p>}
      {figures.total > 0 && (
        <>
          <p class="govuk-body">{fill(w.search.countAll, { count: countOf(w.themes.entries, figures.total) })}</p>
          <h2 class="govuk-heading-m">{w.themes.head}</h2>
          <ThemeLinks site={site} figures={figures} />
          <h2 class="govuk-heading-m">{w.years.head}</h2>
          <ul class="trellis-theme-links">
            {figures.years.map(({ label, count }) => (
              <li>
                <a class="govuk-link" href={site.href(`/library/years/${label}`)}>
                  {label}
                </a>{' '}
                <span class="trellis-theme-links__count">
                  {count === 1 ? w.themes.one : fill(w.themes.many, { count })}
                </span>
              </li>
            ))}
          </ul>
          <h2 class="govuk-heading-m">{w.search.newest}</h2>
          <Titles site={site} titled={newest} />
        </>
      )}
      <Onward site={site} />
    </>
  )
}

export const StillYear = ({ site, year, titled }: { site: Site; year: string; titled: readonly Titled[] }) => {
  const w = site.w.library.years
  return (
    <>
      <h1 class="govuk-heading-l">{fill(w.title, { year })}</h1>
      <p class="govuk-body-l">{fill(w.lead, { year })}</p>
      <Titles site={site} titled={titled} />
    </>
  )
}

const Titles = ({ site, titled }: { site: Site; titled: readonly Titled[] }) => (
  <ul class="trellis-found">
    {titled.map((one) => (
      <li>
        <a class="govuk-link" href={site.href(entryPath(one))}>
          {one.title}
        </a>
        <p class="trellis-found__text">
          {one.area} · {one.year}
        </p>
      </li>
    ))}
  </ul>
)
