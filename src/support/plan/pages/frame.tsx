import type { ComponentChildren } from 'preact'
import { NotFound } from '../../../platform/index.ts'
import { aboutPerson, enter, homeOf, type Through } from '../../../subjects/index.ts'
import {
  BackLink,
  errorFor,
  Errors,
  fill,
  keptPage,
  page,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { mayPlan } from '../may.ts'
import { planOf } from '../queries.ts'
import type { Plan } from '../plan.ts'

export const most_words = 4000

/** Through the gate of the person; what was typed is kept where the way in ended meanwhile. */
export const withPerson =
  (then: (ask: Ask, at: Through) => Promise<Answer> | Answer): Handler =>
  async (ask) => {
    const at = await enter(ask, ask.params['id']!)
    if (at.kind === 'answer')
      return Object.keys(ask.form).length > 0 ? keptPage(ask, 409, ask.w.subjects.add.ended) : at.answer
    return then(ask, at)
  }

/** And for whoever keeps their plan. */
export const withPlan = (then: (ask: Ask, at: Through, plan: Plan) => Promise<Answer> | Answer): Handler =>
  withPerson(async (ask, at) => {
    const plan = await planOf(ask.tx, at.worker.partnership, at.subject.id)
    if (!plan || !mayPlan(at)) throw new NotFound()
    return then(ask, at, plan)
  })

/** Where the plan of a person, or of a place, stands. */
export const planOfRecord = ({ subject }: Through): string => `${homeOf(subject)}/plan`

/** A page with one form: of the plan, or of what it leads back to. */
export const formPage = (props: {
  ask: Ask
  at: Through
  title: string
  errors: readonly FieldError[]
  back?: { href: string; text: string }
  children: ComponentChildren
}): Answer => {
  const { ask, at, title, errors } = props
  const back = props.back ?? { href: planOfRecord(at), text: ask.w.plan.title }
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(back.href)}>{back.text}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        {props.children}
      </>
    ),
  })
}

/** One box for words. */
export const WordsBox = (props: {
  ask: Ask
  name: string
  label: string
  hint?: string
  rows?: number
  errors: readonly FieldError[]
}) => (
  <Textarea
    name={props.name}
    label={{ text: props.label, classes: 'govuk-label--s' }}
    hint={props.hint}
    rows={props.rows ?? 4}
    value={typed(props.ask.form, props.name)}
    errorMessage={errorFor(props.errors, props.name)}
  />
)

export const tooLong = (ask: Ask): string => fill(ask.w.plan.review.long, { most: most_words.toLocaleString('en-GB') })
