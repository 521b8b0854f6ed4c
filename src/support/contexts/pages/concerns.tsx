import type { ComponentChildren } from 'preact'
import { z } from 'zod'
import { concernsSeen } from '../../../concerns/index.ts'
import { isId, NotFound } from '../../../platform/index.ts'
import { day, homeOf, type Through } from '../../../subjects/index.ts'
import { Button, fill, Form, Link, readForm, redirect, type Ask } from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { counted } from '../../plan/pages/dates.ts'
import { concernsAboutContext, type ConcernsAbout } from '../concerns-about.ts'
import { linkConcern, unlinkConcern } from '../link.ts'
import { contextPage, inContext, workingIn } from './frame.tsx'

/** Concerns that are about it, and those that may be: the reader says so, and can take it back. */
export const concernsPage = inContext(async (ask, at) => view(ask, at, await concernsAboutContext(ask, at)))

export const sendConcerns = workingIn(async (ask, at) => {
  const read = readForm(z.strictObject({ concern: z.string().default(''), undo: z.string().default('') }), ask.form)
  if (!read.ok) throw new NotFound()
  const { concern, undo } = read.value
  const home = homeOf(at.subject)
  if (undo) {
    await unlinkConcern(ask.tx, at.worker, { subject: at.subject.id, link: undo }, at.now)
    return redirect(`${home}/concerns?done=unlinked`)
  }
  // Only what this viewer reads.
  if (!isId(concern) || (await concernsSeen(ask.tx, at.worker.partnership, [concern])).length === 0)
    throw new NotFound()
  const again = await linkConcern(ask.tx, at.worker, { subject: at.subject.id, concern }, at.now)
  return redirect(`${home}/concerns?done=${again ? 'reopened' : 'linked'}`)
})

const view = (ask: Ask, at: Through, { linked, hidden, may }: ConcernsAbout) => {
  const words = ask.w.contexts.concerns
  const act = (field: 'concern' | 'undo', value: string, text: string, reference: string): ComponentChildren =>
    mayPlan(at) && (
      <Form ask={ask} once>
        <input type="hidden" name={field} value={value} />
        <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
          {text} <span class="govuk-visually-hidden">{fill(words.of, { reference })}</span>
        </Button>
      </Form>
    )
  return contextPage({
    ask,
    at,
    title: words.title,
    intro: words.intro,
    children: (
      <>
        <p class="govuk-body">
          {linked.length === 0 && words.none} {hidden > 0 && counted(words.hidden, hidden)}
        </p>
        <ConcernRows
          ask={ask}
          concerns={linked}
          act={({ id, reference }) => act('undo', linked.find((one) => one.id === id)!.link.id, words.undo, reference)}
        />
        <h2 class="govuk-heading-m">{words.may}</h2>
        <p class="govuk-body">{may.length === 0 ? words.mayNone : words.mayIntro}</p>
        <ConcernRows ask={ask} concerns={may} act={({ id, reference }) => act('concern', id, words.link, reference)} />
      </>
    ),
  })
}

type Seen = ConcernsAbout['may'][number]
export const ConcernRows = (props: {
  ask: Ask
  concerns: readonly Seen[]
  act?: (concern: Seen) => ComponentChildren
}) => {
  const { ask, concerns, act } = props
  return (
    <ul class="trellis-rows">
      {concerns.map((concern) => (
        <li class="trellis-row">
          <div>
            <Link href={ask.href(`/concerns/${concern.id}`)}>
              {fill(ask.w.contexts.concerns.row, {
                reference: concern.reference,
                day: day(ask, concern.received_at),
              })}
            </Link>
          </div>
          {act && <div class="trellis-row__tags">{act(concern)}</div>}
        </li>
      ))}
    </ul>
  )
}
