import { hash, verify } from '@node-rs/argon2'
import { isCommonPassword } from './common-password.ts'
import { takeTurns } from './turns.ts'

// What OWASP's password storage cheat sheet asks of argon2id: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const current = '$argon2id$v=19$m=19456,t=2,p=1$'
export const least_characters = 12
export const most_characters = 200

/** The same letters from another keyboard are other bytes: both sides are put into one form first. */
const plain = (typed: string): string => typed.normalize('NFKC')

/*
 * One takes 19 MiB and 40 ms of a core, and holds a connection to the database: a flood of sign-ins must not take them
 * all. Two cores work and ten people wait, a quarter of a second at most; that leaves four connections of sixteen to
 * everybody else.
 */
export const passwordTurns = takeTurns(2, 10)

/** @throws {Busy} when too many wait */
export const hashPassword = (typed: string): Promise<string> => passwordTurns.inTurn(() => hash(plain(typed), cost))

// The hash of a password that was thrown away: an account that does not exist takes as long as one that does.
const nobodys = `${current}jlLx5pjqKxjNKgKrPYbNWg$s98eTbopCLbAvGd0a5RZ2AOxCZ8cIe3Q+mpBUJOYU7I`

/** Is this the password? Without one to compare with the answer is no, after the same work. @throws {Busy} when too many wait */
export const isPassword = async (stored: string | null | undefined, typed: string): Promise<boolean> => {
  const right = await passwordTurns.inTurn(() => verify(stored ?? nobodys, plain(typed.slice(0, 1000))))
  return right && Boolean(stored)
}

/** Was it made with weaker settings than today's? */
export const isWeakHash = (stored: string): boolean => !stored.startsWith(current)

export type PasswordProblem = 'short' | 'long' | 'own' | 'common'

/** What nobody's password should be built on: who they are, and where they work. */
type Owner = { email: string; name: string }
type Home = { place: string; slug: string }

/** Why a password cannot be used; undefined when it can. What it is made of is the person's own affair. */
export const passwordProblem = (typed: string, owner: Owner, home: Home): PasswordProblem | undefined => {
  const length = [...plain(typed)].length
  if (length < least_characters) return 'short'
  if (length > most_characters) return 'long'
  if (holdsOwnWords(plain(typed).toLowerCase(), owner, home)) return 'own'
  return isCommonPassword(typed) ? 'common' : undefined
}

const holdsOwnWords = (password: string, { email, name }: Owner, { place, slug }: Home): boolean => {
  const [mailbox = ''] = email.toLowerCase().split('@')
  // A short name is part of many honest words (Will, Ann), so only the longer pieces count.
  const pieces = `${mailbox} ${name} ${place} ${slug}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  const long = pieces.filter((piece) => piece.length >= 5)
  return [...long, mailbox.length >= 4 ? mailbox : '', 'trellis'].some((one) => one !== '' && password.includes(one))
}
