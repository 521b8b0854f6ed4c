import { sql, type DatabaseConnection } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import {
  abreast,
  askedAsProduct,
  asProduct,
  asStating,
  become,
  inTransaction,
  newId,
  record,
  together,
  type Tx,
} from './index.ts'
import { speakingOn } from './speaker.ts'

let house: TestHouse
/** The driver warns of one thing once in the life of a process, whoever caused it. */
const warned: string[] = []
const hear = ({ message }: Error): void => void warned.push(message)
const driverWarned = (): string[] => warned.filter((said) => said.includes('client.query()'))
beforeAll(async () => {
  process.on('warning', hear)
  house = await openTestHouse()
})
afterAll(() => {
  process.off('warning', hear)
  return house.close()
})

const as = <T>(work: (tx: Tx) => Promise<T>) => house.seen(house.as('colm'), work)
const who = sql<{ who: string }>`select current_setting('trellis.viewer') as who`
const set = (to: string) => sql`select set_config('trellis.test', ${to}, true)`
const told = sql<{ told: string }>`select current_setting('trellis.test', true) as told`
const wrong = sql`select 1 / ${0}::int`

test('what is asked together is answered in order, and what comes later sees what was written before', async () => {
  const answers = await as((tx) =>
    together(tx, set('one'), told, set('two'), told, tx.selectFrom('agency').select('id').limit(1)),
  )
  expect([answers[1], answers[3]]).toEqual([[{ told: 'one' }], [{ told: 'two' }]])
  expect(answers[4]).toHaveLength(1)
})

test('the first failure among them is the one that is heard, and nothing of the transaction stays', async () => {
  await expect(as((tx) => together(tx, told, wrong, told))).rejects.toThrow('division by zero')
  expect(await as((tx) => together(tx, who))).toEqual([[{ who: 'staff' }]])
})

test('what stood behind something that failed is asked another time, under whatever name it has by then', async () => {
  const answer = sql<{ n: number }>`select ${41}::int + 1 as n`
  const taken = sql`select ${newId()}::uuid`
  for (let i = 0; i < 6; i++) await expect(as((tx) => together(tx, taken, wrong, answer))).rejects.toThrow('by zero')
  for (let i = 0; i < 6; i++) expect((await as((tx) => together(tx, taken, answer)))[1]).toEqual([{ n: 42 }])
  await expect(as((tx) => together(tx, answer, wrong))).rejects.toThrow('division by zero')
  expect(await as((tx) => together(tx, answer))).toEqual([[{ n: 42 }]])
})

test('what is asked while others are being answered keeps its order, and the driver has nothing to warn of', async () => {
  const later = async (tx: Tx, ticks: number): Promise<number> => {
    for (let i = 0; i < ticks; i++) await new Promise((go) => setImmediate(go))
    return (await sql<{ n: number }>`select nextval('pg_temp.turn')::int + ${0}::int as n`.execute(tx)).rows[0]!.n
  }
  await as(async (tx) => {
    await sql`create temporary sequence turn`.execute(tx)
    const heard = await Promise.all(Array.from({ length: 12 }, (_, ticks) => later(tx, ticks)))
    expect(heard).toEqual(heard.map((_, place) => place + 1))
    await sql`drop sequence pg_temp.turn`.execute(tx)
  })
  expect(driverWarned()).toEqual([])
})

test('what goes back right behind what has not left yet waits its turn, and so does what comes after it', async () => {
  const turn = sql<{ n: number }>`select nextval('pg_temp.turn')::int + ${0}::int as n`
  const asked = async (tx: Tx): Promise<number> => (await turn.execute(tx)).rows[0]!.n
  await as(async (tx) => {
    await sql`create temporary sequence turn`.execute(tx)
    await sql`savepoint here`.execute(tx)
    const first = asked(tx)
    await new Promise((go) => process.nextTick(go))
    // The first is on its way; this one waits for its answer, and what follows for this one.
    const second = asked(tx)
    const back = sql`rollback to savepoint here`.execute(tx)
    const third = asked(tx)
    await back
    expect(await Promise.all([first, second, third])).toEqual([1, 2, 3])
    await sql`drop sequence pg_temp.turn`.execute(tx)
  })
  await new Promise((go) => setImmediate(go))
  expect(driverWarned()).toEqual([])
})

test('a verb within a verb that fails takes back its own, also where nothing was asked in it', async () => {
  await as(async (tx) => {
    await inTransaction(tx, async (inner) => {
      await together(inner, set('kept'))
      for (const undo of [() => together(inner, set('undone')), () => Promise.resolve()])
        await inTransaction(inner, async () => {
          await undo()
          throw new Error('no')
        }).catch(() => {})
      expect(await together(inner, told)).toEqual([[{ told: 'kept' }]])
    })
    expect(await together(tx, told)).toEqual([[{ told: 'kept' }]])
  })
})

test('a transaction that fails as it ends has ended, and nothing of it stays', async () => {
  const cut = as(async (tx) => {
    await sql`create temporary table turns (n int primary key deferrable initially deferred)`.execute(tx)
    await inTransaction(tx, (inner) => sql`insert into turns values (${1}), (${1})`.execute(inner))
  })
  await expect(cut).rejects.toThrow('duplicate key')
  const there = sql<{ there: string | null }>`select to_regclass(${'pg_temp.turns'})::text as there`
  for (let i = 0; i < 20; i++) expect(await as((tx) => together(tx, there))).toEqual([[{ there: null }]])
})

// The embedded database's writer keeps half of what it could not write, and the transaction ends with it.
const isEmbedded = 'folder' in inject('copyFrom')
test.skipIf(isEmbedded)(
  'a value that cannot be written fails by itself, and the next is answered with its own answer',
  async () => {
    const circle: { of?: unknown } = {}
    circle.of = circle
    for (let i = 0; i < 6; i++)
      await as(async (tx) => {
        const [bad, good] = await Promise.allSettled([
          sql`select ${circle}::jsonb as it`.execute(tx),
          sql<{ n: number }>`select ${41}::int + 1 as n`.execute(tx),
        ])
        expect([bad.status, good.status === 'fulfilled' && good.value.rows]).toEqual(['rejected', [{ n: 42 }]])
      })
  },
)

test('two that fail together are told apart: the first is heard, and the other says why it was not asked', async () => {
  await as(async (tx) => {
    const heard = await Promise.allSettled([wrong.execute(tx), told.execute(tx)])
    expect(heard.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(String((heard[0] as PromiseRejectedResult).reason)).toContain('division by zero')
    await sql`rollback`.execute(tx)
  }).catch(() => {})
  expect(await as((tx) => together(tx, who))).toEqual([[{ who: 'staff' }]])
})

test('a question asked as the product is asked as the product, and its asker is themself again whatever happens', async () => {
  await as(async (tx) => {
    expect(await askedAsProduct(tx, who)).toEqual([{ who: 'system' }])
    expect(await together(tx, who)).toEqual([[{ who: 'staff' }]])
    const failing: (() => Promise<unknown>)[] = [
      () => askedAsProduct(tx, wrong),
      () => asProduct(tx, () => wrong.execute(tx)),
    ]
    for (const one of failing) await expect(inTransaction(tx, one)).rejects.toThrow('division by zero')
    expect(await together(tx, who)).toEqual([[{ who: 'staff' }]])
    expect(await asProduct(tx, () => askedAsProduct(tx, who))).toEqual([{ who: 'system' }])
    expect(await together(tx, who)).toEqual([[{ who: 'staff' }]])
  })
})

test('what became somebody else and was undone leaves whoever went on as they were', async () => {
  await as(async (tx) => {
    const undone = inTransaction(tx, async (inner) => {
      await become(inner, house.system)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await asProduct(tx, async () => expect(await together(tx, who)).toEqual([[{ who: 'system' }]]))
    expect(await together(tx, who)).toEqual([[{ who: 'staff' }]])
  })
})

test('side by side each is answered as who asked, however often the product asks between', async () => {
  const often = async (ask: () => Promise<string>): Promise<string[]> => {
    const heard: string[] = []
    for (let i = 0; i < 20; i++) heard.push(await ask())
    return heard
  }
  await as(async (tx) => {
    const asked = async (): Promise<string> => (await together(tx, who))[0][0]!.who
    const [mine, product, within] = await abreast(
      tx,
      () => often(asked),
      () => often(() => asProduct(tx, asked)),
      () => asProduct(tx, () => often(asked)),
    )
    expect([new Set(mine), new Set(product), new Set(within)]).toEqual([
      new Set(['staff']),
      new Set(['system']),
      new Set(['system']),
    ])
  })
})

const stating = (purpose: string) => ({ purpose, basis: 'task', condition: 'safeguarding', until: new Date() })
const why = sql<{
  why: string
}>`select current_setting('trellis.viewer') || ' ' || current_setting('trellis.purpose') as why`

test('what is stated of one is the purpose of what is asked of them alone, side by side and after something was undone', async () => {
  await as(async (tx) => {
    const asked = async (): Promise<string> => (await together(tx, why))[0][0]!.why
    const [support, enquiry] = [stating('support'), stating('enquiry')]
    const all = () =>
      abreast(
        tx,
        asked,
        () => asStating(tx, support, asked),
        () => asProduct(tx, asked),
        () => asStating(tx, enquiry, asked),
        () => asStating(tx, support, () => asStating(tx, enquiry, asked)),
      )
    const heard = ['staff ', 'staff support', expect.stringMatching(/^system/), 'staff enquiry', 'staff enquiry']
    expect(await all()).toEqual(heard)
    const undone = inTransaction(tx, () =>
      asStating(tx, support, async () => {
        expect(await asked()).toBe('staff support')
        throw new Error('undone')
      }),
    )
    await expect(undone).rejects.toThrow('undone')
    expect(await asStating(tx, enquiry, asked)).toBe('staff enquiry')
    expect(await asked()).toBe('staff ')
    expect(await all()).toEqual(heard)
  })
})

test('nobody but a member of staff states why, and nobody within what the product asks', async () => {
  await as(async (tx) => {
    await expect(asProduct(tx, () => asStating(tx, stating('support'), () => together(tx, why)))).rejects.toThrow(
      'asking for themself',
    )
  })
  await house.seen(house.system, async (tx) => {
    await expect((async () => asStating(tx, stating('support'), () => together(tx, why)))()).rejects.toThrow(
      'asking for themself',
    )
  })
})

test('side by side, who asks is told to the database once each way, and not for each of them', async () => {
  const said: string[] = []
  const connection: DatabaseConnection = {
    executeQuery: ({ sql: text, parameters }) => {
      said.push(text.includes('trellis.viewer') ? String(parameters[0]) : 'asked')
      return Promise.resolve({ rows: [] })
    },
    streamQuery: () => {
      throw new Error('not here')
    },
  }
  await speakingOn(connection, house.db.getExecutor(), async (tx) => {
    await become(tx, house.as('colm'))
    const mine = (n: number) => () => sql`select ${n}::int`.execute(tx)
    const product = (n: number) => () => asProduct(tx, mine(n))
    await abreast(tx, mine(1), product(2), mine(3), product(4), mine(5), product(6))
    await abreast(tx, product(1), mine(2), product(3))
  })
  expect(said).toEqual([
    'staff',
    'asked',
    'asked',
    'asked',
    'system',
    'asked',
    'asked',
    'asked',
    'asked',
    'asked',
    'staff',
    'asked',
  ])
})

test('what is asked twice side by side is asked once, and anew after something was written', async () => {
  await as(async (tx) => {
    const fresh = sql<{ id: string }>`select gen_random_uuid()::text as id`
    const ask = async (): Promise<string> => (await fresh.execute(tx)).rows[0]!.id
    const [first, second, later] = await abreast(tx, ask, ask, async () => {
      await ask()
      await record(tx, house.as('colm'), 'noted', { kind: 'concern', id: newId() })
      return ask()
    })
    expect(second).toBe(first)
    expect(later).not.toBe(first)
    expect(await ask()).not.toBe(later)
  })
})

test('beside others nobody becomes somebody else, and nothing is begun that could be taken back', async () => {
  await as(async (tx) => {
    await expect(abreast(tx, () => become(tx, house.system))).rejects.toThrow('beside others')
    await expect(
      abreast(
        tx,
        () => inTransaction(tx, () => Promise.resolve()),
        () => together(tx, told),
      ),
    ).rejects.toThrow('taken back')
    await expect(asProduct(tx, () => become(tx, house.as('wes')))).rejects.toThrow('asked as another')
    expect(await together(tx, who)).toEqual([[{ who: 'staff' }]])
  })
})

test('the first failure of those side by side is heard when all have ended, and what comes after the end is refused', async () => {
  const late: Promise<unknown>[] = []
  let ended = 0
  const failed = as((tx) =>
    abreast(
      tx,
      () => wrong.execute(tx),
      async () => {
        await told.execute(tx).finally(() => ended++)
      },
      () => Promise.resolve(void late.push(new Promise((go) => setTimeout(go, 200)).then(() => told.execute(tx)))),
    ),
  )
  await expect(failed).rejects.toThrow('division by zero')
  expect(ended).toBe(1)
  await expect(late[0]).rejects.toThrow('The transaction has ended.')
})

test('a transaction in which nothing was asked ends like any other, and its connection serves the next', async () => {
  for (let i = 0; i < 20; i++) await inTransaction(house.db, () => Promise.resolve())
  expect(await as((tx) => together(tx, who))).toEqual([[{ who: 'staff' }]])
})
