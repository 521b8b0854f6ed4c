import { dateFormat, fill, PasswordInput, typed, type Ask, type Cookie } from '../../web/index.ts'
import { ownPath } from '../own-path.ts'

/** Small things that several pages of this room say the same way. */

export const waitSentence = ({ w }: Ask, minutes: number): string =>
  minutes === 1 ? w.staff.wait.one : fill(w.staff.wait.many, { minutes })

/** One word for one, another for many. */
export const counted = (words: { one: string; many: string }, count: number): string =>
  count === 1 ? words.one : fill(words.many, { count })

const momentOf = dateFormat({ dateStyle: 'long', timeStyle: 'short' })

/** '23 November 2026 at 10:00', by the partnership's own clocks. */
export const when = ({ place }: Ask, at: Date): string => momentOf(place.zone).format(at)

/** Where the person was going before they had to sign in. */
export const thenOf = ({ query, form }: Ask): string => ownPath(typed(form, 'then') || query['then'])

/** The address of the next step of signing in, which still knows where the person was going. */
export const onTheWay = (path: string, then: string): string =>
  then === '/work' ? path : `${path}?then=${encodeURIComponent(then)}`

/** Takes the session away from the browser. */
export const noSession: Cookie = { name: 'session', value: '' }

/** A password box whose words are in the catalogue. It is never filled in again. */
export const Password = ({ ask, ...props }: { ask: Ask } & Parameters<typeof PasswordInput>[0]) => (
  <PasswordInput showPasswordText={ask.w.staff.showPassword} hidePasswordText={ask.w.staff.hidePassword} {...props} />
)
