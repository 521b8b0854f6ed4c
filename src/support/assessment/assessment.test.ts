import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { asViewer } from '../../platform/index.ts'
import { involve, statePurpose } from '../../sharing/index.ts'
import { eraseSubject } from '../../subjects/erase.ts'
import { identitySchema, openPerson, writeCard } from '../../subjects/index.ts'
import { heldOf } from '../held.ts'
import { wordsIn } from '../../web/index.ts'

let house: TestHouse
let subject: string
let base: string

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  subject = await person('2008-11-25')
  base = `/people/${subject}/assessments`
})
afterAll(() => house.close())

/** Somebody whom Lena leads and Mina works with; both are here for a purpose. */
const person = async (born_on: string): Promise<string> => {
  const lena = house.as('lena')
  const at = house.clock.now
  const id = await house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name: 'Kezia Thorne', born_on })
    const made = await openPerson(tx, house.house.keys, lena, said, { as: 'lead', at })
    for (const name of ['mina', 'hal'] as const) {
      const { agency, staff } = house.as(name)
      await involve(tx, lena, { subject: made, agency, staff, role: 'circle', contact: '', at })
    }
    return made
  })
  for (const name of ['lena', 'mina', 'hal'] as const)
    await house.seen(house.as(name), (tx) => {
      const until = new Date(at.getTime() + 200 * 3_600_000)
      return statePurpose(tx, house.as(name), id, { ...safeguarding, until }, at)
    })
  return id
}

const started = async (purpose: string): Promise<string> => {
  const { location } = await (await house.browser('lena')).post(`${base}/new`, { purpose })
  return location.replace('?done=started', '')
}
const unescaped = (html: string): string => html.replaceAll('&#39;', "'").replaceAll('&quot;', '"')

/** The form of a part as somebody has it open: it remembers which texts it was opened with. */
const opened = async (name: Name | Browser, path: string) => {
  const browser = typeof name === 'string' ? await house.browser(name) : name
  const { text } = await browser.get(path)
  const hidden: Record<string, string> = {}
  for (const [, field, value] of text.matchAll(/<input type="hidden" name="(sitting|v-\w+)" value(?:="([^"]*)")?/g))
    hidden[field!] = value ?? ''
  return {
    text: unescaped(text),
    send: (said: Record<string, string | string[]>, does = 'go on') =>
      browser.post(path, { ...hidden, ...said, do: does }),
    /** As the page does it by itself: what it is told it sends the next time. */
    keep: async (said: Record<string, string | string[]>) => {
      const got = await browser.post(path, { ...hidden, ...said, do: 'keep' })
      const answer = JSON.parse(got.text) as {
        at: string
        fields: Record<string, { outcome: string; read: string; hints: string[] }>
        wrong: Record<string, string>
      }
      for (const [field, { read }] of Object.entries(answer.fields)) hidden[`v-${field}`] = read
      return answer
    },
  }
}
const shown = async (name: Name, path: string) => unescaped((await (await house.browser(name)).get(path)).text)

test('a screening says that it gives no level, and an empty choice is explained', async () => {
  const lena = await house.browser('lena')
  const empty = await lena.post(`${base}/new`)
  expect([empty.status, empty.text.includes('Select what it is')]).toEqual([422, true])
  const path = await started('screening')
  const text = await shown('lena', path)
  expect(text).toContain('gives no level')
  for (const absent of ['Judgement', '%', 'score']) expect(text).not.toContain(absent)
})

test('nobody whom the agreement does not let read an assessment finds one or starts one', async () => {
  const path = await started('assessment')
  for (const name of ['priya', 'wes', 'ada'] as const)
    expect((await (await house.browser(name)).get(`${path}/harm`)).status).toBe(404)
  const hal = await house.browser('hal')
  expect((await hal.get(path)).status).toBe(404)
  expect((await hal.get(base)).text).toContain('that you may see')
  expect((await hal.get(`${base}/new`)).text).toContain('does not let you read assessments')
  const tried = await hal.post(`${base}/new`, { purpose: 'assessment' }, { from: '/account' })
  expect([tried.status, tried.location]).toEqual([200, ''])
})

test('what is typed is saved by itself, sealed, and found again by whoever opens the page next', async () => {
  const path = `${await started('assessment')}/harm`
  const form = await opened('lena', path)
  const told = await form.keep({ harm: 'Quillfeather bruises', harm_seen: ['injury', 'debt'] })
  expect(told.at).toBe('10:00')
  expect(told.fields['harm']).toMatchObject({ outcome: 'saved', read: '1' })
  expect(
    (await form.keep({ harm: 'Quillfeather bruises', harm_seen: ['injury', 'debt'] })).fields['harm']!.outcome,
  ).toBe('same')
  const later = await opened('mina', path)
  expect(later.text).toContain('Quillfeather bruises</textarea>')
  expect(later.text.match(/checked/g)).toHaveLength(2)
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from written w where w::text like '%uillfeather%'`.execute(tx),
  )
  expect(rows).toEqual([])
})

test('two people on one form merge field by field; where both wrote in one, both texts stand until a person makes one', async () => {
  const path = await started('assessment')
  const [lena, mina] = [await opened('lena', `${path}/strengths`), await opened('mina', `${path}/strengths`)]
  await lena.keep({ strengths: 'She draws.', protection: '' })
  expect((await mina.keep({ strengths: '', protection: 'Her aunt.' })).fields['protection']!.outcome).toBe('saved')
  const clash = await mina.keep({ strengths: 'She sings.', protection: 'Her aunt.' })
  expect(clash.fields['strengths']!.outcome).toBe('beside')
  // Each writes on in their own text.
  await lena.keep({ strengths: 'She draws well.', protection: '' })
  await mina.keep({ strengths: 'She sings and dances.', protection: 'Her aunt.' })
  const both = await shown('lena', `${path}/strengths`)
  for (const words of ['She draws well.', 'She sings and dances.', 'Her aunt.', 'Both texts are kept', 'Mina Farah'])
    expect(both).toContain(words)
  expect(await shown('lena', path)).toContain('Two texts to make one')
  const one = await opened('lena', `${path}/strengths/strengths`)
  expect((await one.send({ strengths: ' ' })).status).toBe(422)
  await one.send({ strengths: 'She draws well, sings and dances.' })
  const after = await shown('mina', `${path}/strengths`)
  expect([after.includes('dances.</textarea>'), after.includes('Both texts are kept')]).toEqual([true, false])
  const earlier = await shown('mina', `${path}/strengths/strengths`)
  for (const words of ['She draws.', 'She draws well.', 'She sings.', 'She sings and dances.'])
    expect(earlier).toContain(words)
})

test('an answer that was lost on its way makes no second text, and without JavaScript the same is kept', async () => {
  const path = await started('assessment')
  const form = await opened('lena', `${path}/unknowns`)
  await form.send({ alternatives: 'A cousin’s car', unknowns: '' }, 'later')
  // The page never heard that it was kept, and writes on.
  const { location } = await form.send({ alternatives: 'A cousin’s car, or a taxi', unknowns: 'Whose is it?' })
  expect(location).toBe(`${path}/identity`)
  expect(await shown('lena', `${path}/unknowns`)).toContain('or a taxi</textarea>')
  const long = await (
    await opened('lena', `${path}/unknowns`)
  ).send({ alternatives: 'a'.repeat(20_001), unknowns: 'Mine' })
  expect([long.status, long.text.includes('20,000 characters'), long.text.includes('Mine')]).toEqual([422, true, true])
})

/** A page as it lies in a browser: everything in its form, sent again by its one button. */
const press = (browser: Browser, path: string, html: string) => {
  const fields = [
    ...html.matchAll(/<textarea class="trellis-kept" name="([^"]+)"[^>]*>\n([^<]*)<\/textarea>/g),
    ...html.matchAll(/name="(_csrf)" value="([^"]+)"/g),
  ].map(([, name, value]) => [name!, value!])
  return house.app.inject({
    method: 'POST',
    url: path,
    headers: {
      host: 'elmshire.test',
      cookie: `session=${browser.cookies.get('session')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams(fields).toString(),
  })
}

test('words that were shown as saved are there after signing out, and after the session ended while somebody wrote', async () => {
  const path = `${await started('assessment')}/harm`
  const first = await house.browser('lena')
  expect((await (await opened(first, path)).keep({ harm: 'A burn.' })).fields['harm']!.outcome).toBe('saved')
  await first.post('/sign-out', {}, { from: path })
  expect((await first.get(path)).location).toContain('/sign-in')
  const later = await house.browser('lena')
  const form = await opened(later, path)
  expect(form.text).toContain('A burn.</textarea>')
  await form.keep({ harm: 'A burn. And a cut.' })
  const before = house.clock.now
  house.clock.now = new Date(before.getTime() + 31 * 60_000)
  expect(await shown('mina', path)).toContain('A burn. And a cut.</textarea>')
  house.clock.now = before
})

test('what was typed into a page whose session ended is shown again after signing in, and is kept at last', async () => {
  const path = `${await started('assessment')}/harm`
  const lena = await house.browser('lena')
  const form = await opened(lena, path)
  await form.keep({ harm: 'A burn.' })
  const before = house.clock.now
  house.clock.now = new Date(before.getTime() + 31 * 60_000)
  // Any page of theirs has a token of the same cookies, as the page that lies open has.
  const hidden = { sitting: form.text.match(/name="sitting" value="([^"]+)"/)![1]!, 'v-harm': '1', 'v-harm_seen': '' }
  const sent = await lena.post(path, { ...hidden, harm: 'A burn. A "cut" & more.', do: 'go on' }, { from: '/sign-in' })
  expect(sent.status).toBe(403)
  for (const words of ['You have been signed out', 'A burn. A "cut" & more.', 'opens in a new tab'])
    expect(unescaped(sent.text).replaceAll('&amp;', '&')).toContain(words)
  // Signed in again in another tab: the same browser has another sign-in now.
  lena.cookies.set('session', (await house.browser('lena')).cookies.get('session')!)
  const again = await press(lena, path, unescaped(sent.text).replaceAll('&amp;', '&'))
  expect([
    again.statusCode,
    unescaped(again.body).replaceAll('&amp;', '&').includes('A burn. A "cut" & more.'),
  ]).toEqual([403, true])
  const kept = await press(lena, path, unescaped(again.body).replaceAll('&amp;', '&'))
  expect(kept.statusCode).toBe(303)
  // It follows what the same sitting kept before the session ended: one text, not two.
  const after = unescaped((await lena.get(path)).text)
  expect([after.includes('A burn. A "cut" &amp; more.</textarea>'), after.includes('Both texts')]).toEqual([
    true,
    false,
  ])
  house.clock.now = before
})

test('phrases that blame somebody are hinted at, by the page and after it, and stop nobody', async () => {
  const path = await started('assessment')
  const form = await opened('lena', `${path}/against`)
  const said = 'She is putting herself at risk. She says “it is my lifestyle choice”.'
  const { hints } = (await form.keep({ against: said })).fields['against']!
  expect(hints).toHaveLength(1)
  expect(hints[0]).toContain('somebody is putting them at risk')
  const { location } = await form.send({ against: `${said} Promiscuous.` })
  expect(location).toBe(`${path}/strengths?from=against`)
  const next = await shown('lena', location)
  for (const words of ['A word about what you wrote', 'putting herself at risk', 'Promiscuous'])
    expect(next).toContain(words)
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from event where detail::text ~* 'risk|promisc'`.execute(tx),
  )
  expect(rows).toEqual([])
})

test('the person’s own words are shown and not asked again, and the questions that were spared are counted', async () => {
  const lena = { ...house.as('lena'), stated: { ...safeguarding, until: new Date('2099-01-01') } }
  await house.seen(lena, (tx) => {
    const said = { card: 'helps', how: 'said', words: 'My bike helps.', said_on: '2026-11-20' } as const
    const of = { id: subject, adult_from: '2026-11-25' }
    return writeCard(
      tx,
      house.house.keys,
      lena,
      of,
      { ...said, readers: 'agencies', agencies: [lena.agency] },
      house.clock.now,
    )
  })
  await (await house.browser('lena')).post(`/people/${subject}/story/read`, {}, { from: '/account' })
  await (await house.browser('mina')).post(`/people/${subject}/story/read`, {}, { from: '/account' })
  const path = await started('assessment')
  expect(await shown('lena', `${path}/strengths`)).toContain('My bike helps.')
  expect(await shown('lena', `/people/${subject}/story`)).toContain('1 question they did not have to answer again')
})

const whole = {
  judgement: {
    level: 'significant',
    confidence: 'low',
    reason: 'Seen twice',
    agreed: 'Police',
    disagreed: 'Her mother: it is school',
  },
  unknowns: { alternatives: '', unknowns: 'Who owns the car' },
  review: { 'review_on-day': '10', 'review_on-month': '1', 'review_on-year': '2027' },
}

test('it is finished with a judgement, confidence, what is not known and a day; the chronology and the hub say so, and nothing is closed', async () => {
  const path = await started('assessment')
  const lena = await house.browser('lena')
  const early = await lena.post(`${path}/check`)
  expect(early.status).toBe(422)
  for (const words of ['What do you judge?', 'What do we not know', 'When is it looked at again?'])
    expect(unescaped(early.text)).toContain(`Answer “${words}`)
  for (const [part, said] of Object.entries(whole)) await (await opened(lena, `${path}/${part}`)).send(said)
  await (await opened(lena, `${path}/harm`)).send({ harm: 'A bruise', harm_seen: ['injury'] })
  expect((await lena.post(`${path}/check`)).location).toBe(`${path}?done=finished`)
  await lena.post(`${path}/check`)
  const hub = await shown('lena', `/people/${subject}`)
  for (const words of ['Significant, confidence low', '10 January 2027', 'Judgement: Significant'])
    expect(hub).toContain(words)
  expect(hub.match(/Exploitation assessment finished/g)).toHaveLength(1)
  // What is changed later stands as an amendment, beside what it said on the day.
  house.clock.now = new Date('2026-11-24T09:00:00Z')
  await (await opened('mina', `${path}/harm`)).send({ harm: 'A bruise and a burn', harm_seen: ['injury'] })
  const print = await shown('lena', `${path}/print`)
  for (const words of ['A bruise and a burn', 'Amended by Mina Farah', 'A bruise<', 'Her mother: it is school'])
    expect(print).toContain(words)
  // The next one begins with its facts, and with nothing that was judged.
  const next = await started('assessment')
  expect(await shown('lena', `${next}/harm`)).toContain('A bruise and a burn</textarea>')
  expect(await shown('lena', `${next}/harm`)).toContain('Carried over')
  const judgement = await shown('lena', `${next}/judgement`)
  expect([judgement.includes('Seen twice'), judgement.includes('checked')]).toEqual([false, false])
})

test('a birthday that passes while it is open keeps the form and says what changed', async () => {
  house.clock.now = new Date('2026-11-24T23:50:00Z')
  const path = await started('assessment')
  const form = await opened('lena', `${path}/account`)
  expect(form.text).not.toContain('turned 18')
  house.clock.now = new Date('2026-11-25T00:05:00Z')
  expect((await form.keep({ account: 'I am tired.' })).fields['account']!.outcome).toBe('saved')
  const after = await shown('lena', `${path}/account`)
  for (const words of [
    'They turned 18 on 25 November 2026',
    'What is different now',
    'To be checked',
    'I am tired.</textarea>',
  ])
    expect(after).toContain(words)
})

test('capacity is of one decision, from 16, with pressure kept apart, and never a tick on the person', async () => {
  const path = await started('capacity')
  for (const part of ['decision', 'able', 'pressure', 'executive', 'outcome', 'again'])
    expect((await (await house.browser('lena')).get(`${path}/${part}`)).status).toBe(200)
  expect((await (await house.browser('lena')).get(`${path}/judgement`)).status).toBe(404)
  for (const page of ['', '/able', '/pressure', '/check', '/print'])
    expect(await shown('lena', path + page), page).toContain('Nobody has confirmed it as law here yet')
  expect(await shown('lena', `${path}/pressure`)).toContain('(its inherent jurisdiction)')
  const lena = await house.browser('lena')
  await (await opened(lena, `${path}/outcome`)).send({ capacity: 'able', capacity_why: 'She weighed it', advocate: '' })
  const early = unescaped((await lena.post(`${path}/check`)).text)
  for (const words of [
    'Which decision is it?',
    'What was done to help them decide?',
    'What shows it, or shows that nobody does?',
  ])
    expect(early).toContain(`Answer “${words}`)
  const child = await person('2012-01-01')
  const young = await lena.post(`/people/${child}/assessments/new`, { purpose: 'capacity' })
  expect([young.status, young.text.includes('under 16 today')]).toEqual([422, true])
})

test('all of it is in what the person may ask for, and goes when they are erased', async () => {
  const { partnership, agency } = house.as('lena')
  const held = () =>
    house.seen(house.system, (tx) =>
      heldOf(tx, house.house.keys, { partnership, subject, agency, words: wordsIn('en') }),
    )
  const texts = (await held()).map(({ title, text }) => `${title} ${text}`).join('\n')
  for (const words of ['She draws.', 'A bruise and a burn', 'Significant\nLow\n2027-01-10'])
    expect(texts).toContain(words)
  await house.seen(house.system, (tx) => eraseSubject(tx, house.system, subject, 'test', house.clock.now))
  expect((await held()).filter(({ text }) => text.includes('bruise'))).toEqual([])
  const { rows } = await asViewer(house.db, house.as('lena'), (tx) =>
    sql`select id from written where subject_id = ${subject}`.execute(tx),
  )
  expect(rows).toEqual([])
})
