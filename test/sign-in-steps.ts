import { Secret, TOTP } from 'otpauth'
import { password, type Name } from './cast.ts'
import type { Browser, Got, TestHouse } from './house.ts'

/** The steps of signing in as a person without JavaScript takes them, for tests of several rooms. */

export const givePassword = (
  house: TestHouse,
  browser: Browser,
  name: Name,
  typed = password,
  then = '',
): Promise<Got> => browser.post('/sign-in', { email: house.cast.people[name].email, password: typed, then })

/** What the app on a phone shows at that time. */
export const codeAt = (secret: string, at: Date): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() })

/** The key under the picture, and the hidden field that goes with it. */
export const offerIn = ({ text }: Got): { secret: string; offer: string } => ({
  secret: (/class="trellis-code">([A-Z2-7 ]+)</.exec(text)?.[1] ?? '').replaceAll(' ', ''),
  offer: /name="offer" value="([^"]+)"/.exec(text)?.[1] ?? '',
})

/** The recovery codes on the page that shows them. */
export const codesIn = ({ text }: Got): string[] =>
  [...text.matchAll(/class="trellis-code">([0-9A-Z]{5}-[0-9A-Z]{5})</g)].map((match) => match[1]!)

/** Signs somebody in for the first time, with an app. The browser is fully signed in afterwards. */
export const enrol = async (house: TestHouse, browser: Browser, name: Name) => {
  await givePassword(house, browser, name)
  const { secret, offer } = offerIn(await browser.get('/sign-in/set-up/authenticator'))
  const shown = await browser.post('/sign-in/set-up/authenticator', {
    offer,
    label: 'Work phone',
    'one-time-code': codeAt(secret, house.clock.now),
  })
  return { secret, shown, codes: codesIn(shown) }
}

/** Signs in again with password and code, half a minute later: each code works once. */
export const signInWithCode = async (house: TestHouse, browser: Browser, name: Name, secret: string): Promise<Got> => {
  later(house, 30)
  browser.cookies.delete('session')
  await givePassword(house, browser, name)
  return browser.post('/sign-in/second-factor', { 'one-time-code': codeAt(secret, house.clock.now) })
}

export const later = (house: TestHouse, seconds: number): void => {
  house.clock.now = new Date(house.clock.now.getTime() + seconds * 1000)
}
