import { asProduct, asViewer, hasRole, type StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  Errors,
  FileUpload,
  Form,
  InsetText,
  keptPage,
  Link,
  page,
  redirect,
  Table,
  Title,
  type Ask,
  type FieldError,
  type Handler,
  type Taker,
} from '../../../web/index.ts'
import { feedToSend, runOf, type Bench, type Feed } from '../feed.ts'
import { mendList, qualityOf, runsOf } from '../queries.ts'
import { readRun } from '../read-run.ts'
import { receive, type Received } from '../receive.ts'
import { safeCsv } from '../safe-csv.ts'
import { moment } from './moment.ts'

/** One list: a file to send, what to mend at the source, and the files so far. */
export const feedPage: Handler = async (ask) => view(ask, await feedToSend(ask.tx, ask.viewer, ask.params['feed']))

/** A file this small is read while its sender waits; a bigger one is read by the worker. */
const read_at_once_bytes = 200_000

export const benchOf = (ask: Ask): Bench => ({
  keys: ask.house.keys,
  partnership: ask.place.id,
  now: ask.house.now(),
  within: (work) => asProduct(ask.tx, () => work(ask.tx)),
})

export const sendFeedFile: Taker = async (ask) => {
  const feed = await feedToSend(ask.tx, ask.viewer, ask.params['feed'])
  const { arriving, viewer } = ask
  if (!arriving) return wrong(ask, feed, 'none')
  const { db } = ask.house
  const bench: Bench = {
    ...benchOf(ask),
    within: (work) => asViewer(db, { kind: 'system', partnership: ask.place.id }, work),
  }
  return {
    kind: 'meanwhile',
    work: async () => {
      const sent = await receive(bench, viewer as StaffViewer, feed, arriving.pieces)
      return (later) => answerSent(later, sent)
    },
  }
}

const answerSent = async (ask: Ask, sent: Received) => {
  const feed = await feedToSend(ask.tx, ask.viewer, ask.params['feed'])
  if (!('run' in sent)) return wrong(ask, feed, sent.outcome)
  if (sent.outcome === 'another first') return wrong(ask, feed, sent.outcome)
  if (sent.outcome === 'sent before') return keptPage(ask, 409, ask.w.feeds.sentBefore)
  const { bytes } = await runOf(ask.tx, ask.place.id, sent.run)
  if (bytes <= read_at_once_bytes) await readRun(benchOf(ask), sent.run)
  return redirect(`/feeds/${feed.id}/runs/${sent.run}`)
}

const wrong = (ask: Ask, feed: Feed, kind: keyof Ask['w']['feeds']['fileErrors']) =>
  view(ask, feed, [{ field: 'file', text: ask.w.feeds.fileErrors[kind] }])

const view = async (ask: Ask, feed: Feed, errors: readonly FieldError[] = []) => {
  const words = ask.w.feeds
  const quality = await qualityOf(ask.tx, ask.place.id, feed.id, ask.house.now())
  const runs = await runsOf(ask.tx, ask.place.id, feed.id)
  const open = runs.find(({ state }) => state === 'columns' || state === 'ready' || state === 'second look')
  const names: Record<string, string> = words.issues
  const states: Record<string, string> = words.states
  return page({
    title: feed.name,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/feeds')}>{words.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{feed.name}</Title>
        {open && (
          <InsetText>
            <Link href={ask.href(`/feeds/${feed.id}/runs/${open.id}`)}>{words.waits}</Link>
          </InsetText>
        )}
        <Form ask={ask} upload>
          <FileUpload name="file" label={words.file} hint={words.fileHint} errorMessage={errors[0]?.text} />
          <Button preventDoubleClick>{words.sendButton}</Button>
        </Form>
        <h2 class="govuk-heading-m">{words.quality}</h2>
        {quality.length === 0 ? (
          <p class="govuk-body">{words.qualityNone}</p>
        ) : (
          <>
            <Table
              head={[words.issue, { text: words.count, format: 'numeric' }]}
              rows={quality.map(({ issue, people }) => [names[issue] ?? issue, { text: people, format: 'numeric' }])}
            />
            <p class="govuk-body">
              <Link href={ask.href(`/feeds/${feed.id}/mend.csv`)}>{words.qualityDownload}</Link>
            </p>
          </>
        )}
        <h2 class="govuk-heading-m">{words.runs}</h2>
        {runs.length === 0 && <p class="govuk-body">{words.never}</p>}
        <ul class="govuk-list govuk-list--spaced">
          {runs.map(({ id, state, started_at }) => (
            <li>
              <Link href={ask.href(`/feeds/${feed.id}/runs/${id}`)}>{moment(ask, started_at)}</Link>: {states[state]}
            </li>
          ))}
        </ul>
        {feed.by_system && (
          <>
            <h2 class="govuk-heading-m">{words.bySystemTitle}</h2>
            <p class="govuk-body">{words.bySystemText}</p>
            <p class="govuk-body">
              <code class="trellis-code" dir="ltr">
                PUT {ask.house.config.publicUrl}/api/feeds/{feed.id}
              </code>
            </p>
            <p class="govuk-body">
              <Link href="/api/openapi.json">{words.bySystemHelp}</Link>
            </p>
          </>
        )}
        {hasRole(ask.viewer, 'manager') && (
          <p class="govuk-body">
            <Link href={ask.href(`/feeds/${feed.id}/settings`)}>{words.change}</Link>
          </p>
        )}
      </>
    ),
  })
}

/** Who there is to mend, by the agency's own ids, and nothing else of them. */
export const mendFile: Handler = async (ask) => {
  const feed = await feedToSend(ask.tx, ask.viewer, ask.params['feed'])
  const words = ask.w.feeds
  const names: Record<string, string> = words.issues
  const rows = await mendList(ask.tx, ask.house.keys, ask.place.id, feed.id, ask.house.now())
  return {
    kind: 'download',
    type: 'text/csv; charset=utf-8',
    name: 'to-mend.csv',
    bytes: safeCsv([['id', words.issue], ...rows.map(({ own, issue }) => [own, names[issue] ?? issue])]),
    about: { kind: 'feed', id: feed.id },
  }
}
