import { expect, test } from 'vitest'
import { columns, population } from '../../test/population.ts'
import { tableBuilder, type Field, type Kind, type Stage } from '../linkage/index.ts'
import { linkOnThreads } from './threads.ts'

const kinds: Kind[] = ['given name', 'middle name', 'family name', 'date', 'sex', 'postcode', 'address', 'phone']
const fields = columns.map((name, i): Field => ({ name, kind: kinds[i]! }))
const rows = population(7, 3000).map(({ values }) => values)
const tableOf = () => {
  const builder = tableBuilder(fields)
  rows.forEach((row, i) => builder.add(row, i % 2 === 0 ? 0 : 1))
  return builder.build()
}
const effort = { random: 1e5, training: 5e4 }

test('one thread and three give the same model, pairs, weights and clusters', async () => {
  const stages = new Set<Stage['doing']>()
  const one = await linkOnThreads(fields, tableOf(), 1, () => {}, { effort })
  const three = await linkOnThreads(fields, tableOf(), 3, ({ doing }) => stages.add(doing), { effort })
  expect(one.edges.a.length).toBeGreaterThan(500)
  expect(three.model).toEqual(one.model)
  expect(three.plan.costs).toEqual(one.plan.costs)
  expect(three.edges).toEqual(one.edges)
  expect(three.clusters).toEqual(one.clusters)
  expect([...stages]).toEqual(['blocking', 'learning', 'comparing', 'clustering'])

  // With a model given, nothing is learned and nothing settled.
  const { model } = one
  const again = await linkOnThreads(fields, tableOf(), 2, () => {}, { model })
  expect(again.edges).toEqual((await linkOnThreads(fields, tableOf(), 1, () => {}, { model })).edges)
})

test('a thread that breaks breaks the run, and does not leave it waiting', async () => {
  const table = tableOf()
  const model = (await linkOnThreads(fields, table, 1, () => {}, { effort })).model
  const wrong = { ...model, blocking: [['no such field']] }
  await expect(linkOnThreads(fields, table, 2, () => {}, { model: wrong })).rejects.toThrow()
})
