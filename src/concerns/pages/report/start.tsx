import { guidanceFor } from '../../../guidance/index.ts'
import { openDraft, page, WarningText, type Handler } from '../../../web/index.ts'
import { frameOf } from './step.tsx'

/** Where a report begins: 999 first, then the ways to tell us. Nothing is saved and no cookie is set. */
export const start: Handler = async (ask) => {
  const w = ask.w.report.start
  const staff = ask.viewer.kind === 'staff' ? ask.viewer : undefined
  const open = staff ? undefined : await openDraft(ask, ask.cookies['draft'])
  const given = (await guidanceFor(ask)).settings.find(({ code }) => code === ask.query['setting'])
  const self = given?.place === 'self'
  const setting = given && `setting=${given.code}`
  const link = (path: string, ...query: (string | undefined)[]) =>
    ask.href([path, query.filter(Boolean).join('&')].filter(Boolean).join('?'))
  const tell = { ...w.tell, href: link('/report/danger', staff && 'new', self ? undefined : setting) }
  const small = { ...w.small, href: link('/report/small', self ? undefined : setting) }
  const me = { ...w.me, href: link('/report/danger', 'how=self', self ? setting : undefined) }
  const byPhone = { ...w.phone, href: link('/report/danger', 'new', 'how=phone') }
  // Whoever comes from the page for themself meets their own way first.
  const ways = staff ? [tell, ...(staff.frontDoor ? [byPhone] : [])] : self ? [me, tell, small] : [tell, small, me]
  return page({
    title: w.title,
    frame: staff ? 'staff' : 'public',
    body: (
      <div class="trellis-report">
        <h1 class="govuk-heading-xl">{w.title}</h1>
        <WarningText iconFallbackText={ask.w.report.warning}>{w.danger}</WarningText>
        <p class="govuk-body">{w.notPolice}</p>
        <p class="govuk-inset-text" data-kept-here hidden>
          <a class="govuk-link" href={ask.href('/report/offline')}>
            {ask.w.report.offline.here}
          </a>
        </p>
        {open?.kind === 'report' && (
          <div class="govuk-inset-text">
            <p class="govuk-body">{w.unfinished}</p>
            <a class="govuk-button govuk-!-margin-bottom-0" href={ask.href('/report/check')}>
              {w.carryOn}
            </a>
          </div>
        )}
        {open?.kind === 'sent' && (
          <p class="govuk-inset-text">
            <a class="govuk-link" href={ask.href('/report/sent')}>
              {w.receiptHere}
            </a>
          </p>
        )}
        <ul class="trellis-ways">
          {ways.map((way, i) => (
            <li class={i === 0 ? 'trellis-ways__way trellis-ways__way--main' : 'trellis-ways__way'}>
              <a class="trellis-ways__link" href={way.href}>
                {way.text}
              </a>
              <p class="trellis-ways__hint">{way.hint}</p>
            </li>
          ))}
        </ul>
        <h2 class="govuk-heading-m">{w.knowTitle}</h2>
        <ul class="govuk-list govuk-list--bullet">
          {w.know.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        {!staff && <p class="govuk-body">{w.onThisPhone}</p>}
      </div>
    ),
  })
}

/** A worry that came by telephone: what to say first, then the same way through. */
export const phone: Handler = (ask) => {
  const w = ask.w.report.phoneStart
  return page({
    title: w.title,
    frame: frameOf(ask),
    body: (
      <div class="trellis-report">
        <h1 class="govuk-heading-l">{w.title}</h1>
        <WarningText iconFallbackText={ask.w.report.warning}>{w.danger}</WarningText>
        <ul class="govuk-list govuk-list--bullet">
          {w.first.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <a class="govuk-button" role="button" draggable={false} href={ask.href('/report/danger?new&how=phone')}>
          {w.button}
        </a>
      </div>
    ),
  })
}
