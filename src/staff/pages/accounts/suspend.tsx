import { isId } from '../../../platform/index.ts'
import { Link, readForm, redirect, WarningText, type Ask, type FieldError, type Handler } from '../../../web/index.ts'
import { suspend } from '../../suspend.ts'
import { counted } from '../said.tsx'
import { whyPage, whySchema } from './why.tsx'

export const suspendPage: Handler = (ask) => view(ask)

export const sendSuspend: Handler = async (ask) => {
  const words = ask.w.staff.suspend
  const read = readForm(whySchema(words), ask.form)
  if (!read.ok) return view(ask, read.errors)
  const account = ask.params['account'] ?? ''
  const refusals = { yourself: words.yourself, 'last administrator': words.last, 'already suspended': words.already }
  const suspended = await suspend(ask.tx, ask.house, ask.viewer, { account, why: read.value.why })
  if (suspended !== 'suspended') return view(ask, [{ field: 'why', text: refusals[suspended] }])
  const left = await ask.house.openWork(ask.tx, ask.viewer.partnership, { account })
  return redirect(left > 0 ? `/accounts/${account}/work` : `/accounts/${account}?said=suspended`)
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const account = ask.params['account'] ?? ''
  const left = isId(account) ? await ask.house.openWork(ask.tx, ask.viewer.partnership, { account }) : 0
  const words = ask.w.staff.suspend
  const warning = left > 0 && (
    <WarningText>
      {counted(words.left, left)} <Link href={ask.href(`/accounts/${account}/work`)}>{words.leftLink}</Link>
    </WarningText>
  )
  return whyPage(ask, words, errors, warning)
}
