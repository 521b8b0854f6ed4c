import { BadRequest } from '../../../platform/index.ts'
import { Button, Form, page, redirect, type Ask, type Handler, type Page } from '../../../web/index.ts'
import { isProof, proof_bits, wait_seconds, waited, waitTicket } from '../../flood.ts'
import { send } from './send.ts'
import { enter, frameOf } from './step.tsx'

/** More reports than the house can take this minute. This one waits its turn: nobody is turned away, and nothing is lost. */
export const wait: Handler = async (ask) => {
  const at = await enter(ask)
  if (!at) return redirect('/report/sent')
  if (!at.draft) return redirect('/report')
  const { keys, now } = ask.house
  const given = ask.query['ticket']
  const before = waited(keys, at.draft.id, given, now())
  const ticket = before === undefined ? waitTicket(keys, at.draft.id, now()) : given!
  return waiting(ask, ticket, (before ?? 0) >= wait_seconds * 1000)
}

export const waitOver: Handler = async (ask) => {
  const { ticket, nonce, ...more } = ask.form
  if (Object.keys(more).length || typeof ticket !== 'string' || Array.isArray(nonce))
    throw new BadRequest('not asked for')
  const at = await enter(ask, true)
  if (!at) return redirect('/report/sent')
  if (!at.draft || !at.answers.worry) return redirect('/report/carry-on')
  const { keys, now } = ask.house
  const ms = waited(keys, at.draft.id, ticket, now())
  if (ms === undefined) return waiting(ask, waitTicket(keys, at.draft.id, now()), false, true)
  if (ms >= wait_seconds * 1000 || isProof(ticket, nonce)) return send(ask, at.draft)
  return waiting(ask, ticket, false, true)
}

const waiting = (ask: Ask, ticket: string, over: boolean, asked = false): Page => {
  const w = ask.w.report.wait
  return page({
    title: w.title,
    status: asked ? 429 : 200,
    frame: frameOf(ask),
    script: 'wait',
    body: (
      <div class="trellis-report">
        <h1 class="govuk-heading-l">{over ? w.ready : w.title}</h1>
        <p class="govuk-body govuk-!-font-weight-bold">{w.danger}</p>
        <p class="govuk-body" role="status">
          {over ? w.now : asked ? w.notYet : w.text}
        </p>
        <Form ask={ask} id="wait" action="/report/wait">
          <input type="hidden" name="ticket" value={ticket} />
          <input type="hidden" name="nonce" value="" data-bits={proof_bits} />
          <Button preventDoubleClick>{w.send}</Button>
        </Form>
      </div>
    ),
  })
}
