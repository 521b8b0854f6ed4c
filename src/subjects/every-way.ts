import type { StaffViewer } from '../platform/index.ts'
import { isImplied, registerOf } from '../sharing/index.ts'
import type { Ask } from '../web/index.ts'

/** Every purpose, basis and condition that a clause names for this agency. */
export const everyWay = async (ask: Ask) => {
  const worker = ask.viewer as StaffViewer
  const register = await registerOf(ask.tx, worker.partnership)
  const ways: { purpose: string; basis: string; condition: string }[] = []
  for (const held of register.pairs())
    if (held.recipient === worker.agency && !isImplied(held.purpose))
      for (const { rule } of held.permits)
        for (const basis of rule.bases)
          for (const condition of ['', ...rule.conditions]) ways.push({ purpose: held.purpose, basis, condition })
  return ways
}
