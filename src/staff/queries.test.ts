import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { newId } from '../platform/index.ts'
import { accountsOfAgency, addAccount, namesFor } from './index.ts'
import { suspend } from './suspend.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const newcomer = (more: object = {}) => ({
  agency: house.cast.agencies['school']!,
  email: 'New@AshHill.example',
  name: 'Nell Ward',
  jobTitle: 'Head',
  roles: ['reporter-agency'] as const,
  ...more,
})

test('names come with job and agency; ids of nobody and of other partnerships are left out', async () => {
  const { dena, priya, otto } = house.cast.people
  const names = await house.seen(house.as('dena'), (tx) =>
    namesFor(tx, [dena.id, priya.id, otto.id, newId(), 'nonsense']),
  )
  expect(Object.fromEntries(names)).toEqual({
    [dena.id]: { name: 'Dena Okoro', jobTitle: 'Duty social worker', agency: 'Elmshire children’s social care' },
    [priya.id]: { name: 'Priya Nair', jobTitle: 'Designated safeguarding lead', agency: 'Ash Hill School' },
  })
})

test('the public reads no names', async () => {
  const names = await house.seen(house.anyone, (tx) => namesFor(tx, [house.cast.people.dena.id]))
  expect(names.size).toBe(0)
})

test('the people of an agency come by name with their roles, without those who are suspended', async () => {
  const { childrens } = house.cast.agencies
  const people = () => house.seen(house.as('priya'), (tx) => accountsOfAgency(tx, childrens!))
  expect((await people()).map(({ name, roles }) => [name, roles])).toEqual([
    ['Colm Byrne', ['duty']],
    ['Dena Okoro', ['duty']],
    ['Lena Sorrel', ['practitioner']],
    ['Mina Farah', ['manager']],
  ])
  const ada = house.as('ada')
  await house.seen(ada, (tx) => suspend(tx, house.house, ada, { account: house.cast.people.colm.id, why: 'Left' }))
  expect((await people()).map(({ name }) => name)).toEqual(['Dena Okoro', 'Lena Sorrel', 'Mina Farah'])
  expect(await house.seen(house.anyone, (tx) => accountsOfAgency(tx, childrens!))).toEqual([])
  expect(await house.seen(house.as('otto'), (tx) => accountsOfAgency(tx, childrens!))).toEqual([])
})

test('an account is added with its roles, its email in small letters, and is written down', async () => {
  const id = await house.seen(house.system, (tx) => addAccount(tx, house.system, newcomer()))
  const made = await house.seen(house.as('ada'), async (tx) => ({
    account: await tx.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    roles: await tx.selectFrom('role_grant').select('role').where('account_id', '=', id).execute(),
    events: await tx.selectFrom('event').select('kind').where('about_id', '=', id).orderBy('seq').execute(),
  }))
  expect(made.account).toMatchObject({
    email: 'new@ashhill.example',
    name: 'Nell Ward',
    job_title: 'Head',
    demo: false,
  })
  expect(made.roles).toEqual([{ role: 'reporter-agency' }])
  expect(made.events.map(({ kind }) => kind)).toEqual(['account made', 'role granted'])
})

test('an account is not added twice, nor with a password that is easy to guess, nor by somebody who may not', async () => {
  const add = (viewer: typeof house.system, more: object) =>
    house.seen(viewer, (tx) => addAccount(tx, viewer, newcomer(more)))
  await expect(add(house.system, {})).rejects.toThrow('Somebody has an account with this email already.')
  const other = { email: 'other@ashhill.example' }
  await expect(add(house.system, { ...other, password: 'Password1234' })).rejects.toThrow('easy to guess')
  await expect(add(house.as('mina'), other)).rejects.toThrow('Only an administrator')
  expect(await add(house.as('ada'), other)).toBeTruthy()
})

test('nobody’s password, factor or code can be read by a page, not even an administrator’s or one’s own', async () => {
  for (const name of ['ada', 'dena'] as const)
    for (const table of ['password', 'totp', 'passkey', 'recovery_code', 'sign_in_try'] as const)
      expect(await house.seen(house.as(name), (tx) => tx.selectFrom(table).selectAll().execute())).toEqual([])
})
