import { z } from 'zod'
import { readForm, redirect, type Ask, type FieldError } from '../../../../web/index.ts'
import { Line, mustLine, mustWords, onePage, WordsBox, workerOf } from '../../pages/frame.tsx'
import { begins, Keeps, keeps } from '../../pages/keeps.tsx'
import { enterProgramme } from '../decide.ts'

/** Names what somebody will decide about; the decision follows on the next page. */
export const newProgrammePage = begins((ask) => view(ask))

export const sendNewProgramme = keeps(async (ask) => {
  const words = ask.w.adoption.decisions.new
  const read = readForm(
    z.strictObject({ name: mustLine(ask, words.nameMissing), about: mustWords(ask, words.aboutMissing) }),
    ask.form,
  )
  if (!read.ok) return view(ask, read.errors)
  const id = await enterProgramme(ask.tx, workerOf(ask), read.value, ask.house.now())
  return redirect(`/decisions/${id}/decide`)
})

const view = (ask: Ask, errors: readonly FieldError[] = []) => {
  const { new: words, title } = ask.w.adoption.decisions
  return onePage({
    ask,
    title: words.title,
    back: { href: '/decisions', text: title },
    errors,
    script: 'keep',
    children: (
      <Keeps ask={ask} button={ask.w.common.continue}>
        <Line ask={ask} errors={errors} name="name" label={words.name} hint={words.nameHint} />
        <WordsBox ask={ask} errors={errors} name="about" label={words.about} hint={words.aboutHint} />
      </Keeps>
    ),
  })
}
