import { z } from 'zod'
import { localDate } from '../../../../platform/index.ts'
import {
  Button,
  DateBoxes,
  dateBoxes,
  dateShown,
  fill,
  Form,
  Link,
  needDate,
  readForm,
  redirect,
  Tag,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../../web/index.ts'
import { dayOf, Line, listPage, mayWrite, mustLine, onePage, workerOf } from '../../pages/frame.tsx'
import { beginReview } from '../answer.ts'
import { reviewsOf } from '../queries.ts'

/** The times at which the partnership looked at itself, the latest first. */
export const reviewsPage: Handler = async (ask) => {
  const words = ask.w.adoption.review
  const all = await reviewsOf(ask.tx, ask.viewer.partnership)
  return listPage({
    ask,
    tab: 'review',
    title: words.title,
    intro: words.intro,
    button: mayWrite(ask) && <Button href={ask.href('/self-review/new')}>{words.begin}</Button>,
    children: (
      <>
        {all.length === 0 && <p class="govuk-body">{words.none}</p>}
        {all.length > 0 && (
          <p class="govuk-body">
            <Link href={ask.href('/self-review/compare')}>{words.compare}</Link>
          </p>
        )}
        <ul class="trellis-rows">
          {all.map(({ id, name, begun_on, agencies, ended_at }) => (
            <li class="trellis-row">
              <div>
                <Link href={ask.href(`/self-review/${id}`)}>{name}</Link>
                <span class="trellis-row__more">
                  {dayOf(ask, begun_on)} · {agenciesSaid(ask, agencies)}
                </span>
              </div>
              <div class="trellis-row__tags">
                <Tag classes={ended_at ? 'govuk-tag--grey' : 'govuk-tag--blue'}>
                  {ended_at ? words.ended : words.open}
                </Tag>
              </div>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}

const agenciesSaid = (ask: Ask, count: number): string => {
  const { agencies } = ask.w.adoption.review
  return count === 1 ? agencies.one : fill(agencies.many, { count })
}

export const newReviewPage: Handler = (ask) =>
  newView({ ...ask, form: dateShown('begun', localDate(ask.house.now(), ask.place.zone)) })

export const sendNewReview: Handler = async (ask) => {
  const words = ask.w.adoption.review.new
  const today = localDate(ask.house.now(), ask.place.zone)
  const read = readForm(
    z.strictObject({ name: mustLine(ask, words.nameMissing), ...dateBoxes(ask, 'begun') }).transform((value, ctx) => ({
      name: value.name,
      begun_on: needDate(ask, value, 'begun', { today, missing: words.begunMissing, ctx }),
    })),
    ask.form,
  )
  if (!read.ok) return newView(ask, read.errors)
  const id = await beginReview(ask.tx, workerOf(ask), read.value, ask.house.now())
  return redirect(`/self-review/${id}`)
}

const newView = (ask: Ask, errors: readonly FieldError[] = []) => {
  const { new: words, title } = ask.w.adoption.review
  return onePage({
    ask,
    title: words.title,
    back: { href: '/self-review', text: title },
    errors,
    children: (
      <Form ask={ask} once>
        <Line ask={ask} errors={errors} name="name" label={words.name} hint={words.nameHint} />
        <DateBoxes ask={ask} name="begun" legend={words.begun} form={ask.form} errors={errors} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
