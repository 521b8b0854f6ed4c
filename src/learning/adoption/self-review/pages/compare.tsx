import { agencyNames } from '../../../../partnership/index.ts'
import { fill, Link, Table, type Ask, type Handler } from '../../../../web/index.ts'
import { dayOf, onePage } from '../../pages/frame.tsx'
import { ratingLabel, sets, type Principle } from '../principles.ts'
import { answersOf, reviewsOf, type Answer, type Review } from '../queries.ts'
import { Levels } from './levels.tsx'

/** How many reviews stand side by side: more than this many years of them fit no phone. */
const most_reviews = 6

/** The partnership compared with itself, principle by principle: a picture, and the same in words below it. */
export const comparePage: Handler = async (ask) => {
  const words = ask.w.adoption.review
  const reviews = (await reviewsOf(ask.tx, ask.viewer.partnership)).slice(0, most_reviews).reverse()
  const ids = reviews.map(({ id }) => id)
  const answers = await answersOf(ask.tx, ask.viewer.partnership, ids)
  const agencies = await agencyNames(ask.tx, [...new Set(answers.map(({ agency_id }) => agency_id))])
  return onePage({
    ask,
    title: words.compareTitle,
    back: { href: '/self-review', text: words.title },
    children: (
      <>
        <p class="govuk-body">{reviews.length === 0 ? words.none : words.compareIntro}</p>
        {reviews.length > 0 &&
          sets.map((set) => {
            const isSaid = ({ code }: Principle) => answers.some(({ principle }) => principle === code)
            const silent = set.principles.filter((principle) => !isSaid(principle))
            return (
              <>
                <h2 class="govuk-heading-l">{set.title}</h2>
                {set.principles.filter(isSaid).map((principle) => (
                  <One ask={ask} principle={principle} reviews={reviews} answers={answers} agencies={agencies} />
                ))}
                {silent.length > 0 && (
                  <>
                    <h3 class="govuk-heading-s">{words.silent}</h3>
                    <ul class="govuk-list govuk-list--bullet">
                      {silent.map(({ name }) => (
                        <li>{name}</li>
                      ))}
                    </ul>
                  </>
                )}
              </>
            )
          })}
      </>
    ),
  })
}

type OneProps = {
  ask: Ask
  principle: Principle
  reviews: readonly Review[]
  answers: readonly Answer[]
  agencies: ReadonlyMap<string, string>
}

const One = ({ ask, principle, reviews, answers, agencies }: OneProps) => {
  const words = ask.w.adoption.review
  const said = answers.filter((one) => one.principle === principle.code)
  return (
    <section aria-labelledby={`principle-${principle.code}`}>
      <h3 class="govuk-heading-m" id={`principle-${principle.code}`}>
        {principle.name}
      </h3>
      <Levels
        lang={ask.lang.code}
        label={fill(words.picture, { principle: principle.name })}
        reviews={reviews}
        answers={said}
      />
      <Table
        caption={fill(words.table, { principle: principle.name })}
        captionClasses="govuk-visually-hidden"
        head={[words.tableWhen, words.tableSaid]}
        firstCellIsHeader
        classes="trellis-levels-said"
        rows={reviews.map((review) => [
          { text: <When ask={ask} review={review} principle={principle} /> },
          {
            text: <Saids ask={ask} said={said.filter((one) => one.review_id === review.id)} agencies={agencies} />,
          },
        ])}
      />
    </section>
  )
}

const When = ({ ask, review, principle }: { ask: Ask; review: Review; principle: Principle }) => (
  <>
    <Link href={ask.href(`/self-review/${review.id}/${principle.code}`)}>{review.name}</Link>
    <span class="trellis-row__more">{dayOf(ask, review.begun_on)}</span>
  </>
)

const Saids = ({ ask, said, agencies }: { ask: Ask; said: readonly Answer[]; agencies: OneProps['agencies'] }) =>
  said.length === 0 ? (
    <>{ask.w.adoption.review.nobody}</>
  ) : (
    <ul class="govuk-list">
      {said.map(({ agency_id, rating }) => (
        <li>
          {agencies.get(agency_id)}: {ratingLabel(rating)}
        </li>
      ))}
    </ul>
  )
