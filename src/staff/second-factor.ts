import { asProduct, inTransaction, record, type Tx } from '../platform/index.ts'
import type { Ask, Cookie } from '../web/index.ts'
import { about, themself } from './account.ts'
import { isCode } from './authenticator.ts'
import { isPasskey } from './passkey.ts'
import { isRecoveryCode } from './recovery-code.ts'
import { openFully, type HalfOpen } from './session.ts'
import { countedAs, countTry, knownBrowser, minutesToWait } from './tries.ts'

export type SecondFactor = { code: string } | { passkey: string } | { recoveryCode: string }
export type Opened =
  { outcome: 'wait'; minutes: number } | { outcome: 'refused' } | { outcome: 'signed in'; cookies: readonly Cookie[] }

/** The second factor of a sign-in that is half open. Guessing it slows down like guessing a password. */
export const giveSecondFactor = (ask: Ask, half: HalfOpen, given: SecondFactor): Promise<Opened> =>
  inTransaction(ask.tx, (tx) =>
    asProduct(tx, async () => {
      const { keys } = ask.house
      const { account } = half
      const at = ask.house.now()
      const tried = {
        partnership: account.partnership_id,
        countedAs: countedAs(keys, account.partnership_id, account.email, ask.cookies),
        step: 'recoveryCode' in given ? 'recovery code' : 'second factor',
        at,
      } as const
      const minutes = await minutesToWait(tx, tried)
      if (minutes > 0) return { outcome: 'wait', minutes }
      const how = await proves(ask, tx, half, given)
      await countTry(tx, tried, how !== undefined)
      if (!how) {
        await record(tx, themself(account), 'sign-in refused', about(account.id), { step: tried.step })
        return { outcome: 'refused' }
      }
      return { outcome: 'signed in', cookies: await open(ask, tx, half, how) }
    }),
  )

/** How it was proved, if it was. */
const proves = async (ask: Ask, tx: Tx, half: HalfOpen, given: SecondFactor): Promise<string | undefined> => {
  const { keys } = ask.house
  const at = ask.house.now()
  if ('code' in given) return (await isCode(tx, keys, half.account, given.code, at)) ? 'authenticator' : undefined
  if ('passkey' in given) return (await isPasskey(ask, tx, half, given.passkey)) ? 'passkey' : undefined
  return (await isRecoveryCode(tx, keys, half.account, given.recoveryCode, at)) ? 'recovery code' : undefined
}

/** Lets somebody in for whom both factors are proved. Returns what their browser keeps. */
export const open = async (ask: Ask, tx: Tx, half: HalfOpen, how: string): Promise<readonly Cookie[]> => {
  const { keys } = ask.house
  const { account } = half
  const token = await openFully(tx, keys, account.partnership_id, half.session, ask.house.now())
  await record(tx, themself(account), 'signed in', about(account.id), { how })
  return [{ name: 'session', value: token }, knownBrowser(keys, account.partnership_id, account.email)]
}
