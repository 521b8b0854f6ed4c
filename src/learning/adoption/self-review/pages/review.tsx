import { NotFound } from '../../../../platform/index.ts'
import {
  Button,
  fill,
  Form,
  InsetText,
  redirect,
  Tag,
  TaskList,
  type Ask,
  type Handler,
} from '../../../../web/index.ts'
import { dayOf, mayWrite, onePage, workerOf } from '../../pages/frame.tsx'
import { endReview } from '../answer.ts'
import { ratingLabel, sets, type Principle, type Rating } from '../principles.ts'
import { answersOf, reviewWith, type Answer } from '../queries.ts'

/** One review: each principle with what the viewer's agency says of it, and how many others have. */
export const reviewPage: Handler = async (ask) => {
  const review = await reviewHere(ask)
  const words = ask.w.adoption.review
  const answers = await answersOf(ask.tx, ask.viewer.partnership, [review.id])
  const { agency } = workerOf(ask)
  return onePage({
    ask,
    title: review.name,
    caption: dayOf(ask, review.begun_on),
    back: { href: '/self-review', text: words.title },
    children: (
      <>
        <InsetText>{review.ended_at ? words.isEnded : words.compass}</InsetText>
        {sets.map((set) => (
          <>
            <h2 class="govuk-heading-m">{set.title}</h2>
            <p class="govuk-body">{set.about}</p>
            <TaskList
              idPrefix={set.code}
              items={set.principles.map((principle) => ({
                title: principle.name,
                href: ask.href(`/self-review/${review.id}/${principle.code}`),
                ...saidOf(ask, answers, principle, agency),
              }))}
            />
          </>
        ))}
        {mayWrite(ask) && !review.ended_at && (
          <Form ask={ask} action={`/self-review/${review.id}/end`} once>
            <p class="govuk-body">{words.endText}</p>
            <Button classes="govuk-button--secondary" preventDoubleClick>
              {words.end}
            </Button>
          </Form>
        )}
      </>
    ),
  })
}

export const sendEnd: Handler = async (ask) => {
  const { id } = await reviewHere(ask)
  await endReview(ask.tx, workerOf(ask), id, ask.house.now())
  return redirect(`/self-review/${id}?done=review-ended`)
}

/** @throws {NotFound} */
export const reviewHere = async (ask: Ask) => {
  const found = await reviewWith(ask.tx, ask.viewer.partnership, ask.params['id']!)
  if (!found) throw new NotFound()
  return found
}

const saidOf = (ask: Ask, answers: readonly Answer[], { code }: Principle, agency: string) => {
  const words = ask.w.adoption.review
  const all = answers.filter(({ principle }) => principle === code)
  const own = all.find(({ agency_id }) => agency_id === agency)
  const others = all.length - (own ? 1 : 0)
  return {
    hint: others === 0 ? undefined : others === 1 ? words.others.one : fill(words.others.many, { count: others }),
    status: own ? <RatingTag rating={own.rating} /> : words.notAnswered,
  }
}

const colours = { 'not yet': 'grey', beginning: 'yellow', 'in place': 'blue', heard: 'green' } as const
export const RatingTag = ({ rating }: { rating: Rating }) => (
  <Tag classes={`govuk-tag--${colours[rating]}`}>{ratingLabel(rating)}</Tag>
)
