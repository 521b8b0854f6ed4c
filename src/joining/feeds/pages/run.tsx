import { z } from 'zod'
import { asProduct, dataKeyOf, openText, type StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  Errors,
  fill,
  Form,
  keptPage,
  Link,
  page,
  readForm,
  redirect,
  Select,
  SummaryList,
  Table,
  Title,
  typed,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { answerLook, confirmRun, maySecond, runFor, sayColumns, stopRun, type Found } from '../answer.ts'
import { differences, holds, type Holds } from '../columns.ts'
import { leftOutOf } from '../queries.ts'
import type { Reason } from '../read-row.ts'
import { headAt, readRun, type Head } from '../read-run.ts'
import { safeCsv } from '../safe-csv.ts'
import { benchOf } from './feed.tsx'

/** One file: what it would change, or what was done with it. */
export const runPage: Handler = async (ask) => view(ask, await find(ask))

const find = (ask: Ask): Promise<Found> => runFor(ask.tx, ask.viewer, ask.params['feed'], ask.params['run'])

export const sendRun: Handler = async (ask) => {
  const found = await find(ask)
  const { act } = z.object({ act: z.enum(['apply', 'stop', 'yes', 'no', 'columns']).catch('columns') }).parse(ask.form)
  const worker = ask.viewer as StaffViewer
  const now = ask.house.now()
  if (act === 'columns') return sendColumns(ask, found)
  const outcome =
    act === 'apply'
      ? await confirmRun(ask.tx, worker, found, now)
      : act === 'stop'
        ? await stopRun(ask.tx, worker, found, now)
        : await answerLook(ask.tx, worker, found, act === 'yes' ? 'apply' : 'stop', now)
  if (outcome === 'too late') return keptPage(ask, 409, ask.w.feeds.run.late)
  return redirect(`/feeds/${found.feed.id}/runs/${found.run.id}`)
}

const sendColumns = async (ask: Ask, found: Found) => {
  const head = await headOf(ask, found)
  if (!head) return keptPage(ask, 409, ask.w.feeds.run.late)
  const names = head.header.filter(Boolean)
  const shape = Object.fromEntries(names.map((_, i) => [`column-${i}`, z.enum(holds)]))
  const read = readForm(z.object(shape), ask.form)
  const said = read.ok ? (read.value as Record<string, Holds>) : {}
  const columns = Object.fromEntries(names.map((name, i) => [name, said[`column-${i}`] ?? 'ignore']))
  const outcome = await sayColumns(ask.tx, ask.viewer as StaffViewer, found, columns)
  if (outcome === 'too late') return keptPage(ask, 409, ask.w.feeds.run.late)
  if (outcome !== 'said') return view(ask, found, [{ field: 'column-0', text: ask.w.feeds.columns.errors[outcome] }])
  if (found.run.bytes <= 200_000) await readRun(benchOf(ask), found.run.id)
  return redirect(`/feeds/${found.feed.id}/runs/${found.run.id}`)
}

const headOf = async (ask: Ask, { run }: Found): Promise<Head | undefined> => {
  if (run.state !== 'columns' || !run.head_sealed) return undefined
  const key = await asProduct(ask.tx, () =>
    dataKeyOf(ask.tx, ask.house.keys, ask.place.id, { kind: 'feed run', id: run.id }),
  )
  return JSON.parse(openText(key, headAt(run.id), run.head_sealed)) as Head
}

const most_shown = 100

const view = async (ask: Ask, found: Found, errors: readonly FieldError[] = []) => {
  const { feed, run } = found
  const words = ask.w.feeds
  const head = await headOf(ask, found)
  const rows = await leftOutOf(ask.tx, ask.place.id, run.id, most_shown)
  const isOver = run.ended_at !== null
  const title = head ? words.columns.title : isOver ? words.run.doneTitle : words.run.title
  const read = run.state !== 'arriving' && run.state !== 'reading' && run.state !== 'columns' && run.state !== 'refused'
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href(`/feeds/${feed.id}`)}>{feed.name}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        {!head && (
          <p class="govuk-body">
            <strong class="govuk-tag govuk-tag--grey">{words.states[run.state]}</strong>
          </p>
        )}
        {run.reason && <p class="govuk-body">{words.refusals[run.reason]}</p>}
        {(run.state === 'reading' || run.state === 'applying') && (
          <p class="govuk-body">
            <Link href={ask.href(ask.path)}>{words.again}</Link>
          </p>
        )}
        {head && <Columns ask={ask} found={found} head={head} />}
        {read && <Counts ask={ask} found={found} />}
        {run.state === 'ready' && (
          <Form ask={ask} once>
            <div class="govuk-button-group">
              <Button name="act" value="apply">
                {words.run.apply}
              </Button>
              <Button name="act" value="stop" classes="govuk-button--secondary">
                {words.run.stop}
              </Button>
            </div>
          </Form>
        )}
        {run.state === 'second look' && <SecondLook ask={ask} found={found} />}
        {rows.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.run.leftOut}</h2>
            <p class="govuk-body">{words.run.leftOutIntro}</p>
            <Table
              head={[words.run.line, words.run.why]}
              rows={rows.map((row) => [{ text: row.line }, sentence(ask, row)])}
            />
            {run.broken_rows > rows.length && (
              <p class="govuk-body">{fill(words.run.leftOutMore, { shown: rows.length, all: run.broken_rows })}</p>
            )}
            <p class="govuk-body">
              <Link href={ask.href(`/feeds/${feed.id}/runs/${run.id}/left-out.csv`)}>{words.run.leftOutDownload}</Link>
            </p>
          </>
        )}
      </>
    ),
  })
}

const sentence = (ask: Ask, row: { reason: string | null; at_column: string | null; number: number | null }): string =>
  fill(ask.w.feeds.reasons[row.reason as Reason], { column: row.at_column ?? '', number: row.number ?? '' })

const Counts = ({ ask, found: { run } }: { ask: Ask; found: Found }) => {
  const words = ask.w.feeds.run
  const row = (key: string, value: string | number) => ({ key, value: String(value) })
  return (
    <SummaryList
      rows={[
        row(words.before, run.before_rows),
        row(words.counts.new, run.new_rows),
        row(words.counts.changed, run.changed_rows),
        row(words.counts.same, run.same_rows),
        row(words.counts.gone, run.gone_rows),
        row(words.counts.broken, run.broken_rows),
        row(words.encoding, run.encoding ?? ''),
      ]}
    />
  )
}

const SecondLook = ({ ask, found: { run } }: { ask: Ask; found: Found }) => {
  const words = ask.w.feeds.run
  return (
    <>
      <h2 class="govuk-heading-m">{words.lookTitle}</h2>
      <WarningText>{fill(words.look, { gone: run.gone_rows, before: run.before_rows })}</WarningText>
      {maySecond(ask.viewer as StaffViewer, run) ? (
        <Form ask={ask} once>
          <div class="govuk-button-group">
            <Button name="act" value="yes" classes="govuk-button--warning">
              {words.lookYes}
            </Button>
            <Button name="act" value="no" classes="govuk-button--secondary">
              {words.lookNo}
            </Button>
          </div>
        </Form>
      ) : (
        <p class="govuk-body">{words.lookWait}</p>
      )}
    </>
  )
}

const Columns = ({ ask, found, head }: { ask: Ask; found: Found; head: Head }) => {
  const words = ask.w.feeds.columns
  const { missing } = differences(head.header, found.feed.columns ?? {})
  return (
    <>
      <p class="govuk-body">{words.intro}</p>
      {missing.length > 0 && <WarningText>{fill(words.missing, { columns: missing.join(', ') })}</WarningText>}
      <Form ask={ask} once>
        {head.header.filter(Boolean).map((name, i) => {
          const values = head.samples.map((row) => row[head.header.indexOf(name)]).filter(Boolean)
          return (
            <Select
              name={`column-${i}`}
              label={name}
              hint={values.length ? fill(words.example, { values: values.join('; ') }) : undefined}
              value={typed(ask.form, `column-${i}`) || head.guessed[name] || 'ignore'}
              items={holds.map((one) => ({ value: one, text: words.holds[one] }))}
            />
          )
        })}
        <div class="govuk-button-group">
          <Button name="act" value="columns">
            {words.save}
          </Button>
          <Button name="act" value="stop" classes="govuk-button--secondary">
            {ask.w.feeds.run.stop}
          </Button>
        </div>
      </Form>
    </>
  )
}

/** Every line that was left out with the reason, and no word of it. */
export const leftOutFile: Handler = async (ask) => {
  const { run } = await find(ask)
  const words = ask.w.feeds.run
  const rows = await leftOutOf(ask.tx, ask.place.id, run.id, 1_000_000)
  return {
    kind: 'download',
    type: 'text/csv; charset=utf-8',
    name: 'left-out.csv',
    bytes: safeCsv([[words.line, words.why], ...rows.map((row) => [row.line, sentence(ask, row)])]),
  }
}
