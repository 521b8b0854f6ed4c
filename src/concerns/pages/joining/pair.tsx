import { z } from 'zod'
import {
  answerBlindly,
  answers,
  askedBlindly,
  decide,
  seenDifferently,
  sideBySide,
  undo,
  waterfall,
  type Seen,
} from '../../../joining/index.ts'
import { isId } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  BackLink,
  Errors,
  fill,
  InsetText,
  NotificationBanner,
  page,
  readForm,
  redirect,
  Table,
  Tag,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { longest } from '../../concern.ts'
import { frontDoor } from '../../front-door.ts'
import { pairFor, type Join } from '../../joins.ts'
import { reviewQueue } from '../../review.ts'
import { Answer, namesIn, Undo } from '../concern/join.tsx'
import { JoinCard, Whose, type Names } from '../concern/joins.tsx'
import { written } from '../concern/act.tsx'
import { when, Written } from '../said.tsx'

/** One pair that waits: both sides, what differs, and the answer. The next follows at once. */
export const pair: Handler = async (ask) => shown(ask, await pairAsked(ask), [])

export const pairAnswered: Handler = async (ask) => {
  const asked = await pairAsked(ask)
  const { form, review, answers: names } = ask.w.joining
  const schema = z.strictObject({
    answer: z.enum(answers, form.answerMissing),
    why: z.string().trim().max(longest).default(''),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return shown(ask, asked, read.errors)
  const { here, there, steps, id } = asked.found
  const queue = await reviewQueue(ask.tx, asked.worker)
  const said = { answer: read.value.answer, why: read.value.why || review.whyEmpty, at: ask.house.now() }
  const next = after(queue, id)
  const goOn = (done: string) => redirect(`/joining/${next ?? ''}?done=${encodeURIComponent(done)}`.replace('/?', '?'))
  if (asked.blind?.decision_id) {
    await answerBlindly(ask.tx, ask.house.keys, asked.worker, asked.found, said)
    return goOn(id)
  }
  const outcome = await decide(ask.tx, ask.house.keys, asked.worker, id, {
    ...said,
    shown: waterfall(steps, { here: here.standard, there: there.standard }, ask.w.joining).lines.map(
      ({ text }) => text,
    ),
  })
  if (outcome.outcome === 'decided') return goOn(id)
  if (outcome.outcome === 'answered already')
    return shown(ask, asked, [{ field: 'form', text: form.answeredAlready }], 409)
  if (!('standing' in outcome)) return goOn(outcome.outcome)
  const { standing } = outcome
  const name = (await namesFor(ask.tx, [standing.staff_id])).get(standing.staff_id)?.name ?? ask.w.duty.someone
  const told = { name, when: when(ask, standing.at), answer: names[standing.answer], why: standing.why ?? '' }
  const text = fill(outcome.outcome === 'contradicts' ? form.contradicts : form.before, told)
  return shown(ask, await pairAsked(ask), [{ field: 'form', text }], 409)
}

export const pairUndone: Handler = async (ask) => {
  const asked = await pairAsked(ask)
  const { form } = ask.w.joining
  const schema = z.strictObject({ decision: z.string(), undo: written(ask.w.duty, form.whyMissing) })
  const read = readForm(schema, ask.form)
  if (!read.ok) return shown(ask, asked, read.errors)
  const { decision, undo: why } = read.value
  const outcome = await undo(ask.tx, ask.house.keys, asked.worker, decision, { why, at: ask.house.now() })
  if (outcome === 'undone') return redirect('/joining?done=undone')
  return shown(ask, asked, [{ field: 'form', text: form.undoneBefore }], 409)
}

const pairAsked = async (ask: Ask) => {
  const worker = frontDoor(ask.viewer)
  const found = await pairFor(ask.tx, ask.house.keys, worker, ask.params['proposal'], ask.house.now())
  const blind = await askedBlindly(ask.tx, worker, found)
  // Whoever is asked blindly hears what others said only after they have answered.
  return { worker, blind, found: blind ? { ...found, decisions: [], standing: undefined, joined: false } : found }
}

/** Whatever stands after this one; behind the last comes the first again. */
const after = (queue: readonly { id: string }[], id: string): string | undefined => {
  const others = queue.filter((one) => one.id !== id)
  const at = queue.findIndex((one) => one.id === id)
  return (others[Math.max(at, 0)] ?? others[0])?.id
}

const shown = async (
  ask: Ask,
  { worker, found, blind }: Awaited<ReturnType<typeof pairAsked>>,
  errors: FieldError[],
  status: Page['status'] = errors.length ? 422 : 200,
): Promise<Page> => {
  const { form, questions, review } = ask.w.joining
  const queue = await reviewQueue(ask.tx, worker)
  const at = queue.findIndex(({ id }) => id === found.id)
  const next = after(queue, found.id)
  const seen = await seenDifferently(ask.tx, ask.house.keys, worker, found)
  const names = await namesIn(
    ask,
    [found],
    seen.map(({ staff_id }) => staff_id),
  )
  const address = `/joining/${found.id}`
  const kept = typed(ask.form, 'why')
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
        {blind && <p class="govuk-hint">{review.blindText}</p>}
        <SideBySide ask={ask} join={found} names={names} />
        <JoinCard ask={ask} join={found} names={names} headingLevel={2} />
        <Differing ask={ask} seen={seen} names={names} />
        <div id="review" data-keys={review.keys} data-on={review.keysOn} data-off={review.keysOff}>
          {found.standing ? (
            <Undo ask={ask} address={address} standing={found.standing} errors={errors} />
          ) : (
            <Answer ask={ask} address={address} errors={errors} why={review.why} whyHint={review.whyHint} />
          )}
          {found.standing && kept && (
            <Textarea name="why" id="why" label={form.why} value={kept} attributes={{ readonly: true }} />
          )}
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
    <NotificationBanner type="success" title={ask.w.common.save}>
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
