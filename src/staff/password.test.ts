import { expect, test } from 'vitest'
import { hashPassword, isPassword, isWeakHash, passwordProblem } from './password.ts'

const dena = { email: 'd.okoro@elmshire.example', name: 'Dena Okoro' }
const elmshire = { place: 'Elmshire', slug: 'elmshire' }
const problem = (typed: string) => passwordProblem(typed, dena, elmshire)

test('a password has at least twelve characters and at most two hundred, whatever they are', () => {
  expect(problem('otters file')).toBe('short')
  expect(problem('otters file maps')).toBeUndefined()
  expect(problem('xkqvbmplwzjd')).toBeUndefined()
  expect(problem('ответь выдрам')).toBeUndefined()
  expect(problem(`${'otter map '.repeat(19)}ends here.`)).toBeUndefined()
  expect(problem(`${'otter map '.repeat(20)}.`)).toBe('long')
})

test('a character that takes two places in memory is one character', () => {
  expect(problem('🦦🗺🐚🦀🌊🪸🐟🦑🐙🦞🌀')).toBe('short')
  expect(problem('🦦🗺🐚🦀🌊🪸🐟🦑🐙🦞🌀🎣')).toBeUndefined()
})

test.each([
  'password1234',
  'Password1234!',
  'P@ssw0rd2026!!',
  'qwertyuiop12',
  'letmeinletmein',
  'iloveyou2010',
  'Summer2026Winter',
  'liverpoolfc1892',
  'dr4g0nm4st3r!',
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  '123456789012',
  '210987654321',
  '111222333444',
  '1q2w3e4r5t6y',
  'welcome hello',
  'correct horse battery staple',
])('what many people use is refused: %s', (typed) => {
  expect(problem(typed)).toBe('common')
})

test.each([
  'a dog called Bernard ate 7 pies',
  'dog 4829471938 cat',
  'monkey dragon shadow',
  'ich fahre morgen nach hause',
  'hammock-quartz-violin',
])('what takes long to guess is taken, common words or not: %s', (typed) => {
  expect(problem(typed)).toBeUndefined()
})

test('a password may not hold its owner’s name, the name before the @, the place or the product', () => {
  expect(problem('Okoro drinks tea')).toBe('own')
  expect(problem('hurry d.okoro hurry')).toBe('own')
  expect(problem('sunny ELMSHIRE mornings')).toBe('own')
  expect(problem('climbing trellis rose')).toBe('own')
})

test('a short name inside another word does no harm', () => {
  expect(
    passwordProblem('my dog will bark at night', { name: 'Will Ng', email: 'will.ng@x.example' }, elmshire),
  ).toBeUndefined()
})

test('a hash is argon2id with 19 MiB and two passes, and no other password opens it', async () => {
  const stored = await hashPassword('otters file maps')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await isPassword(stored, 'otters file maps')).toBe(true)
  expect(await isPassword(stored, 'otters file mapS')).toBe(false)
  expect(isWeakHash(stored)).toBe(false)
})

test('the same letters from another keyboard are the same password', async () => {
  expect(await isPassword(await hashPassword('cafe\u0301 ole\u0301 olives'), 'caf\u00e9 ol\u00e9 olives')).toBe(true)
})

test('without a stored hash nothing is right, not even the password that was thrown away', async () => {
  expect(await isPassword(undefined, 'otters file maps')).toBe(false)
  expect(await isPassword(null, '')).toBe(false)
})
