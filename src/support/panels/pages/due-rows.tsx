import type { namesFor } from '../../../staff/index.ts'
import { day, moment } from '../../../subjects/index.ts'
import { fill, Form, Link, type Ask } from '../../../web/index.ts'
import type { Deferral, Whom } from '../agenda.ts'
import type { Due } from '../due.ts'

type People = ReadonlyMap<string, Whom>

export const nameOf = (who: Whom | undefined): string => who?.name ?? who?.reference ?? ''

export const dueLine = (ask: Ask, { why, on }: Due): string =>
  fill(ask.w.panels.due[why], { day: day(ask, new Date(`${on}T12:00:00Z`)) })

/** What is due and not on yet, each with why, to be put on or off. */
export const DueRows = (props: {
  ask: Ask
  base: string
  due: readonly { subject_id: string; due: readonly Due[] }[]
  people: People
}) => {
  const { ask, base, due, people } = props
  const words = ask.w.panels.one
  return (
    <>
      <h2 class="govuk-heading-m">{words.dueTitle}</h2>
      <p class="govuk-body">{due.length === 0 ? words.dueNone : words.dueIntro}</p>
      <ul class="trellis-rows">
        {due.map(({ subject_id, due: lines }) => {
          const name = nameOf(people.get(subject_id))
          const href = `${base}/due/${subject_id}`
          return (
            <li class="trellis-row">
              <div>
                <span class="trellis-row__name" dir="auto">
                  {name}
                </span>
                {lines.map((line) => (
                  <span class="trellis-row__more">{dueLine(ask, line)}</span>
                ))}
              </div>
              <div>
                <Form ask={ask} action={href}>
                  <input type="hidden" name="do" value="add" />
                  <input type="hidden" name="handling" value="0" />
                  <button class="trellis-link-button trellis-link-button--dark">
                    {words.putOn}
                    <span class="govuk-visually-hidden"> {name}</span>
                  </button>
                </Form>
                <Link href={ask.href(href)}>
                  {words.putOff}
                  <span class="govuk-visually-hidden"> {name}</span>
                </Link>
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** What was put off this time, by whom and why. */
export const PutOff = (props: {
  ask: Ask
  base: string
  deferrals: readonly Deferral[]
  people: People
  names: Awaited<ReturnType<typeof namesFor>>
}) => {
  const { ask, base, deferrals, people, names } = props
  const words = ask.w.panels.one
  return (
    <>
      <h2 class="govuk-heading-m">{words.offTitle}</h2>
      <ul class="trellis-rows">
        {deferrals.map(({ subject_id, reason, deferred_by, deferred_at }) => (
          <li class="trellis-row">
            <div>
              <span class="trellis-row__name" dir="auto">
                {nameOf(people.get(subject_id))}
              </span>
              <span class="trellis-row__more trellis-words" dir="auto">
                {fill(words.offBy, {
                  name: names.get(deferred_by)?.name ?? '',
                  when: moment(ask, deferred_at),
                  reason,
                })}
              </span>
            </div>
            <Link href={ask.href(`${base}/due/${subject_id}`)}>
              {words.putOnAfterAll}
              <span class="govuk-visually-hidden"> {nameOf(people.get(subject_id))}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
