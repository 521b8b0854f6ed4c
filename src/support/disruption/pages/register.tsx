import type { Through } from '../../../subjects/index.ts'
import { Button, fill, Link, Tag, type Ask } from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { isOn, toolOf, type Disruption, type Taken } from '../disruption.ts'
import { disruptionsOf, stepsOf } from '../queries.ts'

export type Register = { one: Disruption; last: Taken | undefined }[]

/** Everything that is done to stop whoever does the harm, of what this viewer may see, with where it stands. */
export const registerOf = async (ask: Ask, at: Through): Promise<Register> => {
  const of = [ask.tx, ask.house.keys, at.worker.partnership] as const
  const told: Register = []
  for (const one of await disruptionsOf(...of, at.subject.id))
    told.push({ one, last: (await stepsOf(...of, one.id)).at(-1) })
  return told
}

export const DisruptionRegister = ({ ask, at, register }: { ask: Ask; at: Through; register: Register }) => {
  const words = ask.w.packs.disruption
  const base = `/people/${at.subject.id}/disruption`
  return (
    <section aria-labelledby="disruption">
      <h2 class="govuk-heading-m" id="disruption">
        {words.title}
      </h2>
      {register.length === 0 && <p class="govuk-body">{words.none}</p>}
      <ul class="trellis-rows">
        {register.map(({ one, last }) => (
          <li class="trellis-row">
            <div>
              <Link href={ask.href(`${base}/${one.id}`)}>{toolOf(one.tool).label}</Link>
              {last && (
                <span class="trellis-row__more">
                  {fill(words.stepLine, { step: words.steps[last.step], day: dayOf(ask, last.on_date) })}
                  {last.until_on && `. ${fill(words.untilLine, { day: dayOf(ask, last.until_on) })}`}
                </span>
              )}
            </div>
            {last?.criminalise === 'it could' && isOn(last) && (
              <div class="trellis-row__tags">
                <Tag classes="govuk-tag--orange">{words.criminalises['it could']}</Tag>
              </div>
            )}
          </li>
        ))}
      </ul>
      {mayPlan(at) && (
        <Button classes="govuk-button--secondary" href={ask.href(`${base}/new`)}>
          {words.add}
        </Button>
      )}
    </section>
  )
}
