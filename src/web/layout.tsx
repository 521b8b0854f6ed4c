import type { ComponentChildren } from 'preact'
import type { Ask, Page } from './ask.ts'
import type { Assets } from './assets.ts'
import { ExitThisPage, PhaseBanner, SkipLink } from './components/index.ts'
import { allLanguages, fill } from './words.ts'

export type NavItem = { text: string; href: string; section: string }

type Frame = NonNullable<Page['frame']>
export type Navigation = (ask: Ask, frame: 'public' | 'staff') => readonly NavItem[]

/** The whole document around a page. */
export const Layout = (props: { ask: Ask; page: Page; assets: Assets; navigation: Navigation }) => {
  const { ask, page, assets, navigation } = props
  const { w, lang } = ask
  const frame: Frame = page.frame ?? (ask.viewer.kind === 'staff' ? 'staff' : 'public')
  const nav = frame === 'journey' ? [] : navigation(ask, frame)
  return (
    <html lang={lang.code} dir={lang.dir} class="govuk-template govuk-template--rebranded">
      <head>
        <meta charSet="utf-8" />
        <title>{`${page.status === 422 ? `${w.common.errorPrefix} ` : ''}${page.title} – ${w.common.product}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#14493f" />
        <meta name="robots" content={frame === 'staff' ? 'noindex, nofollow' : 'index, follow'} />
        <link rel="icon" href={assets.url('icon.svg')} type="image/svg+xml" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="stylesheet" href={assets.url('site.css')} />
        {page.head}
        <script type="module" src={assets.url('site.js')} />
        {page.script && (
          <script
            type="module"
            src={assets.url(`${page.script}.js`)}
            data-asked={page.asked && assets.url(`${page.asked}.js`)}
          />
        )}
      </head>
      <body class={`govuk-template__body trellis-frame-${frame}`}>
        <SkipLink href="#main">{w.common.skip}</SkipLink>
        <Header ask={ask} frame={frame} nav={nav} here={isWrong(page) ? '/' : ask.path} />
        {page.above}
        <div class={page.wide ? 'govuk-width-container trellis-wide' : 'govuk-width-container'}>
          {ask.place.demo && (
            <aside aria-label={w.common.demoTag}>
              <PhaseBanner tag={{ text: w.common.demoTag }}>{w.common.demoBanner}</PhaseBanner>
            </aside>
          )}
          {lang.status === 'machine-drafted' && frame !== 'staff' && (
            <aside class="trellis-drafted" aria-label={w.common.languages}>
              {w.common.machineDrafted}
            </aside>
          )}
          <main class="govuk-main-wrapper" id="main" tabIndex={-1}>
            {page.wide ? page.body : <div class="trellis-reading">{page.body}</div>}
          </main>
        </div>
        <Footer ask={ask} frame={frame} />
      </body>
    </html>
  )
}

/** A page that says what is wrong has no address of its own to come back to, and repeats none that was typed. */
const isWrong = ({ status = 200 }: Page): boolean => status >= 400 && status !== 422

const Header = (props: { ask: Ask; frame: Frame; nav: readonly NavItem[]; here: string }) => {
  const { ask, frame, nav, here } = props
  const { w } = ask
  const signedIn = ask.viewer.kind === 'staff' ? ask.viewer : undefined
  return (
    <>
      {frame !== 'staff' && <Exit ask={ask} />}
      <header class="trellis-header">
        <div class="govuk-width-container trellis-header__row">
          <a class="trellis-header__home" href={ask.href(frame === 'staff' && signedIn ? '/work' : '/')}>
            <Mark />
            <span class="trellis-header__name">{w.common.product}</span>
            <span class="trellis-header__place">{ask.place.place}</span>
          </a>
          {frame === 'staff' && signedIn && (
            <div class="trellis-header__who">
              <a href="/account">{signedIn.name}</a>
              <form method="post" action="/sign-out">
                <input type="hidden" name="_csrf" value={ask.csrf} />
                <button class="trellis-link-button">{w.common.signOut}</button>
              </form>
            </div>
          )}
          {frame !== 'staff' && <Languages ask={ask} here={here} />}
        </div>
        {nav.length > 0 && (
          <nav class="trellis-nav" aria-label={w.common.menu}>
            <ul class="govuk-width-container trellis-nav__list">
              {nav.map((item) => (
                <li>
                  <a href={ask.href(item.href)} aria-current={isWithin(ask.path, item.section) ? 'page' : undefined}>
                    {item.text}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </header>
    </>
  )
}

const isWithin = (path: string, section: string): boolean =>
  path === section || (section !== '/' && path.startsWith(`${section}/`))

/** Three strands crossing: what each agency holds a piece of, held together. */
export const Mark = () => (
  <svg class="trellis-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <g fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round">
      <path d="M5 27 27 5M5 16 16 5M16 27 27 16" />
      <path d="M5 5 27 27M16 5 27 16M5 16 16 27" opacity=".55" />
    </g>
  </svg>
)

const Exit = ({ ask: { w } }: { ask: Ask }) => (
  <ExitThisPage
    redirectUrl={w.common.exit.to}
    activatedText={w.common.exit.activated}
    timedOutText={w.common.exit.timedOut}
    pressTwoMoreTimesText={w.common.exit.pressTwo}
    pressOneMoreTimeText={w.common.exit.pressOne}
  >
    <span class="govuk-visually-hidden">{w.common.exit.hidden}</span> {w.common.exit.text}
  </ExitThisPage>
)

const Languages = ({ ask, here }: { ask: Ask; here: string }) => {
  const offered = allLanguages.filter((language) => ask.place.languages.includes(language.code))
  if (offered.length < 2) return null
  return (
    <nav aria-label={ask.w.common.languages} class="trellis-languages">
      <ul>
        {offered.map((language) => (
          <li>
            {language.code === ask.lang.code ? (
              <span aria-current="true">{language.name}</span>
            ) : (
              <a
                href={inLanguage(language.code, here)}
                lang={language.code}
                dir={language.dir}
                hrefLang={language.code}
              >
                {language.name}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** English lives at the plain address, other languages below their code. */
export const inLanguage = (code: string, path: string): string =>
  code === 'en' || !path.startsWith('/') ? path : `/${code}${path === '/' ? '' : path}`

const Footer = ({ ask, frame }: { ask: Ask; frame: Frame }) => {
  const { w } = ask
  return (
    <footer class="trellis-footer">
      <div class="govuk-width-container">
        {frame !== 'staff' && <p class="trellis-footer__danger">{w.common.footer.danger}</p>}
        <ul class="trellis-footer__links">
          {w.common.footer.links.map((link) => (
            <li>
              <a href={ask.href(link.href)}>{link.text}</a>
            </li>
          ))}
          {frame === 'public' && (
            <li>
              <a href={ask.viewer.kind === 'staff' ? '/work' : '/sign-in'}>
                {ask.viewer.kind === 'staff' ? w.common.footer.work : w.common.footer.signIn}
              </a>
            </li>
          )}
        </ul>
        <p class="trellis-footer__who">{fill(w.common.footer.who, { name: ask.place.name })}</p>
      </div>
    </footer>
  )
}

/** A heading with the small line above it that says where one is. */
export const Title = ({
  children,
  caption,
  size = 'l',
}: {
  children: ComponentChildren
  caption?: ComponentChildren
  size?: 'xl' | 'l' | 'm'
}) => (
  <h1 class={`govuk-heading-${size}`}>
    {caption && <span class={`govuk-caption-${size}`}>{caption} </span>}
    {children}
  </h1>
)
