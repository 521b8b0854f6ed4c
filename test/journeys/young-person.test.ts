import type { Browser as Chromium, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { journey, listen, oldPhone, openChromium } from '../chromium.ts'
import { openDemoHouse } from '../demo-house.ts'
import { startWalk, type Walk, type Walker } from '../walk.ts'

/*
 * One young person, from a worry at school to coming back after help had ended, walked as somebody who tries Trellis for the
 * first time: in the demo, by its pages alone.
 */
let house: Awaited<ReturnType<typeof openDemoHouse>>
let chromium: Chromium
let base: string
beforeAll(async () => {
  house = await openDemoHouse()
  base = await listen(house)
  chromium = await openChromium()
}, 240_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

/** `sits`: from when until when a panel speaks about them. */
type Who = { name: string; nick: string; sits: [from: string, until: string] }
/** Where each stage finds what the one before it made. */
type Trail = { walk: Walk; who: Who; person: string; lena: Walker }

const story = async (options: BrowserContextOptions, who: Who): Promise<void> => {
  const walk = startWalk(chromium, base, options)
  const { concern, dena } = await noticed(walk, who)
  const person = await opened(walk, dena, concern)
  const lena = await walk.person()
  const trail = { walk, who, person, lena }
  await trusted(trail)
  await assessed(trail, options.javaScriptEnabled !== false)
  await planned(trail)
  await missing(trail)
  await sat(trail)
  await disagreed(trail)
  // The days to come are walked through once: to move today moves it for everybody.
  if (options.javaScriptEnabled !== false) {
    await eighteen(trail)
    await notMet(trail)
    await steppedDown(trail)
    await broughtBack(trail)
  }
  expect(walk.ledger).toMatchObject({ twice: [], unnamed: [], pushed: [] })
  expect(walk.ledger.forms).toBeGreaterThan(20)
  await walk.end()
}

/** A school says what worries it. */
const worried = async (priya: Walker, { name, nick }: Who, words: string): Promise<void> => {
  await priya.as('Priya Nair')
  await priya.go('/report?setting=SC')
  await priya.press('Tell us what worries you')
  await priya.choose('No')
  await priya.press('Continue')
  await priya.type('What are you worried about?', words)
  await priya.press('Continue')
  await priya.choose('One person')
  await priya.press('Continue')
  await priya.type('Name', name)
  await priya.type('Nickname, or what others call them', nick)
  await priya.unfold('More that you know about this person')
  await priya.date('Date of birth', '2009-01-20')
  await priya.type('Postcode', 'CV21 3BB')
  while (!priya.path().endsWith('/check')) await priya.press('Continue')
  await priya.press('Send')
  await house.work()
}

/** It comes to the front door, which decides. */
const noticed = async (walk: Walk, who: Who) => {
  const { name, nick } = who
  await worried(await walk.person(), who, `Two older men wait for ${name} in a silver car.`)
  walk.holds('2009-01-20', /^Date of birth$/)
  walk.holds(name, /^Name$|^Who is it about/)
  walk.holds('CV21 3BB', /^Postcode$/)

  const dena = await walk.person()
  await dena.as('Dena Okoro')
  await dena.go('/queue')
  await dena.openThat(`wait for ${name}`)
  const concern = dena.path()
  await dena.press('Take it')
  await dena.press('Decide')
  await dena.choose('Early help or family help')
  await dena.press('Continue')
  await dena.type('Why did you decide this?', `Two teachers saw ${nick} get in`)
  await dena.type('What is not known?', `Who waits for ${nick}`)
  await dena.choose('Medium')
  await dena.choose('Given')
  await dena.press('Continue')
  await dena.press('Decide')
  await house.work()
  return { concern, dena }
}

/** The concern becomes a person’s page: what it said of them is there, and is typed by nobody. */
const opened = async (walk: Walk, dena: Walker, concern: string): Promise<string> => {
  await dena.go(concern)
  await dena.press('Open a person from this concern')
  await dena.type('How can other agencies reach you safely?', '01632 960411')
  await dena.press('Open the record')
  const person = dena.path()
  await childPurpose(dena)
  expect(await dena.text()).toContain('20 January 2009')
  await dena.go(`${person}/involved/lead`)
  await dena.pick('Which agency do they work for?', 'children’s social care')
  await dena.press('Continue')
  await dena.pick('Who leads from now on?', 'Lena')
  await dena.type('How do colleagues of other agencies reach them safely?', '01632 960412')
  await dena.type('Why?', 'She knows the family')
  await dena.press('Name them lead worker')
  walk.watch(person, 'Lena Sorrel')
  return person
}

const purpose = async (worker: Walker, what: string): Promise<void> => {
  await worker.choose(what)
  await worker.pick('Which lawful basis do you rely on?', 'Public task')
  await worker.pick('Condition for sensitive details', 'Safeguarding of children')
  await worker.press('Continue')
}
const childPurpose = (worker: Walker) => purpose(worker, 'Keeping a child safe from exploitation')

/** Their story is told once, to somebody they trust, and whom they trust stands above every page from then on. */
const trusted = async ({ walk, person, lena }: Trail): Promise<void> => {
  await lena.as('Lena Sorrel')
  await lena.go(person)
  await childPurpose(lena)
  const told: [string, string, string][] = [
    ['about-me', 'About me', 'I draw, and I have a dog called Biscuit.'],
    ['do-not-ask', 'What not to ask me again', 'Where my dad is.'],
    ['who-i-trust', 'Who I trust', 'Ms Moss at school. She does not shout.'],
  ]
  for (const [card, title, words] of told) {
    await lena.go(`${person}/story/${card}`)
    await lena.type('In their words', words)
    await lena.choose('They said it, and somebody wrote it down')
    await lena.choose('Everybody in their circle, and the teams they work in')
    await lena.press('Save their words')
    walk.holds(words, new RegExp(title, 'i'))
  }
  await lena.go(`${person}/involved/trusted-adult`)
  await lena.pick('Which agency do they work for?', 'Hartsbrook')
  await lena.press('Continue')
  await lena.pick(/^Who/, 'Rhian')
  await lena.type('How do colleagues of other agencies reach them safely?', '01632 960413')
  await lena.type('Why?', 'She was asked for')
  await lena.press('Name them trusted adult')
  walk.watch(person, 'Rhian Moss')
  await lena.go(`${person}/who-matters/trusted-adult`)
  await lena.type('How do we know? In the person’s words', 'Ms Moss at school. She does not shout.')
  expect(walk.ledger.spared).toBe(1)
  await lena.choose(/Rhian/)
  await lena.choose('The person chose them')
  await lena.choose('Nobody yet')
  await lena.date('When are they asked again?', '2027-06-01')
  await lena.press('Save')
  expect(await lena.whole()).toContain('chosen by them')
}

/** An assessment in two sittings; what is typed is kept by itself where there is JavaScript. */
const assessed = async ({ person, lena }: Trail, saves: boolean): Promise<void> => {
  await lena.go(`${person}/assessments/new`)
  await lena.choose('Exploitation assessment')
  await lena.press('Start')
  const assessment = lena.path()
  await lena.go(`${assessment}/account`)
  expect(await lena.text()).toContain('I draw, and I have a dog called Biscuit.')
  await lena.go(`${assessment}/unknowns`)
  await lena.type('What do we not know, and who could tell us?', 'Whose car it is.')
  if (saves) {
    await lena.page.getByText(/^Saved/).waitFor()
    await lena.page.reload()
    await lena.type('What do we not know, and who could tell us?', 'Whose car it is.')
  } else await lena.press('Save and come back later')
  await lena.go(`${assessment}/judgement`)
  await lena.choose('Significant')
  await lena.choose('Medium')
  await lena.type('Why?', 'Adults who are not named, three times.')
  await lena.press('Save and go on')
  await lena.date('When is it looked at again?', '2027-03-01')
  await lena.press('Save and go on')
  expect(await lena.text()).toContain('Whose car it is.')
  await lena.press('Finish')
  expect(await lena.text()).toContain('It is finished')
}

/** A goal of theirs and an action that serves it. */
const planned = async ({ person, lena }: Trail): Promise<void> => {
  await lena.go(`${person}/plan`)
  await lena.choose('Exploitation plan')
  await lena.press('Start the plan')
  await lena.press('Add a goal')
  await lena.choose('What they want')
  await lena.type('The goal', 'I want to go to art college.')
  await lena.choose('Education or work')
  await lena.press('Add the goal')
  await lena.press('Add an action')
  await lena.type('What is to be done?', 'Visit the art college together')
  await lena.choose('Education or work')
  await lena.pick('Which goal does it serve?', 'art college')
  await lena.pick('Who does it?', 'Lena')
  await lena.date('By which day?', '2026-12-10')
  await lena.press('Add the action')
  expect(await lena.text()).toContain('By 10 December 2026')
}

/** They are missing for a night, come back, and somebody whom they know talks with them about it. */
const missing = async ({ person, lena }: Trail): Promise<void> => {
  await lena.go(`${person}/missing/new`)
  await lena.date('Since when are they missing?', '2026-11-22')
  await lena.type('Time of day: Since when are they missing?', '19:30')
  await lena.type('Where are they missing from?', 'Home')
  await lena.type('Who says so?', 'Their mother')
  await lena.chooseIn('Are they looked after by the council?', 'No')
  await lena.chooseIn('May they be outside the county?', 'Not known')
  // What the assessment judged is known here already.
  expect(await lena.page.locator('input[name=exploitation]:checked').inputValue()).toBe('yes')
  await lena.press('Keep it')
  const episode = lena.path()
  await lena.go('/missing')
  expect(await lena.text()).toContain('Since 22 November 2026 at 19:30')
  await lena.go(`${episode}/back`)
  await lena.date('When did they come back, or were they found?', '2026-11-23')
  await lena.refill('Time of day: When did they come back, or were they found?', '07:10')
  await lena.type('Where were they found?', 'The retail park')
  await lena.type('By whom?', 'They came back themselves')
  await lena.chooseIn('Have the police held the prevention interview?', 'Yes')
  await lena.chooseIn('Were they safe and well?', 'Yes')
  await lena.press('Keep that they are back')
  await lena.press('They were offered a conversation')
  await lena.chooseIn('What did they answer?', 'They said yes')
  await lena.chooseIn('Is that person independent of those who look after them?', 'Yes')
  await lena.press('Keep the offer')
  await lena.press('Write down the conversation')
  await lena.type('What did they say, in their words?', 'They say I owe them for the phone.')
  await lena.type('What is to be done, and by whom?', 'Ask the police who sold the phone')
  await lena.chooseIn('Is that person independent of those who look after them?', 'Yes')
  await lena.type('Where?', 'On a walk by the canal')
  await lena.press('Keep the conversation')
  expect(await lena.text()).toContain('They say I owe them for the phone.')
}

/** A panel speaks about them, writes minutes, and what it decides lands in the plan. */
const sat = async ({ walk, who, person, lena }: Trail): Promise<void> => {
  await lena.go('/meetings')
  await lena.press('Plan a panel')
  await lena.choose('MACE panel')
  await lena.date('On which day?', '2026-11-23')
  await lena.type('From', who.sits[0])
  await lena.type('Until', who.sits[1])
  await lena.type('Where?', `Room ${who.nick}`)
  await lena.choose('Keeping a child safe from exploitation')
  await lena.pick('Which lawful basis do you rely on?', 'Public task')
  await lena.pick('Condition for sensitive details', 'Safeguarding of children')
  await lena.press('Plan the panel')
  const panel = lena.path()
  await lena.press('I declare this')
  await lena.go(`${person}/panels`)
  await lena.choose(`MACE panel, 23 November 2026 at ${who.sits[0]}`)
  await lena.choose('Everybody at the panel whom the agreement lets see them')
  await lena.type('Why should it be spoken about there?', 'A night away, and a debt')
  await lena.press('Put on the agenda')
  await lena.go(panel)
  await lena.press(who.nick)
  await lena.press('I am here for this part')
  await lena.type('What is known, and what is new', 'A debt for a phone.')
  await lena.press('Save and go on')
  await lena.press('Write a decision')
  await lena.type('What is decided?', 'The debt is treated as a hold over them, not as theirs')
  await lena.type('Why?', 'Nobody lends a child a phone')
  await lena.chooseIn('Is something to be done?', /^Yes/)
  await lena.type('What is to be done?', 'Find out who lends phones at the gate')
  await lena.choose('Stopping whoever does the harm')
  await lena.pick('Who does it?', 'Rhian')
  await lena.date('By which day?', '2026-12-15')
  await lena.press('Save the decision')
  await lena.go(`${person}/plan`)
  expect(await lena.text()).toContain('Find out who lends phones at the gate')

  // Whoever comes new to them reads their story before anything else, and the action that is theirs.
  const rhian = await walk.person()
  await rhian.as('Rhian Moss')
  await rhian.go(person)
  await childPurpose(rhian)
  expect([rhian.path(), await rhian.text()]).toEqual([`${person}/story`, expect.stringContaining('Biscuit')])
  await rhian.press('I have read it')
  await rhian.go('/actions')
  expect(await rhian.text()).toContain('Find out who lends phones at the gate')
}

/** They open their own page, disagree with a sentence of the plan, and their worker reads it. */
const disagreed = async ({ walk, person, lena }: Trail): Promise<void> => {
  await lena.go(`${person}/way/new`)
  await lena.chooseFirst('handed')
  await lena.chooseFirst('days')
  await lena.chooseFirst('holder')
  await lena.press(/^Make/)
  const code = await lena.page.locator('.trellis-code').innerText()
  const own = await walk.person()
  await own.go('/mine')
  await own.type('Type in your code', code)
  await own.press('Open')
  await own.unfold('My plan')
  await own.press(/I don’t agree.*Visit the art college/)
  await own.type('What is wrong, and what is right?', 'I want to go with Ms Moss, not with a social worker.')
  await own.press('Send')
  await lena.go(`${person}/plan`)
  expect(await lena.text()).toContain('I want to go with Ms Moss, not with a social worker.')
}

/** Somebody of the demo lets a later day be today; whoever works goes on with it. */
const today = async ({ lena, person }: Trail, day: string): Promise<void> => {
  await lena.go('/demo-sign-in')
  await lena.unfold(/oday/)
  await lena.date('Which day is today?', day)
  await lena.press('Let this day be today')
  await house.work()
  await lena.as('Lena Sorrel')
  await lena.go(person)
  await childPurpose(lena)
}

/** From 16 on two people carry it over, one from each side; on the birthday the law changes, and nothing else. */
const eighteen = async (trail: Trail): Promise<void> => {
  const { person, lena } = trail
  await lena.go(`${person}/involved/add`)
  await lena.pick('Which agency do they work for?', 'Rugby')
  await lena.press('Continue')
  await lena.pick(/^Who/, 'Hana')
  await lena.type('How do colleagues of other agencies reach them safely?', '01632 960414')
  await lena.type('Why?', 'A flat from 18 on')
  await lena.press('Add them')
  await today(trail, '2026-11-24')
  for (const [side, name] of [
    ['From services for children', 'Lena Sorrel'],
    ['From services for adults', 'Hana Coldwell'],
  ] as const) {
    await lena.go(`${person}/eighteen/owners`)
    await lena.choose(side)
    await lena.pick('Who does it?', name)
    await lena.press('Keep this')
  }
  expect(await lena.text()).toContain('Lena Sorrel, with Hana Coldwell')

  await today(trail, '2027-01-21')
  expect(await lena.whole()).toContain('18 years old')
  await lena.go(`${person}/eighteen`)
  await lena.unfold('What changed on 20 January 2027')
  const after = await lena.text()
  for (const words of ['Hana Coldwell, Rugby Borough Council', 'Until 20 January 2027', 'From 20 January 2027'])
    expect(after).toContain(words)
  await lena.go(`${person}/plan`)
  const plan = await lena.text()
  for (const words of ['It stands at: the whole plan.', 'I want to go to art college.']) expect(plan).toContain(words)
}

/** A test of the law for adults is not met, and there is something else instead. */
const notMet = async ({ person, lena }: Trail): Promise<void> => {
  await lena.go(`${person}/thresholds`)
  await lena.pick('Which test?', 'Eligible needs for care and support')
  await lena.pick('Who decided it?', 'adult social care')
  await lena.date('When was it decided?', '2027-01-21')
  await lena.type('Why was it not met?', 'No need for care was found')
  await lena.pick('What was offered instead?', /./)
  await lena.type(
    'By whom, from when, and what does the person say?',
    'A young adults’ group on Tuesdays; they went once and liked it',
  )
  await lena.press('Keep this')
  expect(await lena.text()).toContain('A young adults’ group on Tuesdays')
}

/** Down the ladder by answers that are given once, and closed with watch by somebody who stays. */
const steppedDown = async (trail: Trail): Promise<void> => {
  const { walk, person, lena } = trail
  await today(trail, '2027-04-12')
  const answers: [string, string][] = [
    ['Who stays?', 'Ms Moss, and Hana about the flat.'],
    ['What would show that it is coming back?', 'A new phone, and nights away.'],
    ['What is the one step back?', 'Ring Hana; she comes that day.'],
  ]
  for (const safer of ['Nobody has followed them since March.', 'They sleep at home and go to college.']) {
    await lena.go(`${person}/plan/step-down`)
    await lena.type('Is it safer, and how do you know?', safer)
    for (const [asked, words] of answers) await lena.type(asked, words)
    await lena.press('Take this step')
  }
  for (const [asked, words] of answers) walk.holds(words, new RegExp(asked.replace('?', '')))
  await lena.press('Close with watch')
  await lena.pick('Who keeps watch?', 'Hana')
  await lena.date('Until which day?', '2027-10-01')
  await lena.chooseIn('Was the person heard?', /^Yes/)
  await lena.type('What do they say, in their words?', 'I know whom to ring.')
  await lena.type('What happens instead?', 'College, and the group on Tuesdays.')
  await lena.press('Close with watch')
  expect(await lena.text()).toContain('Closed with watch. Hana Coldwell keeps watch until 1 October 2027.')
}

/** The quiet ends with a concern, and what was built for them is open again at once. */
const broughtBack = async ({ walk, who, person, lena }: Trail): Promise<void> => {
  // Whoever sends a worry from outside sees nothing of what Trellis holds, and types what they know.
  const priya = await walk.person({ outside: true })
  await worried(priya, who, 'The silver car is back at the college gate.')
  const dena = await walk.person()
  await dena.as('Dena Okoro')
  await dena.go('/queue')
  await dena.openThat('The silver car is back')
  await dena.pressIn('.trellis-join', 'A record of another agency', /^Answer/)
  await dena.choose('The same')
  await dena.type('Why?', 'Name, birthday and postcode agree')
  await dena.press('Save answer')
  await house.work()
  await lena.go(`${person}/plan`)
  const plan = await lena.text()
  for (const words of ['Open again: a concern about them came in.', 'I want to go to art college.'])
    expect(plan).toContain(words)
}

journey(
  'a young person is helped as far as their own page by workers with old phones without JavaScript',
  () => story(oldPhone, { name: 'Bram Teasdale', nick: 'Bee', sits: ['13:30', '14:15'] }),
  300_000,
)
journey(
  'one young person is helped on one page, and nothing is typed twice',
  () => story({}, { name: 'Juno Marlowe', nick: 'Ju', sits: ['15:45', '16:30'] }),
  300_000,
)
