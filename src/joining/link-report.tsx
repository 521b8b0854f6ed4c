/**
 * What a run did and why, as one page that opens without a network or JavaScript. It shows levels, weights and ids and no
 * value of any record, so that it can be filed beside a data protection impact assessment.
 */
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { bandOf, probability, scorerOf, type Linked, type Step, type Table as Records } from '../linkage/index.ts'
import type { LinkReport } from './link-files.ts'

const style = `
body{font:1rem/1.5 system-ui,sans-serif;color:#0b0c0c;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1,h2,h3{line-height:1.2}table{border-collapse:collapse;width:100%;margin:0 0 2rem}
caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #b1b4b6;vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{width:40%;min-width:8rem}.bar svg{display:block;width:100%;height:1.2rem}
.wide{overflow-x:auto}`

const for_ = '#00703c'
const against = '#d4351c'

/** The page as text. */
export const reportPage = (
  report: LinkReport,
  linked: Linked,
  table: Records,
  idOf: (record: number) => string,
): string =>
  `<!doctype html>${renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Linkage report</title>
        <style>{style}</style>
      </head>
      <body>
        <main>
          <h1>Linkage report</h1>
          <p>
            {count(report.records)} records, {count(report.pairs)} pairs compared, {count(report.links)} more likely
            than not to be one person or thing ({count(report.strong)} of them strong), {count(report.clusters)}{' '}
            clusters.{' '}
            {report.broken.length === 0
              ? 'Every row was read.'
              : `Rows that could not be read: ${count(report.broken.length)}.`}
          </p>
          <p>
            A link is a proposal: people decide. This page shows levels, weights and ids, and no value of any record.
          </p>
          <Measured report={report} />
          <Parameters linked={linked} />
          <Blocking costs={report.costs} />
          <Histogram linked={linked} />
          <Samples linked={linked} table={table} idOf={idOf} />
          <LeftOut broken={report.broken} />
          <h2>How the parameters came to be</h2>
          <ul>
            {linked.model.notes.map((note) => (
              <li>{note}</li>
            ))}
          </ul>
        </main>
      </body>
    </html>,
  )}`

/** The heads of columns of numbers, which stand on the right. */
const inNumbers = new Set(['m', 'u', 'Weight', 'Pairs', 'Probability from', 'Precision', 'Recall', 'F1'])

const count = (n: number): string => n.toLocaleString('en-GB')
const signed = (weight: number): string => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`
const share = (p: number): string => (p >= 0.001 ? p.toFixed(3) : p.toExponential(1))

const Table = ({
  caption,
  head,
  children,
}: {
  caption: string
  head: readonly string[]
  children: ComponentChildren
}) => (
  // It can be scrolled, so it can be reached by keyboard.
  <div class="wide" tabIndex={0} role="region" aria-label={caption}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((name) =>
            name === '' ? (
              <td></td>
            ) : (
              <th scope="col" class={inNumbers.has(name) ? 'n' : undefined}>
                {name}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
)

/** A page of more rows opens slowly; a file with more of them has one thing wrong with it. */
const most_broken = 10_000

const LeftOut = ({ broken }: Pick<LinkReport, 'broken'>) =>
  broken.length === 0 ? null : (
    <>
      <h2>Rows that were left out</h2>
      <Table caption="What could not be read, and why" head={['File', 'Line', 'Why']}>
        {broken.slice(0, most_broken).map(({ file, line, reason }) => (
          <tr>
            <td>{file}</td>
            <td>{line}</td>
            <td>{reason}</td>
          </tr>
        ))}
      </Table>
      {broken.length > most_broken && <p>And {count(broken.length - most_broken)} more.</p>}
    </>
  )

const Measured = ({ report: { measured, columns } }: { report: LinkReport }) =>
  measured === undefined ? null : (
    <>
      <h2>Against the truth</h2>
      <Table
        caption={`Measured against ${columns.truth}, which nothing was learned from`}
        head={['', 'Precision', 'Recall', 'F1']}
      >
        {Object.entries(measured).map(([name, { precision, recall, f1 }]) => (
          <tr>
            <th scope="row">{name}</th>
            {[precision, recall, f1].map((value) => (
              <td class="n">{value.toFixed(4)}</td>
            ))}
          </tr>
        ))}
      </Table>
    </>
  )

const Parameters = ({ linked: { model } }: { linked: Linked }) => {
  const weights = model.comparisons.flatMap(({ levels }) => levels.map(({ m, u }) => Math.log2(m / u)))
  const most = Math.max(...weights.map(Math.abs))
  return (
    <>
      <h2>What each agreement is worth</h2>
      <p>
        m: how often in records of one person; u: how often in records of two. The match weight is log2(m/u); 0 says
        nothing, each step of 1 doubles the odds. Missing values weigh nothing. Two records taken at random begin at{' '}
        {signed(model.prior)}. Where a value is rarer than usual, agreeing on it weighs more than is shown here.
      </p>
      {model.comparisons.map(({ name, levels }) => (
        <Table caption={name} head={['Level', 'm', 'u', 'Weight', '']}>
          {levels.toReversed().map(({ name: level, m, u }) => (
            <tr>
              <th scope="row">{level}</th>
              <td class="n">{share(m)}</td>
              <td class="n">{share(u)}</td>
              <td class="n">{signed(Math.log2(m / u))}</td>
              <td class="bar">
                <Bar from={0} to={Math.log2(m / u)} low={-most} high={most} />
              </td>
            </tr>
          ))}
        </Table>
      ))}
    </>
  )
}

/** A bar between two weights on a scale; its colour repeats the sign that the number beside it has. */
const Bar = ({ from, to, low, high }: { from: number; to: number; low: number; high: number }) => {
  const at = (weight: number): number => (100 * (weight - low)) / (high - low)
  const [left, right] = [at(Math.min(from, to)), at(Math.max(from, to))]
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect x={at(0)} y="0" width="0.3" height="10" fill="#505a5f" />
      <rect x={left} y="2" width={Math.max(0.4, right - left)} height="6" fill={to < from ? against : for_} />
    </svg>
  )
}

const Blocking = ({ costs }: { costs: LinkReport['costs'] }) => (
  <>
    <h2>Which pairs were compared</h2>
    <Table caption="Blocking rules, counted before they ran" head={['Records that agree on', 'Pairs', 'Run']}>
      {costs.map(({ rule, pairs, runs }) => (
        <tr>
          <th scope="row">{rule.join(' and ')}</th>
          <td class="n">{count(pairs)}</td>
          <td>{runs ? 'yes' : pairs === 0 ? 'no: no pairs' : 'no: too dear'}</td>
        </tr>
      ))}
    </Table>
  </>
)

const Histogram = ({ linked: { edges } }: { linked: Linked }) => {
  const bins = new Map<number, number>()
  for (const weight of edges.weight) {
    const bin = 2 * Math.floor(Math.min(40, weight) / 2)
    bins.set(bin, (bins.get(bin) ?? 0) + 1)
  }
  const most = Math.max(1, ...bins.values())
  return (
    <>
      <h2>How likely the pairs are</h2>
      <Table caption="Pairs by match weight" head={['Weight from', 'Probability from', 'Pairs', '']}>
        {[...bins]
          .sort(([a], [b]) => b - a)
          .map(([bin, pairs]) => (
            <tr>
              <th scope="row">{signed(bin)}</th>
              <td class="n">{probability(bin).toFixed(4)}</td>
              <td class="n">{count(pairs)}</td>
              <td class="bar">
                <Bar from={0} to={pairs} low={0} high={most} />
              </td>
            </tr>
          ))}
      </Table>
    </>
  )
}

const Samples = ({ linked, table, idOf }: { linked: Linked; table: Records; idOf: (record: number) => string }) => {
  const { edges, model } = linked
  const { strong, link, look } = model.thresholds
  const scorer = scorerOf(model, table)
  const order = Int32Array.from(edges.weight.keys()).sort((x, y) => edges.weight[y]! - edges.weight[x]! || x - y)
  const near = (weight: number): number | undefined => order.findLast((e) => edges.weight[e]! >= weight)
  const chosen = new Set([order[0], near(strong), near(link), near((link + look) / 2)].filter((e) => e !== undefined))
  return (
    <>
      <h2>Pairs, explained</h2>
      <p>The likeliest pair, and pairs about where the bands begin. Every weight is the sum of its steps.</p>
      {[...chosen].map((e) => {
        const [a, b, weight] = [edges.a[e]!, edges.b[e]!, edges.weight[e]!]
        const steps = scorer.explain(a, b).filter((step) => step.level !== 'missing')
        return (
          <Waterfall
            caption={`${idOf(a)} and ${idOf(b)}: ${signed(weight)}, ${(100 * probability(weight)).toFixed(1)}% likely, band ${bandOf(weight, model.thresholds)}`}
            steps={steps}
          />
        )
      })}
    </>
  )
}

const Waterfall = ({ caption, steps }: { caption: string; steps: readonly Step[] }) => {
  const sums = steps.reduce<number[]>((all, { weight }) => [...all, all.at(-1)! + weight], [0])
  const [low, high] = [Math.min(...sums), Math.max(...sums)]
  return (
    <Table caption={caption} head={['', 'What was found', 'Weight', '']}>
      {steps.map(({ comparison, level, weight }, i) => (
        <tr>
          <th scope="row">{comparison}</th>
          <td>{level}</td>
          <td class="n">{signed(weight)}</td>
          <td class="bar">
            <Bar from={sums[i]!} to={sums[i + 1]!} low={low} high={high} />
          </td>
        </tr>
      ))}
    </Table>
  )
}
