import { hasRole } from '../../platform/index.ts'
import { alertKinds, alerts_page, alertsFor, type Alert } from '../../sharing/index.ts'
import { Button, Link, NotificationBanner, page, redirect, Select, Tag, Title } from '../../web/index.ts'
import type { Ask, Handler } from '../../web/index.ts'
import { whatHappened, wordsFor, type AlertWords } from './alert-words.ts'
import { counted, pageOf, Pages, when } from './said.tsx'

/** What a manager's agency, or the guardian, should look at; what waits for an answer first. */
export const alertsPage: Handler = async (ask) => {
  const kind = alertKinds.find((one) => one === ask.query['kind'])
  const state = ask.query['state'] === 'answered' ? 'answered' : 'open'
  const number = pageOf(ask)
  const { alerts, counts } = await alertsFor(ask.tx, ask.viewer, { kind, state, page: number })
  if (alerts.length === 0 && number > 1) return redirect(`/alerts?state=${state}${kind ? `&kind=${kind}` : ''}`)
  const total = [...counts].reduce((sum, [one, count]) => sum + (kind && one !== kind ? 0 : count), 0)
  const said = await wordsFor(ask, alerts)
  const words = ask.w.alerts
  const numbered = (one: (typeof alertKinds)[number]): string => `${words.kinds[one]} (${counts.get(one) ?? 0})`
  return page({
    title: words.title,
    wide: true,
    body: (
      <>
        {ask.query['done'] === 'answered' && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {words.answer.done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        {hasRole(ask.viewer, 'guardian') && (
          <p class="govuk-body">
            <Link href={ask.href('/alerts/rule')}>{words.rule.link}</Link>
          </p>
        )}
        <form
          method="get"
          action={ask.href('/alerts')}
          class="trellis-choices-bar"
          role="search"
          aria-label={words.filterTitle}
        >
          <Select
            name="state"
            label={words.state}
            value={state}
            items={(['open', 'answered'] as const).map((value) => ({ value, text: words.states[value] }))}
          />
          <Select
            name="kind"
            label={words.kind}
            value={kind ?? ''}
            items={[{ value: '', text: words.any }, ...alertKinds.map((value) => ({ value, text: numbered(value) }))]}
          />
          <div class="trellis-choices-bar__act">
            <Button classes="govuk-button--secondary">{words.show}</Button>
          </div>
        </form>
        <p class="govuk-body" role="status">
          {total === 0 ? words.none : counted(words.count, total)}
        </p>
        <ul class="trellis-rows">
          {alerts.map((alert) => (
            <Row ask={ask} alert={alert} said={said} />
          ))}
        </ul>
        <Pages ask={ask} page={number} last={Math.ceil(total / alerts_page)} kept={{ state, kind }} />
      </>
    ),
  })
}

const Row = ({ ask, alert, said }: { ask: Ask; alert: Alert; said: AlertWords }) => {
  const words = ask.w.alerts
  const own = ask.viewer.kind === 'staff' && alert.caused_by === ask.viewer.staff
  return (
    <li class="trellis-row">
      <div>
        <a class="govuk-link trellis-row__name" href={ask.href(`/alerts/${alert.id}`)}>
          {words.kinds[alert.kind]}
        </a>
        <span class="trellis-row__more">
          {whatHappened(ask, alert, said)}
          <br />
          <time dateTime={alert.raised_at.toISOString()}>{when(ask, alert.raised_at)}</time>
        </span>
      </div>
      <div class="trellis-row__more">
        {alert.outcome && (
          <Tag classes={alert.outcome === 'misuse' ? 'govuk-tag--red' : 'govuk-tag--grey'}>
            {words.outcomes[alert.outcome].split(':')[0]}
          </Tag>
        )}
        {own && words.yours}
      </div>
    </li>
  )
}
