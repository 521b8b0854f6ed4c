import { sql } from 'kysely'
import {
  asProduct,
  inTransaction,
  isId,
  newId,
  randomBase32,
  readBase32,
  record,
  sameBytes,
  tokenHash,
  type Keys,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import type { Ask, House } from '../web/index.ts'
import { about, accountToKeep, themself, type Account } from './account.ts'
import { addAccount, isTaken, type NewAccount } from './add-account.ts'
import { hashPassword, passwordProblem, type PasswordProblem } from './password.ts'
import { endSessions, startSession } from './session.ts'

export const invitation_days = 7
// 80 bits: nobody guesses it, so tries need not be counted.
const characters = 16

/** What an administrator passes on: the link may be seen by anyone, the code goes another way and is shown once. */
export type Invitation = { account: string; id: string; code: string; expires: Date }

const hashOf = (keys: Keys, invitation: string, code: string): Buffer =>
  tokenHash(keys, 'invitation', `${invitation}\n${code}`)

/** Makes an account and the invitation to it. */
export const invite = (tx: Tx, house: House, viewer: Viewer, input: NewAccount): Promise<Invitation | 'email taken'> =>
  inTransaction(tx, async (inner) => {
    if (await isTaken(inner, viewer.partnership, input.email)) return 'email taken'
    const account = await addAccount(inner, viewer, input)
    return makeInvitation(inner, house, viewer, account, 'account invited')
  })

/** A new invitation for somebody who has not taken theirs. The old one opens nothing any more. */
export const inviteAgain = (tx: Tx, house: House, viewer: Viewer, id: string): Promise<Invitation | 'not waiting'> =>
  inTransaction(tx, async (inner) => {
    await accountToKeep(inner, viewer, id)
    const waiting = await inner
      .selectFrom('invitation')
      .select('id')
      .where('partnership_id', '=', viewer.partnership)
      .where('account_id', '=', id)
      .where('taken_at', 'is', null)
      .where('replaced_at', 'is', null)
      .executeTakeFirst()
    return waiting ? makeInvitation(inner, house, viewer, id, 'invited again') : 'not waiting'
  })

export const makeInvitation = async (
  tx: Tx,
  house: House,
  viewer: Viewer,
  account: string,
  event: string,
): Promise<Invitation> => {
  const at = house.now()
  const id = newId()
  const code = randomBase32(characters)
  const expires = new Date(at.getTime() + invitation_days * 86_400_000)
  await tx
    .updateTable('invitation')
    .set({ replaced_at: at })
    .where('partnership_id', '=', viewer.partnership)
    .where('account_id', '=', account)
    .where('taken_at', 'is', null)
    .where('replaced_at', 'is', null)
    .execute()
  await tx
    .insertInto('invitation')
    .values({
      partnership_id: viewer.partnership,
      id,
      account_id: account,
      code_hash: hashOf(house.keys, id, code),
      invited_by: viewer.kind === 'staff' ? viewer.staff : null,
      invited_at: at,
      expires_at: expires,
    })
    .execute()
  await record(tx, viewer, event, about(account))
  return { account, id, code: code.replace(/(.{4})(?=.)/g, '$1-'), expires }
}

export type Taken = { outcome: 'refused' } | { outcome: PasswordProblem } | { outcome: 'taken'; token: string }

/** Takes up an invitation: sets the password and begins the sign-in that a second factor will finish. */
export const takeInvitation = (
  ask: Ask,
  input: { invitation: string; code: string; password: string },
): Promise<Taken> =>
  inTransaction(ask.tx, (tx) =>
    asProduct(tx, async () => {
      const { house, place } = ask
      const at = house.now()
      const account = await invited(tx, house, place.id, input, at)
      if (!account) return { outcome: 'refused' }
      const problem = passwordProblem(input.password, account, place)
      if (problem) return { outcome: problem }
      const mine = { partnership_id: account.partnership_id, account_id: account.id }
      const set = { hash: await hashPassword(input.password), set_at: at }
      await tx
        .insertInto('password')
        .values({ ...mine, ...set })
        .onConflict((conflict) => conflict.columns(['partnership_id', 'account_id']).doUpdateSet(set))
        .execute()
      await tx
        .updateTable('invitation')
        .set({ taken_at: at })
        .where('partnership_id', '=', place.id)
        .where('id', '=', input.invitation)
        .execute()
      await endSessions(tx, house.keys, place.id, account.id, 'invitation taken', at)
      await record(tx, themself(account), 'invitation taken', about(account.id))
      return { outcome: 'taken', token: await startSession(tx, house.keys, place.id, account.id, at) }
    }),
  )

/** Whom this invitation and this code let in, held until the transaction ends. */
const invited = async (
  tx: Tx,
  { keys }: House,
  partnership: string,
  input: { invitation: string; code: string },
  at: Date,
) => {
  const code = readBase32(input.code)
  if (code === undefined || !isId(input.invitation)) return undefined
  const { rows } = await sql<Account & { code_hash: Buffer }>`
    select a.partnership_id, a.id, a.agency_id, a.email, a.name, a.job_title, a.demo, i.code_hash
    from invitation i join account a on a.partnership_id = i.partnership_id and a.id = i.account_id
    where i.partnership_id = ${partnership} and i.id = ${input.invitation}
      and i.taken_at is null and i.replaced_at is null and i.expires_at > ${at}
      and not account_closed(a.partnership_id, a.id, a.agency_id, ${at})
    for update of i`.execute(tx)
  const [found] = rows
  return found && sameBytes(found.code_hash, hashOf(keys, input.invitation, code)) ? found : undefined
}
