import { NotFound } from '../../../platform/index.ts'
import { page, Table, type Answer, type Ask } from '../../../web/index.ts'
import { strengths, themes } from '../../codes.ts'
import { figuresFor, figuresOn, type Figures } from '../figures.ts'
import { Bars } from '../parts/bars.tsx'
import { countOf } from '../parts/listed.tsx'
import { ThemeView, type ThemeTold } from '../parts/theme-view.tsx'
import { findingsOn } from '../read.ts'
import { siteOf, type Site } from '../site.ts'
import type { Tx } from '../../../platform/index.ts'

/** /library/themes: what areas wrote about, how often and where. */
export const allThemes = async (ask: Ask): Promise<Answer> => {
  const site = siteOf(ask)
  const figures = await figuresFor(ask)
  return page({
    title: site.w.library.themes.title,
    frame: 'public',
    cache: 'public',
    body: <Themes site={site} figures={figures} />,
  })
}

/** Those that were written about, most often first. */
export const Themes = ({ site, figures }: { site: Site; figures: Figures }) => {
  const w = site.w.library.themes
  const written = themes
    .flatMap((theme) => {
      const figure = figures.themes.get(theme.code)
      return figure ? [{ ...theme, ...figure }] : []
    })
    .sort((a, b) => b.entries - a.entries)
  return (
    <>
      <h1 class="govuk-heading-l">{w.title}</h1>
      <p class="govuk-body-l">{w.lead}</p>
      {written.length === 0 && <p class="govuk-body">{site.w.library.search.empty}</p>}
      {written.length > 0 && (
        <>
          <Table
            caption={w.picture}
            captionClasses="govuk-table__caption--m"
            attributes={{ id: 'themes-table' }}
            classes="govuk-table--small-text-until-tablet"
            head={w.columns.map((text, at) => ({ text, ...(at > 0 && { format: 'numeric' }) }))}
            rows={written.map(({ code, label, entries, findings, regions }) => [
              {
                text: (
                  <>
                    <a class="govuk-link" href={site.href(`/library/themes/${code}`)}>
                      {label}
                    </a>
                    <br />
                    {countOf(w.regions, regions)}
                  </>
                ),
              },
              ...[entries, findings].map((count) => ({ text: count, format: 'numeric' })),
            ])}
          />
          <Bars
            id="themes"
            title={w.picture}
            rows={written.map(({ label, entries }) => ({ label, count: entries }))}
            columns={[w.columns[0]!, w.columns[1]!]}
            table="themes-table"
          />
        </>
      )}
    </>
  )
}

/** /library/themes/through-18 */
export const theme = async (ask: Ask): Promise<Answer> => {
  const site = siteOf(ask)
  const told = await themeTold(ask.tx, ask.params['code'] ?? '', await figuresFor(ask))
  if (!told) throw new NotFound()
  return page({ title: told.theme.label, frame: 'public', cache: 'public', body: <ThemeView site={site} {...told} /> })
}

export const themeTold = async (tx: Tx, code: string, figures: Figures): Promise<ThemeTold | undefined> => {
  const theme = themes.find((one) => one.code === code)
  if (!theme) return undefined
  const strongest = strengths.map((one) => one.code).reverse()
  return {
    theme,
    figure: figures.themes.get(code),
    figures: await figuresOn(tx, code),
    findings: await findingsOn(tx, code, strongest, most),
  }
}
const most = 30
