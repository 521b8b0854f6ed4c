import type { ComponentChildren } from 'preact'
import { namesFor } from '../../../staff/index.ts'
import { day } from '../../../subjects/index.ts'
import { fill, SummaryList, type Ask } from '../../../web/index.ts'
import { answerInWords, Both, readWritten, type Written } from '../../writing/index.ts'
import { partsOf } from '../assessment.ts'
import { saidOf, type AtAssessment } from '../at-assessment.ts'
import { partName } from './notices.tsx'

export type ToldAnswers = { every: Written[]; standing: Written[]; names: Awaited<ReturnType<typeof namesFor>> }

export const answersOf = async (ask: Ask, { at, assessment }: AtAssessment): Promise<ToldAnswers> => {
  const every = await readWritten(ask.tx, ask.house.keys, at.worker.partnership, assessment.id, { every: true })
  const people = every.map(({ written_by }) => written_by)
  return {
    every,
    standing: every.filter(({ replaced_at }) => replaced_at === null),
    names: await namesFor(ask.tx, people),
  }
}

/** Everything an assessment says, part by part, with what was amended since it was finished beside what it said then. */
export const Answers = (props: { ask: Ask; here: AtAssessment; told: ToldAnswers; change?: boolean }) => {
  const { ask, here, told, change = false } = props
  const { assessment, base } = here
  const words = ask.w.assessment.check
  return (
    <>
      {partsOf(assessment.purpose).map(({ part, asks }) => (
        <section aria-labelledby={`part-${part}`}>
          <h2 class="govuk-heading-m" id={`part-${part}`}>
            {partName(ask, part)}
          </h2>
          <SummaryList
            rows={asks.map((one) => {
              const said = saidOf(ask, one.name)
              const texts = told.standing.filter(({ field }) => field === one.name)
              const shown = texts.map(({ id, written_by, words: text }) => ({
                id,
                by: told.names.get(written_by)?.name ?? ask.w.story.somebody,
                words: answerInWords(one, said, text),
              }))
              const filled = shown.filter((text) => text.words.trim() !== '')
              const value: ComponentChildren =
                filled.length === 0 ? (
                  <span class="trellis-quiet">{words.notAnswered}</span>
                ) : filled.length === 1 ? (
                  <span class="trellis-words" dir="auto">
                    {filled[0]!.words}
                  </span>
                ) : (
                  <Both texts={filled} />
                )
              return {
                key: said.label,
                value: {
                  text: (
                    <>
                      {value}
                      <Amended
                        ask={ask}
                        here={here}
                        told={told}
                        name={one.name}
                        said={(text) => answerInWords(one, said, text)}
                      />
                    </>
                  ),
                },
                actions: change
                  ? [
                      {
                        href: ask.href(`${base}/${part}#${one.name}`),
                        text: ask.w.common.change,
                        visuallyHiddenText: said.label,
                      },
                    ]
                  : [],
              }
            })}
          />
        </section>
      ))}
    </>
  )
}

/** What it said on the day it was finished, where that is not what it says now. */
const Amended = (props: {
  ask: Ask
  here: AtAssessment
  told: ToldAnswers
  name: string
  said: (words: string) => string
}): ComponentChildren => {
  const { ask, here, told, name, said } = props
  const { finish } = here.assessment
  if (!finish) return null
  const words = ask.w.assessment.check
  const now = told.standing.find(({ field, written_at }) => field === name && written_at > finish.finished_at)
  if (!now) return null
  const then = told.every.filter(
    ({ field, written_at, replaced_at }) =>
      field === name && written_at <= finish.finished_at && replaced_at !== null && replaced_at > finish.finished_at,
  )
  const by = { name: told.names.get(now.written_by)?.name ?? ask.w.story.somebody, day: day(ask, now.written_at) }
  return (
    <div class="trellis-amended">
      <p class="trellis-quiet">{fill(words.amendment, by)}</p>
      <p class="trellis-words" dir="auto">
        {then.map((one) => said(one.words)).join('\n') || words.notAnswered}
      </p>
    </div>
  )
}
