import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { fill, SkipLink } from '../../../web/index.ts'
import { feedHead } from '../parts/onward.tsx'
import { dayIn, type Site } from '../site.ts'

type Told = { site: Site; address: string; title: string; asOf: Date; children?: ComponentChildren }

/** The whole file of one page: no script, no server, nothing from elsewhere. */
export const documentOf = (told: Told & { body: ComponentChildren }): string =>
  `<!DOCTYPE html>${renderToString(<Document {...told}>{told.body}</Document>)}`

const Document = ({ site, address, title, asOf, children }: Told) => {
  const w = site.w.library
  return (
    <html lang="en" class="govuk-template govuk-template--rebranded">
      <head>
        <meta charSet="utf-8" />
        <title>{title === w.title ? title : `${title} – ${w.title}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href={site.href('/library/assets/site.css')} />
        <link rel="canonical" href={site.whole(address)} />
        {feedHead(site)}
      </head>
      <body class="govuk-template__body trellis-frame-public">
        <SkipLink href="#main">{site.w.common.skip}</SkipLink>
        <header class="trellis-header">
          <div class="govuk-width-container trellis-header__row">
            <a class="trellis-header__home" href={site.href('/library')}>
              <span class="trellis-header__name">{w.title}</span>
            </a>
          </div>
        </header>
        <div class="govuk-width-container">
          <main class="govuk-main-wrapper" id="main" tabIndex={-1}>
            <div class="trellis-reading">{children}</div>
          </main>
        </div>
        <footer class="trellis-footer">
          <div class="govuk-width-container">
            <p class="trellis-footer__danger">{site.w.common.footer.danger}</p>
            <p class="trellis-footer__who">{fill(w.still.note, { date: dayIn(site, asOf) })}</p>
          </div>
        </footer>
      </body>
    </html>
  )
}
