import { z } from 'zod'
import { localDate, NotFound } from '../../../../platform/index.ts'
import { namesFor } from '../../../../staff/index.ts'
import { moment } from '../../../../subjects/index.ts'
import {
  Button,
  dateBoxes,
  DateBoxes,
  dateShown,
  fill,
  Form,
  InsetText,
  Link,
  needDate,
  readForm,
  redirect,
  SummaryList,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../../web/index.ts'
import { dayOf, mayWrite, mustWords, onePage, Said, WordsBox, workerOf } from '../../pages/frame.tsx'
import { agreeNaming } from '../adopt.ts'
import { observe } from '../learn.ts'
import { mayTry } from '../owners.ts'
import { findingHref, observationsOf, outcomesOf, trialWith } from '../queries.ts'
import type { OutcomeWritten, Trial } from '../trial.ts'
import { firstLine, StateTag } from './list.tsx'

/** One trial: the finding, what is tried and why, what was seen day by day, and what came of it. */
export const trialPage: Handler = async (ask) =>
  view({ ...ask, form: dateShown('seen', localDate(ask.house.now(), ask.place.zone)) })

export const sendObservation: Handler = async (ask) => {
  const trial = await trialHere(ask)
  if (!mayTry(workerOf(ask), trial)) throw new NotFound()
  const words = ask.w.adoption.trials.seen
  const today = localDate(ask.house.now(), ask.place.zone)
  const read = readForm(
    z
      .strictObject({ words: mustWords(ask, words.wordsMissing), ...dateBoxes(ask, 'seen') })
      .transform((value, ctx) => ({
        words: value.words,
        seen_on: needDate(ask, value, 'seen', { today, missing: words.dayMissing, ctx }),
      })),
    ask.form,
  )
  if (!read.ok) return view(ask, read.errors)
  await observe(ask.tx, workerOf(ask), trial.id, read.value, ask.house.now())
  return redirect(`/adoption/${trial.id}?done=seen`)
}

/** Lets the library name the area, or takes its name out. */
export const sendNaming: Handler = async (ask) => {
  const trial = await trialHere(ask)
  await agreeNaming(ask.tx, workerOf(ask), { trial: trial.id, agreed: !trial.named }, ask.house.now())
  return redirect(`/adoption/${trial.id}?done=naming`)
}

/** @throws {NotFound} */
export const trialHere = async (ask: Ask): Promise<Trial> => {
  const found = await trialWith(ask.tx, ask.viewer.partnership, ask.params['id']!)
  if (!found) throw new NotFound()
  return found
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const trial = await trialHere(ask)
  const words = ask.w.adoption.trials
  const seen = await observationsOf(ask.tx, ask.viewer.partnership, trial.id)
  const outcomes = await outcomesOf(ask.tx, ask.viewer.partnership, trial.id)
  const names = await namesFor(ask.tx, [
    trial.owner,
    trial.adopted_by,
    ...[...seen, ...outcomes].map(({ written_by }) => written_by),
  ])
  const nameOf = (id: string): string => names.get(id)?.name ?? ask.w.adoption.somebody
  return onePage({
    ask,
    title: firstLine(trial.trying),
    caption: words.one,
    back: { href: mayWrite(ask) ? '/adoption' : '/work', text: mayWrite(ask) ? words.title : ask.w.common.back },
    errors,
    children: (
      <>
        <p class="govuk-body">
          <StateTag ask={ask} state={trial.state} />
        </p>
        <About ask={ask} trial={trial} owner={nameOf(trial.owner)} />
        {outcomes.length > 0 && <h2 class="govuk-heading-m">{words.cameOfIt}</h2>}
        <ul class="trellis-rows">
          {outcomes.map((one) => (
            <OutcomeRow ask={ask} one={one} name={nameOf(one.written_by)} />
          ))}
        </ul>
        <h2 class="govuk-heading-m">{words.seen.title}</h2>
        {seen.length === 0 && <p class="govuk-body">{words.seen.none}</p>}
        <ul class="trellis-rows">
          {seen.map((one) => (
            <li class="trellis-row trellis-row--tall">
              <p class="govuk-body govuk-!-font-weight-bold">{dayOf(ask, one.seen_on)}</p>
              <Said>{one.words}</Said>
              <span class="trellis-row__more">{nameOf(one.written_by)}</span>
            </li>
          ))}
        </ul>
        {mayTry(workerOf(ask), trial) && <Next ask={ask} trial={trial} errors={errors} />}
        {mayWrite(ask) && <Naming ask={ask} trial={trial} />}
      </>
    ),
  })
}

const About = ({ ask, trial, owner }: { ask: Ask; trial: Trial; owner: string }) => {
  const words = ask.w.adoption.trials
  const { finding } = trial
  return (
    <SummaryList
      rows={[
        {
          key: words.rows.finding,
          value: finding ? (
            <>
              <Link href={ask.href(findingHref(finding))}>{finding.words}</Link>
              <span class="trellis-row__more">{fill(words.learntIn, { area: finding.area })}</span>
            </>
          ) : (
            words.withdrawn
          ),
        },
        { key: words.rows.trying, value: <Said>{trial.trying}</Said> },
        { key: words.rows.hypothesis, value: <Said>{trial.hypothesis}</Said> },
        { key: words.rows.starts, value: dayOf(ask, trial.starts_on) },
        {
          key: words.rows.owner,
          value: owner,
          actions: mayWrite(ask)
            ? [
                {
                  href: ask.href(`/adoption/${trial.id}/owner`),
                  text: words.change,
                  visuallyHiddenText: words.rows.owner,
                },
              ]
            : [],
        },
      ]}
    />
  )
}

const OutcomeRow = ({ ask, one, name }: { ask: Ask; one: OutcomeWritten; name: string }) => {
  const words = ask.w.adoption.trials
  return (
    <li class="trellis-row trellis-row--tall">
      <p class="govuk-body">
        <StateTag ask={ask} state={one.outcome} /> <strong>{dayOf(ask, one.decided_on)}</strong>
      </p>
      <Said>{one.why}</Said>
      {one.told && <p class="govuk-body">{fill(words.others, { words: one.told })}</p>}
      <span class="trellis-row__more">
        {name}, {moment(ask, one.written_at)}
      </span>
    </li>
  )
}

const Next = ({ ask, trial, errors }: { ask: Ask; trial: Trial; errors: readonly FieldError[] }) => {
  const words = ask.w.adoption.trials
  return (
    <>
      <Form ask={ask} once>
        <h2 class="govuk-heading-m">{words.seen.add}</h2>
        <DateBoxes ask={ask} name="seen" legend={words.seen.day} form={ask.form} errors={errors} />
        <WordsBox ask={ask} name="words" label={words.seen.words} hint={words.seen.wordsHint} errors={errors} />
        <Button classes="govuk-button--secondary" preventDoubleClick>
          {words.seen.button}
        </Button>
      </Form>
      <Button href={ask.href(`/adoption/${trial.id}/outcome`)}>{words.sayOutcome}</Button>
    </>
  )
}

const Naming = ({ ask, trial }: { ask: Ask; trial: Trial }) => {
  const words = ask.w.adoption.trials
  return (
    <InsetText>
      <Form ask={ask} action={`/adoption/${trial.id}/naming`} once>
        {trial.named ? fill(words.isNamed, { place: ask.place.place }) : words.notNamed}{' '}
        <button class="trellis-link-button">{trial.named ? words.unname : words.name}</button>
      </Form>
    </InsetText>
  )
}
