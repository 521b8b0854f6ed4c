import { tokenHash } from '../../../platform/index.ts'
import {
  draftCookie,
  draftFiles,
  dropDraftFile,
  keepDraft,
  readDraftFiles,
  redirect,
  type Answer,
  type Ask,
  type Draft,
} from '../../../web/index.ts'
import { report } from '../../report.ts'
import { toReport, type Answers, type SentAnswers } from './answers.ts'

/** How long the receipt may be shown again on the browser that sent it, for a reply that was lost on a bad line. */
export const shown_minutes = 10

/** Sends a draft and answers with the page that shows the receipt. */
export const send = async (ask: Ask, draft: Draft<Answers>): Promise<Answer> => {
  const sent = await sendDraft(ask, draft, shown_minutes)
  return redirect('/report/sent', sent && [draftCookie(draft, shown_minutes * 60)])
}

/**
 * Sends a draft, and leaves in its place the receipt, sealed, for so many minutes.
 * @returns undefined when it was sent before and its draft is gone
 */
export const sendDraft = async (
  ask: Pick<Ask, 'house' | 'tx' | 'viewer' | 'lang'>,
  draft: Draft<Answers>,
  minutes: number,
): Promise<SentAnswers | undefined> => {
  const { house, tx, viewer, lang } = ask
  const at = house.now()
  const sent = await report(tx, house.keys, viewer, toReport(draft.answers), {
    channel: draft.answers.channel,
    language: lang.code,
    at,
    // Of a visitor's token rather than the draft: the same small note sent twice is one, even when the first draft is gone.
    submissionKey: tokenHash(house.keys, 'submission', draft.token ?? draft.id),
    files: readDraftFiles(ask, draft),
  })
  if (sent === 'already sent') return undefined
  const { due, ...kept } = sent
  for (const { id } of await draftFiles(ask, draft)) await dropDraftFile(ask, draft, id)
  const answers: SentAnswers = { ...kept, due: due?.toISOString() ?? null }
  await keepDraft(ask, { ...draft, kind: 'sent', answers }, new Date(at.getTime() + minutes * 60_000))
  return answers
}
