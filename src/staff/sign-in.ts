import { sql } from 'kysely'
import { asProduct, inTransaction, record, type Db, type Tx, type Viewer } from '../platform/index.ts'
import type { Ask, House } from '../web/index.ts'
import { about, readEmail } from './account.ts'
import { hashPassword, isPassword, isWeakHash, passwordTurns } from './password.ts'
import { endSession, startSession } from './session.ts'
import { countedAs, countTry, minutesToWait } from './tries.ts'

export type SignedIn =
  | { outcome: 'wait'; minutes: number }
  | { outcome: 'busy' }
  | { outcome: 'refused' }
  | { outcome: 'half open'; token: string }

/**
 * The first factor. An unknown email, a wrong password, an account without one and a suspended account get the same
 * answer after the same work: nobody learns here who works for whom.
 */
export const signIn = (
  db: Db | Tx,
  house: House,
  viewer: Viewer,
  input: { email: string; password: string; cookies: Ask['cookies'] },
): Promise<SignedIn> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      // Before anything is asked or counted, and for every name alike.
      if (passwordTurns.isFull()) return { outcome: 'busy' }
      const { keys } = house
      const { partnership } = viewer
      const at = house.now()
      const tried = {
        partnership,
        countedAs: countedAs(keys, partnership, input.email, input.cookies),
        step: 'password',
        at,
      } as const
      const minutes = await minutesToWait(tx, tried)
      if (minutes > 0) return { outcome: 'wait', minutes }
      const found = await findAccount(tx, partnership, readEmail(input.email), at)
      const isRight = (await isPassword(found?.hash, input.password)) && !found?.suspended
      await countTry(tx, tried, isRight)
      if (!found || !isRight) {
        const whom = found ? about(found.id) : { kind: 'partnership', id: partnership }
        await record(tx, { kind: 'public', partnership }, 'sign-in refused', whom, { step: 'password' })
        return { outcome: 'refused' }
      }
      // That can wait for another sign-in when there is a crowd.
      if (isWeakHash(found.hash ?? '') && !passwordTurns.isFull())
        await strengthen(tx, partnership, found.id, input.password)
      const before = input.cookies['session']
      if (before) await endSession(tx, keys, partnership, before, 'signed in again', at)
      return { outcome: 'half open', token: await startSession(tx, keys, partnership, found.id, at) }
    }),
  )

const findAccount = async (tx: Tx, partnership: string, email: string, at: Date) => {
  const { rows } = await sql<{ id: string; hash: string | null; suspended: boolean }>`
    select a.id, p.hash, account_closed(a.partnership_id, a.id, a.agency_id, ${at}) as suspended
    from account a left join password p on p.partnership_id = a.partnership_id and p.account_id = a.id
    where a.partnership_id = ${partnership} and a.email = ${email}`.execute(tx)
  return rows[0]
}

/** A hash made when computers were slower is made again, now that the password is at hand. */
const strengthen = async (tx: Tx, partnership: string, account: string, password: string): Promise<void> => {
  await tx
    .updateTable('password')
    .set({ hash: await hashPassword(password) })
    .where('partnership_id', '=', partnership)
    .where('account_id', '=', account)
    .execute()
}
