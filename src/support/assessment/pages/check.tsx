import {
  BackLink,
  Button,
  ErrorSummary,
  fill,
  Form,
  page,
  redirect,
  Title,
  type Ask,
  type Handler,
} from '../../../web/index.ts'
import { lawOf, partsOf } from '../assessment.ts'
import { aboutAssessment, atAssessment, saidOf, type AtAssessment } from '../at-assessment.ts'
import { finishedEntry } from '../entry.ts'
import { finishAssessment, missingIn } from '../finish.ts'
import { Answers, answersOf, type ToldAnswers } from './answers.tsx'
import { Changed, ToCheck } from './notices.tsx'

/** Everything it says on one page, before somebody finishes it. */
export const checkPage: Handler = async (ask) => {
  const here = await atAssessment(ask)
  return here.kind === 'answer' ? here.answer : view(ask, here, await answersOf(ask, here), false)
}

export const sendCheck: Handler = async (ask) => {
  const here = await atAssessment(ask)
  if (here.kind === 'answer') return here.answer
  const { at, assessment, base } = here
  const told = await answersOf(ask, here)
  if (missingIn(assessment, told.standing, at.today).length) return view(ask, here, told, true)
  if (hasChanged(here, told)) {
    const entry = finishedEntry(ask.w, assessment.purpose, told.standing)
    const { now: then, today } = at
    const all = { written: told.standing, entry, at: then, today }
    await finishAssessment(ask.tx, ask.house.keys, at.worker, assessment, all)
  }
  return redirect(`${base}?done=finished`)
}

/** Whether there is anything to finish: pressed twice, or by two people, it is finished once. */
const hasChanged = ({ assessment: { finish } }: AtAssessment, { standing }: ToldAnswers): boolean =>
  finish === null || standing.some(({ written_at }) => written_at > finish.finished_at)

const view = (ask: Ask, here: AtAssessment, told: ToldAnswers, sent: boolean) => {
  const { at, assessment, base } = here
  const words = ask.w.assessment.check
  const missing = missingIn(assessment, told.standing, at.today)
  const errors = missing.map(({ name, why }) => ({
    text: fill(words.missing[why], { question: saidOf(ask, name).label }),
    href: ask.href(addressOf(here, name, why === 'two texts')),
  }))
  const title = assessment.finish ? words.titleAgain : words.title
  return page({
    title,
    status: sent ? 422 : 200,
    frame: 'staff',
    about: aboutAssessment(at, [assessment], told.standing),
    body: (
      <>
        <BackLink href={ask.href(base)}>{ask.w.common.back}</BackLink>
        {sent && <ErrorSummary title={ask.w.common.errorTitle} errorList={errors} />}
        <Title caption={ask.w.assessment.purposes[assessment.purpose]}>{title}</Title>
        <Changed ask={ask} here={here} />
        <ToCheck ask={ask} law={lawOf(assessment.purpose)} />
        <Answers ask={ask} here={here} told={told} change />
        {hasChanged(here, told) ? (
          <Form ask={ask} once>
            <p class="govuk-body">{words.intro}</p>
            <Button preventDoubleClick>{assessment.finish ? words.finishAgain : words.finish}</Button>
          </Form>
        ) : (
          <p class="govuk-body">{words.nothing}</p>
        )}
      </>
    ),
  })
}

/** Where what is missing is put right. */
const addressOf = ({ assessment, base }: AtAssessment, name: string, two: boolean): string => {
  const part = partsOf(assessment.purpose).find(({ asks }) => asks.some((one) => one.name === name))!.part
  return two ? `${base}/${part}/${name}` : `${base}/${part}#${name}`
}
