import {
  calledInLists,
  disagreements,
  most_queued,
  most_suspicions,
  suspicionsFor,
  type Kind,
} from '../../../joining/index.ts'
import { Button, fill, page, Table, Title, type Ask, type Handler } from '../../../web/index.ts'
import { frontDoor } from '../../front-door.ts'
import { reviewQueue } from '../../review.ts'
import { counted, when } from '../said.tsx'
import { Saved } from './pair.tsx'

const most_listed = 25

/** What waits for an answer: how much, and the first of it. */
export const waiting: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const words = ask.w.joining.review
  const pairs = await reviewQueue(ask.tx, worker)
  const suspicions = await suspicionsFor(ask.tx, worker)
  const differing = await disagreements(ask.tx, worker)
  const listed = pairs.slice(0, most_listed)
  const concerns = listed.flatMap(({ concern }) => concern ?? [])
  const references = concerns.length
    ? await ask.tx.selectFrom('concern').select(['id', 'reference']).where('id', 'in', concerns).execute()
    : []
  const known = new Map(references.map(({ id, reference }) => [id, reference]))
  const called = await calledInLists(ask.tx, ask.house.keys, worker, [
    ...[...listed, ...differing].flatMap(({ a_id, b_id }) => [a_id, b_id]),
    ...suspicions.flatMap(({ first }) => first ?? []),
  ])
  const urgency = words.urgency as Record<string, string>
  return page({
    title: words.title,
    frame: 'staff',
    wide: true,
    body: (
      <>
        <Saved ask={ask} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <p class="govuk-body govuk-!-font-weight-bold">
          {pairs.length === 0
            ? words.none
            : pairs.length === most_queued
              ? fill(words.count.most, { count: most_queued })
              : counted(words.count, pairs.length)}
        </p>
        {pairs[0] && (
          <>
            <Button href={ask.href(`/joining/${pairs[0].id}`)}>{words.start}</Button>
            <Table
              caption={words.list}
              captionClasses="govuk-table__caption--m"
              classes="govuk-table--small-text-until-tablet"
              head={[{ text: words.head.what }, { text: words.head.urgency }, { text: words.head.concern }]}
              rows={listed.map(({ id, concern, rank, ...pair }) => {
                const where = concern ? fill(words.concernOf, { reference: known.get(concern) ?? '' }) : words.record
                return [
                  { text: <PairLink ask={ask} id={id} pair={pair} called={called} where={where} /> },
                  { text: urgency[String(rank)]! },
                  { text: where },
                ]
              })}
            />
          </>
        )}
        <Suspicions ask={ask} suspicions={suspicions} called={called} />
        {differing.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.disagreements}</h2>
            <p class="govuk-body">{words.disagreementsText}</p>
            <ul class="govuk-list govuk-list--bullet">
              {differing.map(({ proposal, at, ...pair }) => (
                <li>
                  <PairLink ask={ask} id={proposal} pair={pair} called={called} />, {when(ask, at)}
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    ),
  })
}

type Called = ReadonlyMap<string, string>
type PairLinkProps = {
  ask: Ask
  id: string
  pair: { kind: Kind; a_id: string; b_id: string }
  called: Called
  where?: string
}

/** "Person: Kate Novitska and Katarzyna Nowicka": no two links of a list say the same, and each says which pair it opens. */
const PairLink = ({ ask, id, pair: { kind, a_id, b_id }, called, where }: PairLinkProps) => {
  const { kinds, review } = ask.w.joining
  const [a, b] = [called.get(a_id), called.get(b_id)].sort((x, y) => Number(!x) - Number(!y))
  return (
    <a class="govuk-link" href={ask.href(`/joining/${id}`)}>
      <bdi>{fill(review.pair, { kind: kinds[kind], a: a ?? review.aRecord, b: b ?? review.aRecord })}</bdi>
      {where && <span class="govuk-visually-hidden">, {where}</span>}
    </a>
  )
}

/** What is known as one and looks wrong, with the reasons as far as a list may give them. */
type SuspicionsProps = { ask: Ask; suspicions: Awaited<ReturnType<typeof suspicionsFor>>; called: Called }

const Suspicions = ({ ask, suspicions, called }: SuspicionsProps) => {
  const words = ask.w.joining.suspicion
  if (suspicions.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{words.list}</h2>
      <p class="govuk-body">{words.listText}</p>
      <Table
        caption={words.list}
        captionClasses="govuk-visually-hidden"
        classes="govuk-table--small-text-until-tablet"
        head={[{ text: words.head.what }, { text: words.head.why }, { text: words.head.records }]}
        rows={suspicions.map(({ id, kind, records, first, reasons }) => [
          {
            text: (
              <a class="govuk-link" href={ask.href(`/joining/suspicions/${id}`)}>
                {words.titles[kind]} <bdi>{called.get(first ?? '') ?? ask.w.joining.panel.ofAnother}</bdi>
              </a>
            ),
          },
          { text: reasons.map((reason) => (reason ? words.short[reason] : words.shortHidden)).join('. ') },
          { text: String(records) },
        ])}
      />
      {suspicions.length === most_suspicions && (
        <p class="govuk-body">{fill(words.most, { count: most_suspicions })}</p>
      )}
    </>
  )
}
