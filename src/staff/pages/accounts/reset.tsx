import { readForm, type Handler } from '../../../web/index.ts'
import { findAccount } from '../../queries.ts'
import { resetFactors } from '../../reset-factors.ts'
import { invitedPage } from './invited.tsx'
import { whyPage, whySchema } from './why.tsx'

export const resetPage: Handler = (ask) => whyPage(ask, ask.w.staff.reset)

export const sendReset: Handler = async (ask) => {
  const words = ask.w.staff.reset
  const read = readForm(whySchema(words), ask.form)
  if (!read.ok) return whyPage(ask, words, read.errors)
  const account = ask.params['account'] ?? ''
  const made = await resetFactors(ask.tx, ask.house, ask.viewer, { account, why: read.value.why })
  if (made === 'yourself') return whyPage(ask, words, [{ field: 'why', text: words.yourself }])
  return invitedPage(ask, made, (await findAccount(ask.tx, account))?.name ?? '')
}
