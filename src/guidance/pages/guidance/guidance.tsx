import type { ComponentChildren } from 'preact'
import { localDate } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { fill, NotificationBanner, page, Select, Table, Tag, Title, type Answer, type Ask } from '../../../web/index.ts'
import { isKind, kinds, type Guidance, type Kind } from '../../guidance.ts'
import { day } from '../../parts/day.ts'
import { guidanceFor } from '../../published.ts'
import { listPieces, type Listed } from '../../list-pieces.ts'

/** GET /guidance: what is due, and everything by kind. */
export const guidance = async (ask: Ask): Promise<Answer> => {
  const all = await listPieces(ask.tx, ask.place.id)
  const names = await namesFor(
    ask.tx,
    all.flatMap(({ drafts }) => drafts),
  )
  const today = localDate(ask.house.now(), ask.place.zone)
  const kind = isKind(ask.query['kind'] ?? '') ? (ask.query['kind'] as Kind) : undefined
  const w = ask.w.guidance.edit
  const rows = { ask, today, names }
  return page({
    title: kind && !ask.query['said'] ? w.kinds[kind] : w.title,
    wide: true,
    body: (
      <>
        <Said ask={ask} all={all} />
        <Title>{kind && !ask.query['said'] ? w.kinds[kind] : w.title}</Title>
        {kind && !ask.query['said'] ? (
          <OneKind
            {...rows}
            kind={kind}
            pieces={all.filter((one) => one.kind === kind)}
            guidance={await guidanceFor(ask)}
          />
        ) : (
          <Overview {...rows} all={all} />
        )}
      </>
    ),
  })
}

type Rows = { ask: Ask; today: string; names: ReadonlyMap<string, { name: string }> }

const Said = ({ ask, all }: { ask: Ask; all: readonly Listed[] }) => {
  const w = ask.w.guidance.edit
  const { said, kind, code } = ask.query
  const piece = all.find((one) => one.kind === kind && one.code === code)
  const sentence =
    (said === 'kept' && w.kept) ||
    (said === 'discarded' && w.discarded) ||
    (piece && said === 'published' && fill(w.published, { version: piece.version, name: piece.name })) ||
    (piece && said === 'taken' && fill(w.taken, { name: piece.name }))
  return sentence ? (
    <NotificationBanner type="success">
      <p class="govuk-notification-banner__heading">{sentence}</p>
    </NotificationBanner>
  ) : null
}

const Overview = ({ ask, today, names, all }: Rows & { all: readonly Listed[] }) => {
  const w = ask.w.guidance.edit
  const soon = localDate(new Date(ask.house.now().getTime() + 60 * 86_400_000), ask.place.zone)
  const due = all.filter(
    (one) => one.drafts.length > 0 || (!one.withdrawn && one.review_by !== null && one.review_by <= soon),
  )
  return (
    <>
      <p class="govuk-body-l">{w.lead}</p>
      <h2 class="govuk-heading-m">{w.needs}</h2>
      {due.length === 0 ? <p class="govuk-body">{w.needsNone}</p> : <Pieces {...{ ask, today, names }} pieces={due} />}
      <h2 class="govuk-heading-m">{w.all}</h2>
      <ul class="trellis-cards">
        {kinds.map((kind) => {
          const these = all.filter((one) => one.kind === kind && !one.withdrawn)
          const overdue = these.filter(({ review_by }) => review_by !== null && review_by < today).length
          const drafts = these.filter((one) => one.drafts.length > 0).length
          return (
            <li class="trellis-card">
              <a class="trellis-card__link" href={`/guidance?kind=${kind}`}>
                {w.kinds[kind]}
              </a>
              <p class="trellis-card__text">{fill(w.counts, { count: these.length })}</p>
              {overdue > 0 && <p class="trellis-card__text">{fill(w.overdueCount, { count: overdue })}</p>}
              {drafts > 0 && <p class="trellis-card__text">{fill(w.draftCount, { count: drafts })}</p>}
            </li>
          )
        })}
      </ul>
    </>
  )
}

type KindProps = Rows & { kind: Kind; pieces: readonly Listed[]; guidance: Guidance }

const OneKind = ({ ask, today, names, kind, pieces, guidance }: KindProps) => {
  const w = ask.w.guidance.edit
  const setting = ask.query['setting'] ?? ''
  const shown = kind === 'sign' && setting ? pieces.filter((one) => one.setting === setting) : pieces
  return (
    <>
      <p class="govuk-body">
        <a class="govuk-link" href="/guidance">
          {w.title}
        </a>
      </p>
      {kind === 'sign' && (
        <form class="trellis-narrow" method="get" action="/guidance">
          <input type="hidden" name="kind" value="sign" />
          <Select
            name="setting"
            label={{ text: w.inSetting, classes: 'govuk-label--s' }}
            value={setting}
            items={[
              { value: '', text: w.allSettings },
              ...guidance.settings.map(({ code, name }) => ({ value: code, text: name })),
            ]}
          />
          <button class="govuk-button govuk-button--secondary">{w.show}</button>
          <a
            class="govuk-link trellis-narrow__clear"
            href={`/guidance/sign/new${setting && `?setting=${encodeURIComponent(setting)}`}`}
          >
            {w.addSign}
          </a>
        </form>
      )}
      <Pieces {...{ ask, today, names }} pieces={shown} />
    </>
  )
}

const Pieces = ({ ask, today, names, pieces }: Rows & { pieces: readonly Listed[] }) => {
  const w = ask.w.guidance.edit
  return (
    <Table
      classes="trellis-pieces"
      head={[w.name, w.review, w.version, w.origin, w.state]}
      firstCellIsHeader
      rows={pieces.map((piece) => [
        { text: <Named piece={piece} /> },
        labelled(w.review, piece.review_by && day(ask, piece.review_by)),
        labelled(w.version, piece.version || ''),
        labelled(w.origin, piece.version > 0 && w[piece.origin]),
        labelled(w.state, isQuiet(piece, today) ? '' : <States {...{ ask, today, names, piece }} />),
      ])}
    />
  )
}

/** On a phone a cell says itself what it holds. */
const labelled = (label: string, text: ComponentChildren) => ({ text, attributes: { 'data-label': label } })

const isOverdue = (piece: Listed, today: string) =>
  !piece.withdrawn && piece.review_by !== null && piece.review_by < today
const isQuiet = (piece: Listed, today: string) =>
  !piece.withdrawn && !isOverdue(piece, today) && piece.drafts.length === 0

const Named = ({ piece }: { piece: Listed }) => (
  <>
    <a
      class="govuk-link trellis-words"
      href={
        piece.version === 0
          ? `/guidance/${piece.kind}/${piece.code}/preview?by=${piece.drafts[0]}`
          : `/guidance/${piece.kind}/${piece.code}`
      }
    >
      {piece.name}
    </a>{' '}
    <span class="trellis-piece-code">{piece.code}</span>
  </>
)

const States = ({ ask, today, names, piece }: Rows & { piece: Listed }) => {
  const w = ask.w.guidance.edit
  return (
    <>
      {piece.withdrawn && <Tag classes="govuk-tag--grey">{w.withdrawn}</Tag>}
      {isOverdue(piece, today) && <Tag classes="govuk-tag--red">{w.overdue}</Tag>}
      {piece.drafts.map((by) => (
        <Tag classes="govuk-tag--yellow">{fill(w.draftBy, { name: names.get(by)?.name ?? '' })}</Tag>
      ))}
    </>
  )
}
