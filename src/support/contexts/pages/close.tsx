import { z } from 'zod'
import { day, homeOf, type Through } from '../../../subjects/index.ts'
import { Button, Details, fill, Form, readForm, redirect, type Ask, type FieldError } from '../../../web/index.ts'
import { WordsBox } from '../../plan/pages/frame.tsx'
import { close, reopen } from '../close.ts'
import type { Closure } from '../context.ts'
import { closuresIn } from '../queries.ts'
import { contextPage, mustWords, of, workingIn } from './frame.tsx'

/** Closing it with a reason; or, where it is closed, opening it again with one. */
export const closePage = workingIn((ask, at) => view(ask, at))

export const sendClose = workingIn(async (ask, at) => {
  const words = ask.w.contexts.close
  const [tx, keys, , subject] = of(ask, at)
  const home = homeOf(at.subject)
  if (await isClosed(ask, at)) {
    const read = readForm(z.strictObject({ again: mustWords(ask, words.again.missing) }), ask.form)
    if (!read.ok) return view(ask, at, read.errors)
    await reopen(tx, at.worker, subject, { keys, why: read.value.again }, at.now)
    return redirect(`${home}?done=context-asked`)
  }
  const read = readForm(
    z.strictObject({
      why: mustWords(ask, words.whyMissing),
      used: mustWords(ask, words.usedMissing),
      signs: mustWords(ask, words.signsMissing),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  await close(tx, keys, at.worker, subject, read.value, at.now)
  return redirect(`${home}?done=context-closed`)
})

const isClosed = async (ask: Ask, at: Through): Promise<boolean> =>
  (await closuresIn(...of(ask, at))).some(({ ended_at }) => ended_at === null)

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.contexts.close
  const all = await closuresIn(...of(ask, at))
  const standing = all.find(({ ended_at }) => ended_at === null)
  return contextPage({
    ask,
    at,
    title: standing ? words.again.title : words.title,
    ...(standing ? {} : { intro: words.intro }),
    errors,
    children: (
      <>
        {standing && <Closed ask={ask} closure={standing} level="h2" />}
        <Form ask={ask} once>
          {standing ? (
            <WordsBox ask={ask} name="again" label={words.again.why} errors={errors} />
          ) : (
            (['why', 'used', 'signs'] as const).map((name) => (
              <WordsBox ask={ask} name={name} label={words[name]} errors={errors} />
            ))
          )}
          <Button preventDoubleClick>{standing ? words.again.button : words.button}</Button>
        </Form>
        {all
          .filter((one) => one !== standing)
          .map((one) => (
            <Details summary={fill(words.standing, { day: day(ask, one.closed_at) })}>
              <Closed ask={ask} closure={one} level="h2" />
            </Details>
          ))}
      </>
    ),
  })
}

const Closed = ({ ask, closure, level: Heading }: { ask: Ask; closure: Closure; level: 'h2' }) => {
  const words = ask.w.contexts.close
  return (
    <>
      <p class="govuk-body govuk-!-font-weight-bold">{fill(words.standing, { day: day(ask, closure.closed_at) })}</p>
      {(['why', 'used', 'signs'] as const).map((name) => (
        <>
          <Heading class="govuk-heading-s">{words[name]}</Heading>
          <p class="govuk-body trellis-words" dir="auto">
            {closure[name]}
          </p>
        </>
      ))}
    </>
  )
}
