import { entryKinds, significances } from '../../../subjects/index.ts'
import { Button, DateBoxes, Details, Link, Select, type Ask } from '../../../web/index.ts'
import { lineKinds } from '../../chronology/lines.ts'

const fields = [
  'kind',
  'source',
  'significance',
  'from-day',
  'from-month',
  'from-year',
  'to-day',
  'to-month',
  'to-year',
]

/** What the address narrows to, to go on with: codes and dates alone. */
export const narrowedTo = ({ query }: Ask): string =>
  String(new URLSearchParams(fields.flatMap((name) => (query[name] ? [[name, query[name]]] : []))))

/** Which part of the story: it stands in the address, so it is there again after the back button. */
export const Narrow = ({ ask, sources }: { ask: Ask; sources: ReadonlyMap<string, string> }) => {
  const words = ask.w.support.chronology
  const any = { value: '', text: words.any }
  const kinds = new Map<string, string>([
    ...entryKinds.map((kind): [string, string] => [kind, ask.w.subjects.entryKinds[kind]]),
    ...lineKinds.map((kind): [string, string] => [kind, ask.w.subjects.lineKinds[kind]]),
  ])
  return (
    <Details summary={words.narrow} open={narrowedTo(ask) !== ''}>
      <form
        method="get"
        action={ask.href(ask.path)}
        class="trellis-choices-bar"
        role="search"
        aria-label={words.narrow}
      >
        <Select
          name="kind"
          label={words.kind}
          value={ask.query['kind']}
          items={[any, ...[...kinds].map(([value, text]) => ({ value, text }))]}
        />
        <Select
          name="source"
          label={words.source}
          value={ask.query['source']}
          items={[any, ...[...sources].map(([value, text]) => ({ value, text }))]}
        />
        <Select
          name="significance"
          label={words.significance}
          value={ask.query['significance']}
          items={[any, ...significances.map((value) => ({ value, text: ask.w.subjects.significances[value] }))]}
        />
        <DateBoxes ask={ask} name="from" legend={words.from} form={ask.query} errors={[]} />
        <DateBoxes ask={ask} name="to" legend={words.to} form={ask.query} errors={[]} />
        <div class="trellis-choices-bar__act">
          <Button classes="govuk-button--secondary">{words.show}</Button>
          <Link href={ask.href(ask.path)}>{words.clear}</Link>
        </div>
      </form>
    </Details>
  )
}
