import { readForm, redirect, type Handler } from '../../../web/index.ts'
import { suspend } from '../../suspend.ts'
import { whyPage, whySchema } from './why.tsx'

export const suspendPage: Handler = (ask) => whyPage(ask, ask.w.staff.suspend)

export const sendSuspend: Handler = async (ask) => {
  const words = ask.w.staff.suspend
  const read = readForm(whySchema(words), ask.form)
  if (!read.ok) return whyPage(ask, words, read.errors)
  const account = ask.params['account'] ?? ''
  const refusals = { yourself: words.yourself, 'last administrator': words.last, 'already suspended': words.already }
  const suspended = await suspend(ask.tx, ask.house, ask.viewer, { account, why: read.value.why })
  if (suspended === 'suspended') return redirect(`/accounts/${account}?said=suspended`)
  return whyPage(ask, words, [{ field: 'why', text: refusals[suspended] }])
}
