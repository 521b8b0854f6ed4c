import { NotFound } from '../../../platform/index.ts'
import { aboutPerson, enter } from '../../../subjects/index.ts'
import { BackLink, fill, page, Title, type Ask, type Handler } from '../../../web/index.ts'
import { wholePlan, type Whole } from '../gather.ts'
import { guardOf, isForThePerson, isOpen, parts, type Part } from '../plan.ts'
import { dayOf } from './dates.ts'

/** The plan in plain words, on paper, for the person: what they want, what keeps them safe, who does what by when. */
export const printPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const whole = await wholePlan(ask, at)
  if (!whole.plan) throw new NotFound()
  const words = ask.w.plan.printed
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/plan`)}>{ask.w.plan.title}</BackLink>
        <Title>{words.title}</Title>
        <p class="govuk-body">{fill(words.made, { day: dayOf(ask, at.today), who: at.worker.name })}</p>
        {parts
          .filter((part) => isForThePerson(part) && guardOf(part).handling === '0')
          .map((part) => (
            <PrintedPart ask={ask} whole={whole} part={part} />
          ))}
        {whole.next && <p class="govuk-body-l">{fill(words.next, { day: dayOf(ask, whole.next) })}</p>}
        <p class="govuk-body">{words.wrong}</p>
        <p class="govuk-body">{words.rest}</p>
      </>
    ),
  })
}

const PrintedPart = ({ ask, whole, part }: { ask: Ask; whole: Whole; part: Part }) => {
  const { printed: words, parts: names } = ask.w.plan
  const goals = whole.goals.filter((goal) => goal.part === part && goal.outcome === null)
  const actions = whole.actions.filter((action) => action.part === part && action.said !== 'not done')
  if (goals.length === 0 && actions.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{names[part]}</h2>
      {(['own', 'protection'] as const).map((whose) => {
        const these = goals.filter((goal) => goal.whose === whose)
        return (
          these.length > 0 && (
            <>
              <h3 class="govuk-heading-s">{whose === 'own' ? words.want : words.safe}</h3>
              <ul class="govuk-list govuk-list--bullet">
                {these.map((goal) => (
                  <li class="trellis-words" dir="auto">
                    {goal.words}
                  </li>
                ))}
              </ul>
            </>
          )
        )
      })}
      {actions.length > 0 && (
        <>
          <h3 class="govuk-heading-s">{words.who}</h3>
          <ul class="govuk-list govuk-list--bullet">
            {actions.map((action) => (
              <li>
                <span class="trellis-words" dir="auto">
                  {action.words}
                </span>
                <br />
                {isOpen(action)
                  ? fill(words.action, { name: whole.ownerOf(action).name, day: dayOf(ask, action.due_on) })
                  : words.done}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
