import { seenDifferently, sideBySide, type Seen } from '../../../joining/index.ts'
import { isId } from '../../../platform/index.ts'
import {
  BackLink,
  Errors,
  fill,
  InsetText,
  NotificationBanner,
  page,
  redirect,
  Table,
  Tag,
  Title,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { frontDoor } from '../../front-door.ts'
import { pairFor, type Join } from '../../joins.ts'
import { reviewQueue } from '../../review.ts'
import { JoinCard, namesIn, Whose, type Names } from '../concern/joins.tsx'
import { when, Written } from '../said.tsx'
import { AnswerOrUndo, takeAnswer, takeBack, type Taken } from './answer.tsx'

/** One pair that waits: both sides, what differs, and the answer. The next follows at once. */
export const pair: Handler = async (ask) => shown(ask, await pairAsked(ask), [])

export const pairAnswered: Handler = async (ask) => {
  const asked = await pairAsked(ask)
  const { id } = asked.found
  const next = after(await reviewQueue(ask.tx, asked.worker), id)
  const taken = await takeAnswer(ask, asked.worker, asked.found, ask.w.joining.review.whyEmpty)
  if ('errors' in taken) return again(ask, asked, taken)
  const done = taken.done === 'decided' ? id : taken.done
  return redirect(`/joining/${next ?? ''}?done=${encodeURIComponent(done)}`.replace('/?', '?'))
}

export const pairUndone: Handler = async (ask) => {
  const asked = await pairAsked(ask)
  const taken = await takeBack(ask, asked.worker)
  return 'errors' in taken ? again(ask, asked, taken) : redirect('/joining?done=undone')
}

type Asked = Awaited<ReturnType<typeof pairAsked>>

const again = async (ask: Ask, asked: Asked, { errors, status }: Extract<Taken, { errors: unknown }>) =>
  shown(ask, status ? await pairAsked(ask) : asked, errors, status)

const pairAsked = async (ask: Ask) => {
  const worker = frontDoor(ask.viewer)
  return { worker, found: await pairFor(ask.tx, ask.house.keys, worker, ask.params['proposal'], ask.house.now()) }
}

/** Whatever stands after this one; behind the last comes the first again. */
const after = (queue: readonly { id: string }[], id: string): string | undefined => {
  const others = queue.filter((one) => one.id !== id)
  const at = queue.findIndex((one) => one.id === id)
  return (others[Math.max(at, 0)] ?? others[0])?.id
}

const shown = async (
  ask: Ask,
  { worker, found }: Asked,
  errors: FieldError[],
  status: Page['status'] = errors.length ? 422 : 200,
): Promise<Page> => {
  const { questions, review } = ask.w.joining
  const queue = await reviewQueue(ask.tx, worker)
  const at = queue.findIndex(({ id }) => id === found.id)
  const next = after(queue, found.id)
  const seen = await seenDifferently(ask.tx, ask.house.keys, worker, found)
  const names = await namesIn(
    ask,
    [found],
    seen.map(({ staff_id }) => staff_id),
  )
  return page({
    title: questions[found.kind],
    status,
    frame: 'staff',
    wide: true,
    script: 'review',
    about: { kind: 'proposal', id: found.id },
    body: (
      <>
        <BackLink href={ask.href('/joining')}>{review.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Saved ask={ask} />
        <Title caption={at < 0 ? undefined : fill(review.place, { number: at + 1, count: queue.length })}>
          {questions[found.kind]}
        </Title>
        {found.blind && <p class="govuk-hint">{review.blindText}</p>}
        <SideBySide ask={ask} join={found} names={names} />
        <JoinCard ask={ask} join={found} names={names} headingLevel={2} isBeside={areBoth(found)} />
        <Differing ask={ask} seen={seen} names={names} />
        <div id="review" data-keys={review.keys} data-on={review.keysOn} data-off={review.keysOff}>
          <AnswerOrUndo
            ask={ask}
            address={`/joining/${found.id}`}
            join={found}
            errors={errors}
            why={review.why}
            whyHint={review.whyHint}
          />
        </div>
        {next && (
          <p class="govuk-body">
            <a class="govuk-link" href={ask.href(`/joining/${next}`)} data-next>
              {review.next}
            </a>
          </p>
        )}
      </>
    ),
  })
}

/** What each said, and why, where two saw it differently: whoever answers or takes back reads both. */
const Differing = ({ ask, seen, names }: { ask: Ask; seen: readonly Seen[]; names: Names }) => {
  const { review, panel, answers: called } = ask.w.joining
  if (seen.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{review.disagreements}</h2>
      <p class="govuk-body">{review.differText}</p>
      {seen.map(({ staff_id, at, answer, why }) => (
        <div class="trellis-join__answer">
          <p class="govuk-body govuk-!-margin-bottom-1">
            <strong>
              {fill(panel.said, { name: names.named(staff_id), when: when(ask, at), answer: called[answer] })}
            </strong>
          </p>
          {why && <Written>{why}</Written>}
        </div>
      ))}
    </>
  )
}

/** That the answer before was saved, and the way back to it. */
export const Saved = ({ ask }: { ask: Ask }) => {
  const { review } = ask.w.joining
  const { done } = ask.query
  const outcome = (ask.w.joining.done as Record<string, string>)[done ?? '']
  if (!done || !(outcome || isId(done))) return null
  return (
    <NotificationBanner type="success" title={ask.w.common.saved}>
      <p class="govuk-notification-banner__heading">
        {outcome ?? review.saved}{' '}
        {!outcome && (
          <a class="govuk-notification-banner__link" href={ask.href(`/joining/${done}`)}>
            {review.again}
          </a>
        )}
      </p>
    </NotificationBanner>
  )
}

/** Whether this reader may see what both sides say. */
const areBoth = ({ here, there }: Join): boolean => Boolean(here.standard && there.standard)

const SideBySide = ({ ask, join, names }: { ask: Ask; join: Join; names: Names }) => {
  const { review } = ask.w.joining
  const { here, there } = join
  if (!here.standard || !there.standard) return <InsetText>{review.masked}</InsetText>
  const values = (said: readonly string[]) =>
    said.length === 0 ? (
      <span class="govuk-hint">{review.nothing}</span>
    ) : (
      said.map((value, i) => (
        <>
          {i > 0 && <br />}
          <bdi>{value}</bdi>
        </>
      ))
    )
  return (
    // Wider than a telephone where names are long: it moves by itself there, and the page does not.
    <div class="trellis-beside trellis-beside--pair" role="group" tabindex={0} aria-label={review.table}>
      <Table
        caption={review.table}
        captionClasses="govuk-table__caption--m"
        firstCellIsHeader
        head={[
          { text: review.field },
          { text: <Whose ask={ask} side={here} reference={join.hereReference} names={names} /> },
          { text: <Whose ask={ask} side={there} reference={join.reference} names={names} /> },
          { text: review.compared },
        ]}
        rows={sideBySide(here.standard, there.standard, join.steps).map(
          ({ field, here: mine, there: theirs, compared }) => [
            { text: review.fields[field] },
            { text: values(mine) },
            { text: values(theirs) },
            { text: <Tag classes={tags[compared]}>{review.states[compared]}</Tag> },
          ],
        )}
      />
    </div>
  )
}
const tags = {
  same: 'govuk-tag--green',
  partly: 'govuk-tag--yellow',
  alike: 'govuk-tag--yellow',
  differs: 'govuk-tag--red',
  'only here': 'govuk-tag--grey',
  'only elsewhere': 'govuk-tag--grey',
}
