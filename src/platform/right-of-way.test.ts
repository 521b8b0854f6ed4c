import { expect, test } from 'vitest'
import { rightOfWay } from './index.ts'

test('what can wait goes when nobody waits any more, at once where nobody does, and at the latest when its time is up', async () => {
  const way = rightOfWay()
  const order: string[] = []
  const pages = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await way.after(60_000)
  const answered = pages.map(({ promise }) => way.first(() => promise))
  const patient = way.after(60_000).then(() => order.push('patient'))
  const hasty = way.after(1).then(() => order.push('hasty'))
  await hasty
  pages[0]!.resolve()
  await answered[0]
  order.push('one page is answered')
  pages[1]!.reject(new Error('a page that fails is answered too'))
  await expect(answered[1]).rejects.toThrow('is answered too')
  await patient
  expect(order).toEqual(['hasty', 'one page is answered', 'patient'])
})
