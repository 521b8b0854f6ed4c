import { page, WarningText, type Handler } from '../../../web/index.ts'
import { frameOf } from './step.tsx'

/**
 * The short form that a phone keeps for when it has no signal. It holds nothing about anybody, because what is kept is
 * the same for all. Everything on it is done by its script; without one it only points to the normal form.
 */
export const offline: Handler = (ask) => {
  const w = ask.w.report.offline
  const box = (name: string, label: string, rows: number) => (
    <div class="govuk-form-group">
      <label class="govuk-label" for={name}>
        {label}
      </label>
      {rows > 1 ? (
        <textarea class="govuk-textarea" id={name} name={name} rows={rows} dir="auto" />
      ) : (
        <input class="govuk-input" id={name} name={name} type="text" dir="auto" autocomplete="off" />
      )}
    </div>
  )
  return page({
    title: w.title,
    frame: frameOf(ask),
    script: 'offline',
    body: (
      <div class="trellis-report">
        <h1 class="govuk-heading-l">{w.title}</h1>
        <WarningText iconFallbackText={ask.w.report.warning}>{w.danger}</WarningText>
        <p class="govuk-body" data-script>
          {w.script}
        </p>
        <div data-offline hidden data-count={w.count}>
          <p class="govuk-body" data-no-signal hidden>
            {w.noSignal}
          </p>
          <p class="govuk-body">{w.how}</p>
          <section class="trellis-offline__waiting" data-waiting hidden>
            <h2 class="govuk-heading-m">{w.waiting}</h2>
            <p class="govuk-body" data-waiting-count role="status" />
            <p class="govuk-body govuk-!-margin-bottom-2" data-refused hidden>
              {w.refused}
            </p>
            <button type="button" class="trellis-report__delete-button" data-discard>
              {w.discard}
            </button>
          </section>
          <section class="trellis-receipt" data-receipts hidden>
            <h2 class="govuk-heading-m" tabIndex={-1}>
              {w.sent}
            </h2>
            <div data-codes role="status" />
            <p class="govuk-body" data-sent-before hidden>
              {w.sentBefore}
            </p>
            <p class="govuk-body">{ask.w.report.sent.once}</p>
            <button type="button" class="govuk-button govuk-!-margin-bottom-0" data-clear>
              {w.clear}
            </button>
          </section>
          <p class="govuk-inset-text" data-from-page hidden>
            {w.fromPage}
          </p>
          <form id="offline" noValidate data-kept={w.kept}>
            <p class="govuk-error-message" id="worry-error" data-wrong role="alert" hidden>
              {w.needsWorry}
            </p>
            {box('worry', w.worry, 6)}
            {box('place', w.place, 2)}
            {box('happened', w.happened, 1)}
            {box('detail', w.plate, 1)}
            {box('contact', w.contact, 2)}
            <button class="govuk-button">{w.save}</button>
          </form>
        </div>
        <p class="govuk-body">
          <a class="govuk-link" href={ask.href('/report')}>
            {w.normal}
          </a>
        </p>
      </div>
    ),
  })
}

/** For phones that offer to keep a page on the home screen. It is called by a name that gives nothing away there. */
export const manifest: Handler = (ask) => ({
  kind: 'download',
  type: 'application/manifest+json',
  cache: 'public',
  bytes: Buffer.from(
    JSON.stringify({
      name: ask.w.common.product,
      short_name: ask.w.common.product,
      lang: ask.lang.code,
      dir: ask.lang.dir,
      start_url: ask.href('/'),
      scope: '/',
      display: 'browser',
      background_color: '#ffffff',
      theme_color: '#14493f',
    }),
  ),
})
