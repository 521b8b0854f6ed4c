import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  areVariants,
  familyName,
  fold,
  givenNames,
  readAddress,
  readDate,
  readEmail,
  readNhsNumber,
  readPhone,
  readPostcode,
  readSex,
  readUprn,
  tableBuilder,
  wholeName,
} from './index.ts'
import { bornFrom, bornTo, dateLevel, dateLevels } from './dates.ts'
import { phoneIn } from './numbers.ts'
import { postcodeIn, postcodeLevel, postcodeLevels } from './places.ts'

const datesAre = (a: string, b: string) => dateLevels[dateLevel(readDate(a), readDate(b))]
const postcodesAre = (a: string, b: string) => postcodeLevels[postcodeLevel(readPostcode(a), readPostcode(b))]

describe('names', () => {
  test('are read without titles, marks, particles and suffixes', () => {
    expect(fold('Ó Néill-Żak')).toBe('o neill zak')
    expect(givenNames('Mr. Mohammed  Ali')).toEqual({ given: 'mohammed', middle: 'ali' })
    expect(givenNames('Anne-Marie')).toEqual({ given: 'annemarie', middle: '' })
    expect(familyName("O'Neill")).toBe('oneill')
    expect(familyName('O Neill Jr')).toBe('oneill')
    expect(familyName('Mc Donald')).toBe('mcdonald')
    expect(familyName('al-Saadi')).toBe('saadi')
    expect(familyName('Junior')).toBe('junior')
    expect(familyName('Uddin')).toBe(familyName('Ud-Din'))
    expect(familyName('not known')).toBe('')
  })

  test('in one column are taken apart', () => {
    expect(wholeName('Mr John Paul Smith')).toEqual({ given: 'john', middle: 'paul', family: 'smith' })
    expect(wholeName('SMITH, John')).toEqual({ given: 'john', middle: '', family: 'smith' })
    expect(wholeName('Anna van der Berg')).toEqual({ given: 'anna', middle: '', family: 'berg' })
    expect(wholeName('Cher')).toEqual({ given: '', middle: '', family: 'cher' })
  })

  test('in other scripts meet their Latin spelling', () => {
    expect(fold('Наталія')).toBe('nataliya')
    expect(fold('Γιώργος')).toBe('giorgos')
    expect(fold('李')).toBe('李')
  })

  test('that one person goes by are known, and not carried further', () => {
    expect(areVariants('bill', 'william')).toBe(true)
    expect(areVariants('muhammad', 'mohamed')).toBe(true)
    expect(areVariants('henry', 'harry') && areVariants('harry', 'harold')).toBe(true)
    expect(areVariants('henry', 'harold')).toBe(false)
  })

  test('spelt as other alphabets and offices spell them are one name, and others stay apart', () => {
    const same =
      'mohammed/muhammad maxamed/mohamed xasan/hassan cumar/omar farooq/faruk nadeem/nadim javed/javaid gurdeep/gurdip harjit/harjeet deepak/dipak oleksandr/aleksandr volodymyr/vladimir mykola/nikolai svitlana/svetlana zhou/chow xu/hsu mamadou/mohamed ousmane/usman aziz/azeez khalil/khaleel qureshi/quraishi'
    const other =
      'hassan/hussein amina/amira ranjit/ramjit omar/amar khalid/khalil chan/chang svetlana/stefania maria/marta'
    const are = (pairs: string) =>
      pairs.split(' ').filter((pair) => areVariants(...(pair.split('/') as [string, string])))
    expect(are(same)).toEqual(same.split(' '))
    expect(are(other)).toEqual([])
  })

  test('of any text at all are read without failing, twice the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const once = fold(text)
        expect(fold(once)).toBe(once)
        expect(familyName(text)).toBe(familyName(text))
        readDate(text)
        readPostcode(text)
        readAddress(text)
        wholeName(text)
      }),
    )
    expect(fold('x'.repeat(10_000)).length).toBeLessThanOrEqual(200)
  })
})

describe('dates', () => {
  test('are read from the bytes of a file as they are from a text', () => {
    const [two, any] = [fc.integer({ min: 0, max: 99 }), fc.constantFrom('-', '/', '', ':', 'x')]
    const pad = (n: number, length: number): string => String(n).padStart(length, '0')
    const written = fc
      .tuple(fc.integer({ min: 1600, max: 2300 }), two, two, fc.constantFrom('-', '-', '-'), any)
      .map(([year, month, day, usual, other]) => `${pad(year, 4)}${usual}${pad(month, 2)}${other}${pad(day, 2)}`)
    const value = fc.oneof(
      written,
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
      fc.constantFrom('1900-01-01', '1999-03-12', '1999-03-1:', '19:9-03-12', '1999-0 -12', '12/03/1999', ''),
    )
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
        const builder = tableBuilder([{ name: 'born', kind: 'date' }])
        const bytes = new TextEncoder().encode(values.join('\n'))
        let at = 0
        for (const each of values) {
          builder.addLine({ bytes, begins: Int32Array.of(at), ends: Int32Array.of(at + each.length) }, [0])
          at += each.length + 1
        }
        const { cells, width, slots, dictionaries } = builder.build()
        values.forEach((each, row) => {
          const [date, number] = cells.subarray(row * width + slots.get('born')!) as unknown as [number, number]
          expect(date).toBe(readDate(each))
          expect(dictionaries.get('born')!.text(number)).toBe(date === 0 ? '' : String(date))
        })
      }),
    )
  })

  test('are read as Britain writes them', () => {
    for (const written of [
      '1999-03-12',
      '12/03/1999',
      '12.3.99',
      '19990312',
      '12 March 1999',
      '12th Mar 1999',
      '03/12/1999'.replace('03/12', '12/03'),
    ])
      expect(readDate(written)).toBe(0x19990312)
    expect(readDate('03/25/1999')).toBe(0x19990325)
    expect(readDate('1999')).toBe(0x19990000)
    for (const nothing of ['', 'soon', '01/01/1900', '9999-12-31']) expect(readDate(nothing)).toBe(0)
  })

  test('that went wrong in one usual way are told from those that did not', () => {
    expect(datesAre('1999-03-12', '1999-03-12')).toBe('same')
    expect(datesAre('1999-03-12', '1999-12-03')).toBe('day and month swapped')
    expect(datesAre('1999-03-12', '1999-03-21')).toBe('one digit different')
    expect(datesAre('1999-03-12', '1989-03-12')).toBe('one digit different')
    expect(datesAre('1999-03-12', '1999-03-30')).toBe('two of day, month and year the same')
    expect(datesAre('1999-03-12', '1999-01-01')).toBe('same year, day not known or 1 January')
    expect(datesAre('1999-03-12', '1999')).toBe('same year, day not known or 1 January')
    expect(datesAre('1999-03-12', '1999-10-25')).toBe('within a year')
    expect(datesAre('1999-03-12', '2004-07-01')).toBe('within ten years')
    expect(datesAre('1999-03-12', '1962-07-01')).toBe('different')
    expect(datesAre('1999-03-12', '')).toBe('missing')
  })

  test('an age said on a day is the years of birth it allows, and agrees with a date or does not', () => {
    const born = (said: string) => [bornFrom(readDate(said)), bornTo(readDate(said))]
    expect(born('about 15 in 2026')).toEqual([2008, 2013])
    expect(born('14 or 15 on 25 November 2026')).toEqual([2010, 2012])
    expect(born('aged 15 (2026-11-25)')).toEqual([2010, 2011])
    expect(born('in her thirties in 2026')).toEqual([1986, 1996])
    expect(born('mid-twenties in 2024')).toEqual([1996, 2001])
    expect(born('1990s')).toEqual([1990, 1999])
    expect(born('1990-1995')).toEqual([1990, 1995])
    expect(born('c. 1990')).toEqual([1988, 1992])
    // Without the day it says nothing that lasts.
    for (const nothing of ['about 15', '15', 'High Street 2026', '400 in 2026']) expect(readDate(nothing)).toBe(0)
    expect(datesAre('about 15 in 2026', '2010-05-04')).toBe('within the years of an age')
    expect(datesAre('about 15 in 2026', '2010-01-01')).toBe('within the years of an age')
    expect(datesAre('2004', 'about 15 in 2026')).toBe('outside the years of an age')
    expect(datesAre('in her thirties in 2026', '35 in 2025')).toBe('within the years of an age')
    expect(datesAre('about 15 in 2026', '')).toBe('missing')
  })

  test('compare the same from both sides', () => {
    const date = fc.date({ min: new Date('1930-01-01'), max: new Date('2025-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(date, date, (x, y) => {
        const [a, b] = [x.toISOString().slice(0, 10), y.toISOString().slice(0, 10)]
        expect(datesAre(a, b)).toBe(datesAre(b, a))
        expect(datesAre(a, a)).toBe('same')
      }),
    )
  })
})

describe('places', () => {
  test('postcodes agree by unit, sector, district and area', () => {
    expect(readPostcode('ls1 4ap')).toBe(readPostcode('LS14AP'))
    expect(postcodesAre('LS1 4AP', 'LS1 4AP')).toBe('same')
    expect(postcodesAre('LS1 4AP', 'LS1 4BB')).toBe('same sector')
    expect(postcodesAre('LS1 4AP', 'LS1 5AP')).toBe('same district')
    expect(postcodesAre('LS1 4AP', 'LS14 4AP')).toBe('same area')
    expect(postcodesAre('LS1 4AP', 'M1 4AP')).toBe('different')
    expect(postcodesAre('LS1 4AP', 'ZZ99 3VZ')).toBe('missing')
    expect(postcodesAre('M1 1AA', 'M11 1AA')).toBe('same area')
  })

  test('addresses have their abbreviations written out, saints excepted', () => {
    expect(readAddress('Flat 2, 14 High St.')).toBe('flat 2 14 high street')
    expect(readAddress('3 St Johns Rd')).toBe('3 st johns road')
    expect(readAddress('NFA')).toBe('')
    expect(readUprn('000100021066689')).toBe('100021066689')
    expect(readUprn('000')).toBe('')
  })
})

describe('numbers', () => {
  test('an NHS number has its check digit, is not one digit ten times, and is not of the test range', () => {
    expect(readNhsNumber('943 476 5919')).toBe('9434765919')
    expect(readNhsNumber('9434765918')).toBe('')
    for (const digit of '0123456789') expect(readNhsNumber(digit.repeat(10))).toBe('')
    expect(readNhsNumber('9990000018')).toBe('')
  })

  test('exactly one last digit at most makes nine digits an NHS number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000, max: 998_999_999 }), (nine) => {
        const right = [...'0123456789'].filter((digit) => readNhsNumber(`${nine}${digit}`) !== '')
        expect(right.length).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('phones and postcodes are the same from the bytes of a file as from a text, or left to it', () => {
    const into = Uint8Array.from('+44'.padEnd(13), (letter) => letter.charCodeAt(0))
    const letter = fc.constantFrom(...'ABCMZ')
    const digit = fc.constantFrom(...'0129')
    const outward = fc.array(fc.oneof(letter, digit), { minLength: 1, maxLength: 4 }).map((all) => all.join(''))
    const inward = fc.tuple(fc.oneof(digit, letter), letter, letter).map((all) => all.join(''))
    const phone = fc.tuple(fc.constantFrom('0', '07', '00', '44'), fc.array(digit, { maxLength: 12 }), digit)
    let [places, numbers] = [0, 0]
    fc.assert(
      fc.property(outward, inward, phone, (out, unit, [start, some, last]) => {
        const postcode = `${out} ${unit}`
        const found = postcodeIn(Buffer.from(postcode), 0, postcode.length)
        if (found !== 0) places++
        expect([0, readPostcode(postcode)]).toContain(found)
        for (const number of [start + some.join(''), (start + some.join('')).padEnd(11, last), '07123456789']) {
          if (!phoneIn(Buffer.from(number), 0, number.length, into)) continue
          numbers++
          expect(Buffer.from(into).toString()).toBe(readPhone(number))
        }
      }),
      { numRuns: 2000 },
    )
    expect(Math.min(places, numbers)).toBeGreaterThan(50)
  })

  test('phones become international, and nobody has number nought', () => {
    for (const written of ['07700 900123', '+44 7700 900123', '0044 7700 900123', '7700900123', '+44 (0)7700 900123'])
      expect(readPhone(written)).toBe('+447700900123')
    for (const nothing of ['07000 000000', '123', 'none']) expect(readPhone(nothing)).toBe('')
  })

  test('e-mail and sex are read by their form', () => {
    expect(readEmail(' A.B@Example.org ')).toBe('a.b@example.org')
    expect(readEmail('none@example.org')).toBe('')
    expect([readSex('F'), readSex('boy'), readSex('9')]).toEqual([2, 1, 0])
  })
})

test('a record that comes by itself is read without making ready what reads a file', () => {
  const before = process.memoryUsage().arrayBuffers
  const table = tableBuilder([
    { name: 'given', kind: 'given name' },
    { name: 'born', kind: 'date' },
    { name: 'phone', kind: 'phone' },
  ])
  table.add(['Jo', '2009-03-14', '07700 900123'])
  const { size } = table.build()
  expect(size).toBe(1)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000)
})
