import { namesFor } from '../../../staff/index.ts'
import { BackLink, Button, fill, page, redirect, Title, type Handler } from '../../../web/index.ts'
import { release as giveBack } from '../../release.ts'
import { take as takeConcern } from '../../take.ts'

/** Takes a concern from the list. Whoever comes second is told who has it. */
export const take: Handler = async (ask) => {
  const id = ask.params['id']!
  const taken = await takeConcern(ask.tx, ask.viewer, id, ask.house.now())
  if (taken.outcome === 'taken') return redirect(`/concerns/${id}?done=taken`)
  if (ask.viewer.kind === 'staff' && taken.by === ask.viewer.staff) return redirect(`/concerns/${id}`)
  const words = ask.w.duty.concern
  const name = (await namesFor(ask.tx, [taken.by])).get(taken.by)?.name ?? ask.w.duty.someone
  return page({
    title: fill(words.heldBy, { name }),
    status: 409,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/queue')}>{words.back}</BackLink>
        <Title>{fill(words.heldBy, { name })}</Title>
        <p class="govuk-body">{fill(words.heldByText, { name })}</p>
        <Button href={ask.href(`/concerns/${id}`)}>{ask.w.common.continue}</Button>
      </>
    ),
  })
}

/** Gives it back. Where it is no longer theirs the page shows who has it. */
export const release: Handler = async (ask) => {
  const id = ask.params['id']!
  const outcome = await giveBack(ask.tx, ask.viewer, id, ask.house.now())
  return redirect(`/concerns/${id}${outcome === 'released' ? '?done=released' : ''}`)
}
