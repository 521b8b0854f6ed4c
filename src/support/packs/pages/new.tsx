import { NotFound } from '../../../platform/index.ts'
import { Button, Form, InsetText, redirect, WarningText, type Ask } from '../../../web/index.ts'
import type { Through } from '../../../subjects/index.ts'
import { mayWrite } from '../../assessment/at-assessment.ts'
import { formPage, withPerson } from '../../plan/pages/frame.tsx'
import { listOf } from '../at-pack.ts'
import { routeOf } from '../nrm.ts'
import { packsOf } from '../queries.ts'
import { startPack } from '../start.ts'

/** Before a referral is prepared: what comes first, and that one person has one. */
export const newPackPage = withPerson(async (ask, at) => view(ask, mayStart(at), await isThere(ask, at)))

export const sendNewPack = withPerson(async (ask, at) => {
  const clock = { at: at.now, today: at.today }
  const id = await startPack(ask.tx, ask.house.keys, mayStart(at).worker, at.subject, clock)
  return redirect(`${listOf(at)}/${id}?done=started`)
})

/** @throws {NotFound} */
const mayStart = (at: Through): Through => {
  if (!mayWrite(at, 'D6')) throw new NotFound()
  return at
}

const isThere = async (ask: Ask, at: Through): Promise<boolean> =>
  (await packsOf(ask.tx, at.worker.partnership, at.subject.id)).length > 0

const view = (ask: Ask, at: Through, there: boolean) => {
  const { new: words, routes, title } = ask.w.packs
  return formPage({
    ask,
    at,
    title: words.title,
    errors: [],
    back: { href: listOf(at), text: title },
    children: (
      <>
        {there && (
          <WarningText>
            {words.there} {words.confirm}
          </WarningText>
        )}
        <InsetText>{routes[routeOf(at.subject.adult_from, at.today, undefined)]}</InsetText>
        <ul class="govuk-list govuk-list--bullet">
          {words.before.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask} once>
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
