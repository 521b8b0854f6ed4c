import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { people } from '../../test/population.ts'
import { clkBytes, clkEncoder, clkThresholds, dice, diceIndex, standardEncodings, type ClkPerson } from './index.ts'

const hashUnder = (secret: string) => (field: string, text: string) =>
  createHmac('sha256', createHmac('sha256', secret).update(field).digest()).update(text).digest()
const encode = clkEncoder(hashUnder('a secret of two'))
const mary = { given: 'Mary', family: 'Okafor', born: '1999-03-12', postcode: 'LS1 4AP' }
const alike = (change: Partial<ClkPerson>, which: 'full' | 'core' = 'full'): number =>
  dice(encode(mary).clk![which]!, encode({ ...mary, ...change }).clk![which]!)

describe('an encoding', () => {
  test('is the same for one person in many spellings, and near for a slip of the pen', () => {
    expect(alike({ given: 'Miss MARY', family: 'OKAFOR ', born: '12/03/1999', postcode: 'ls14ap' })).toBe(1)
    expect(alike({ given: 'Maryam' })).toBeLessThan(clkThresholds.yes)
    expect(alike({ family: 'Okafer' })).toBeGreaterThan(clkThresholds.ask.full)
    expect(alike({ postcode: 'M1 1AA' }, 'core')).toBe(1)
    expect(alike({ postcode: 'M1 1AA' })).toBeLessThan(clkThresholds.yes)
  })

  test('under another secret, or of another year of birth, has no more in common than chance', () => {
    const other = clkEncoder(hashUnder('another'))(mary).clk!
    expect(dice(encode(mary).clk!.full!, other.full!)).toBeLessThan(0.45)
    expect(alike({ born: '1998-03-12' })).toBeLessThan(0.45)
  })

  test('needs a name and a whole birth, and a whole postcode for the longer one', () => {
    for (const born of ['', '1999', 'about 15 in 2026'])
      expect(encode({ ...mary, born }).lacks).toContain('date of birth')
    expect(encode({ ...mary, given: 'M' }).lacks).toContain('given name')
    for (const postcode of ['', 'LS1', 'LS1 4']) expect(encode({ ...mary, postcode }).clk!.full).toBeUndefined()
  })

  test('of anything at all is made or refused, never failed', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(text, text, (given, family) => {
        const { clk, lacks } = encode({ ...mary, given, family })
        expect(clk === undefined).toBe(lacks !== undefined)
        if (clk) expect(clk.core.length).toBe(clkBytes)
      }),
    )
  })

  test('of the hundred standard people changes with the secret and with nothing else', () => {
    const sum = (secret: string) =>
      createHash('sha256')
        .update(standardEncodings(hashUnder(secret)))
        .digest('hex')
    // What changes this makes every secret in use useless until both sides run the new version: raise the scheme's number.
    expect(sum('a secret of two')).toMatchInlineSnapshot(
      `"25f9adace6322359cefcdd2a9ac96f4f6cc48345580fb2cbb944c8d9b2c32db5"`,
    )
    expect(sum('another')).not.toBe(sum('a secret of two'))
  })
})

test('twins, brothers and sisters of one home are never answered yes', () => {
  const others =
    'jack jake jayden ella emma ellie kayla kaylee ahmed adam aaron grace gracie leo luca amina joan jean'.split(' ')
  let [made, nth] = [0, 0]
  for (const { given, family, born, homes } of people(91)) {
    if (made === 1000) break
    const [one, other] = [nth % 2 === 0 ? given : others[(nth * 7) % 18]!, others[nth++ % 18]!]
    if (one === other) continue
    made++
    const of = (name: string) => encode({ given: name, family, born, postcode: homes[0].postcode }).clk!.full!
    expect(dice(of(one), of(other)), `${one} ${other}`).toBeLessThan(clkThresholds.yes)
  }
})

describe('a scan', () => {
  const bits = fc.uint8Array({ minLength: clkBytes, maxLength: clkBytes })
  test('finds in WebAssembly what JavaScript finds', () => {
    fc.assert(
      fc.property(
        fc.array(bits, { maxLength: 30 }),
        bits,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, asked, least) => {
          const [quick, slow] = [diceIndex(30), diceIndex(30, false)]
          for (const each of [...all, asked].slice(0, 30)) {
            quick.add(each)
            slow.add(each)
          }
          expect(quick.scan(asked, least)).toEqual(slow.scan(asked, least))
          for (const { at, dice: found } of quick.scan(asked, least)) {
            expect(found).toBeGreaterThanOrEqual(least - 1e-4)
            expect(at).toBeLessThan(quick.size())
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  test('of nothing finds nothing, and tells no more than it was asked', () => {
    expect(diceIndex(1).scan(encode(mary).clk!.core, 0)).toEqual([])
    const index = diceIndex(10)
    for (let i = 0; i < 10; i++) index.add(encode(mary).clk!.core)
    expect(index.scan(encode(mary).clk!.core, 0.9, 3)).toHaveLength(3)
    expect(() => index.add(encode(mary).clk!.core)).toThrow('room for 10')
  })
})
