import { isId, NotFound, type StaffViewer } from '../../../platform/index.ts'
import { BackLink, Button, fill, Form, redirect, WarningText, type Ask, type Handler } from '../../../web/index.ts'
import { closeRound } from '../close-round.ts'
import { openRound, startRound, type Round } from '../round.ts'
import { frontLinePage } from './frame.tsx'

export const sendRound: Handler = async (ask) => {
  const opened = await startRound(ask.tx, ask.house.keys, ask.viewer as StaffViewer, ask.house.now())
  return redirect(`/front-line?done=${opened === 'opened' ? 'opened' : 'alreadyOpen'}`)
}

/** Said before it is done, because nothing of it can be undone. */
export const closePage: Handler = async (ask) => {
  const round = await theOpen(ask)
  const words = ask.w.frontLine.close
  return frontLinePage({
    ask,
    title: fill(words.title, { number: round.number }),
    above: <BackLink href={ask.href('/front-line')}>{ask.w.frontLine.theme.back}</BackLink>,
    children: (
      <>
        <ul class="govuk-list govuk-list--bullet">
          {words.points.map((point) => (
            <li>{point}</li>
          ))}
        </ul>
        <WarningText>{words.warning}</WarningText>
        <Form ask={ask} once>
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

export const sendClose: Handler = async (ask) => {
  const round = await theOpen(ask)
  const closed = await closeRound(ask.tx, ask.viewer as StaffViewer, round.id, ask.house.now())
  return redirect(closed === 'closed' ? '/front-line/gap?done=closed' : '/front-line?done=alreadyClosed')
}

/** @throws {NotFound} when the address is not of the round that is open */
const theOpen = async (ask: Ask): Promise<Round> => {
  const id = ask.params['round']!
  const round = isId(id) ? await openRound(ask.tx, ask.place.id) : undefined
  if (round?.id !== id) throw new NotFound()
  return round
}
