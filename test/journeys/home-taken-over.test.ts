import type { Browser as Chromium, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { journey, listen, oldPhone, openChromium } from '../chromium.ts'
import { openDemoHouse } from '../demo-house.ts'
import { startWalk, type Walk, type Walker } from '../walk.ts'

/*
 * A man whose home others have taken over, from a neighbour’s worry to closed with watch: in the demo, by its pages alone. He
 * is asked at the start and at the end what he wants to come of it.
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

type Who = { name: string; nick: string }
type Trail = { walk: Walk; person: string; mina: Walker }

const story = async (options: BrowserContextOptions, who: Who): Promise<void> => {
  const walk = startWalk(chromium, base, options)
  const person = await noticed(walk, who)
  const mina = await walk.person()
  const trail = { walk, person, mina }
  await asked(trail)
  await helped(trail)
  await closed(trail)
  expect(walk.ledger).toMatchObject({ twice: [], unnamed: [], pushed: [] })
  await walk.end()
}

/** A neighbour rings; the front door writes it down, decides, opens the record and names who leads. */
const noticed = async (walk: Walk, { name, nick }: Who): Promise<string> => {
  const dena = await walk.person()
  await dena.as('Dena Okoro')
  await dena.press('Write down a worry that came by phone')
  await dena.press('Start')
  await dena.choose('No')
  await dena.press('Continue')
  await dena.typeFirst(`Strangers have the keys of the flat where ${name} lives.`)
  await dena.press('Continue')
  await dena.choose('One person')
  await dena.press('Continue')
  await dena.type('Name', name)
  await dena.type('Nickname, or what others call them', nick)
  await dena.unfold('More that you know about this person')
  await dena.date('Date of birth', '1974-05-14')
  while (!dena.path().endsWith('/check')) {
    if (dena.path().endsWith('/contact')) await dena.choose('No, do not contact them')
    await dena.press('Continue')
  }
  await dena.press('Send')
  await house.work()
  await dena.go('/queue')
  await dena.openThat(`where ${name} lives`)
  const concern = dena.path()
  await dena.press('Take it')
  await dena.press('Decide')
  for (const [limb, evidence] of [
    ['Needs for care and support', 'He drinks, and forgets to eat'],
    ['Abuse or neglect', 'Others sell drugs in his flat'],
    ['Unable to protect themselves', 'He is afraid to ask them to leave'],
  ] as const) {
    await dena.chooseIn(new RegExp(limb), 'Yes')
    await dena.type(new RegExp(`Evidence.*${limb}`), evidence)
  }
  await dena.press('Continue')
  await dena.choose(/^Safeguarding enquiry/)
  await dena.press('Continue')
  await dena.type('Why did you decide this?', `${nick} was seen waiting on the stairs of his own house`)
  await dena.type('What is not known?', 'Who has the keys')
  await dena.choose('Medium')
  await dena.type('What the adult wants, or why they were not asked', 'He could not be asked alone yet')
  await dena.press('Continue')
  await dena.press('Decide')
  await house.work()

  await dena.go(concern)
  await dena.press('Open a person from this concern')
  await dena.type('How can other agencies reach you safely?', '01632 960421')
  await dena.press('Open the record')
  const person = dena.path()
  await adultPurpose(dena)
  await dena.go(`${person}/involved/lead`)
  await dena.pick('Which agency do they work for?', 'front door')
  await dena.press('Continue')
  await dena.pick('Who leads from now on?', 'Mina')
  await dena.type('How do colleagues of other agencies reach them safely?', '01632 960422')
  await dena.type('Why?', 'She knows him from before')
  await dena.press('Name them lead worker')
  walk.watch(person, 'Mina Farah')
  return person
}

const adultPurpose = async (worker: Walker): Promise<void> => {
  await worker.choose('Keeping an adult safe from exploitation')
  await worker.pick('Which lawful basis do you rely on?', 'Public task')
  await worker.pick('Condition for sensitive details', 'Safeguarding of children')
  await worker.press('Continue')
}

/** He says once what matters and whom he trusts, and what he wants to come of it. */
const asked = async ({ walk, person, mina }: Trail): Promise<void> => {
  await mina.as('Mina Farah')
  await mina.go(person)
  await adultPurpose(mina)
  const trusts = 'My sister Bev. She has a key.'
  await mina.go(`${person}/story/who-i-trust`)
  await mina.type('In their words', trusts)
  await mina.choose('They said it, and somebody wrote it down')
  await mina.choose('Everybody in their circle, and the teams they work in')
  await mina.press('Save their words')
  walk.holds(trusts, /who I trust/i)
  await mina.go(`${person}/who-matters/add`)
  await mina.choose('Somebody by name')
  await mina.type('What do they call them?', 'Bev')
  await mina.pick('What are they to the person?', 'Brother or sister')
  await mina.choose('Protects them')
  await mina.chooseIn('Who says so?', 'The person')
  await mina.type('In the person’s own words', 'She comes on Sundays.')
  await mina.chooseIn('How strong is it?', 'Strong')
  await mina.chooseIn('How often are they in contact?', 'Every week')
  await mina.chooseIn('Do they live together?', 'No')
  await mina.chooseIn('Will they stay in the person’s life?', 'Likely to stay')
  await mina.choose('Open under the agreement')
  await mina.chooseIn('Gender', 'Woman or girl')
  await mina.chooseIn('Have they died?', 'No')
  await mina.press('Save')
  await mina.go(`${person}/who-matters/trusted-adult`)
  await mina.choose(/^Bev/)
  await mina.choose('The person chose them')
  await mina.type('How do we know? In the person’s words', trusts)
  await mina.choose('Nobody yet')
  await mina.date('When are they asked again?', '2027-06-01')
  await mina.press('Save')
  walk.watch(person, 'Bev')
  await mina.go(`${person}/voice/outcomes`)
  await mina.choose('At the start')
  await mina.choose('Yes, and they said what they want')
  await mina.type('What they want, in their words', 'My door shut, and nobody in it but me.')
  await mina.press('Save')
}

/** A screening that says what was seen, and a plan that begins with what he wants. */
const helped = async ({ person, mina }: Trail): Promise<void> => {
  await mina.go(`${person}/assessments/new`)
  await mina.choose('Screening')
  await mina.press('Start')
  const screening = mina.path()
  await mina.press('Harm already seen')
  await mina.choose('Home taken over')
  await mina.type('What was seen, by whom, and when?', 'Four strangers at the door, by the caretaker, on Friday.')
  await mina.press('Save and come back later')
  await mina.go(`${screening}/next`)
  await mina.type('What is the next step, and who takes it?', 'New locks, by the housing team.')
  await mina.press('Save and go on')
  await mina.press('Finish')
  await mina.go(`${person}/plan`)
  await mina.choose('Adult safeguarding plan')
  await mina.press('Start the plan')
  await mina.press('Add a goal')
  await mina.choose('What they want')
  await mina.type('The goal', 'I decide who comes in.')
  await mina.choose('Home')
  await mina.press('Add the goal')
  await mina.press('Add an action')
  await mina.type('What is to be done?', 'Change the locks with him there')
  await mina.choose('Home')
  await mina.pick('Which goal does it serve?', 'I decide')
  await mina.pick('Who does it?', 'Mina')
  await mina.date('By which day?', '2026-12-01')
  await mina.press('Add the action')
  await mina.press(/^Say how it went/)
  await mina.choose('It is done')
  await mina.type('In a few words', 'Done on Monday; he has both keys.')
  await mina.press('Keep this')
  expect(await mina.text()).toContain('What became of the action is kept')
}

/** Down the ladder, asked again what came of it, and closed with watch by somebody named. */
const closed = async ({ person, mina }: Trail): Promise<void> => {
  for (const safer of ['The flat was quiet for six weeks.', 'He says that he sleeps again.']) {
    await mina.go(`${person}/plan/step-down`)
    await mina.type('Is it safer, and how do you know?', safer)
    await mina.type('Who stays?', 'Bev on Sundays, Mina once a month.')
    await mina.type('What would show that it is coming back?', 'Strangers on the stairs, and he stops answering.')
    await mina.type('What is the one step back?', 'Bev rings Mina.')
    await mina.press('Take this step')
  }
  await mina.go(`${person}/voice/outcomes`)
  await mina.choose('At the end')
  await mina.choose('Yes, and they said what they want')
  await mina.chooseIn(/My door shut/, 'Fully')
  await mina.press('Save')
  expect(await mina.text()).toContain('At the end: Fully')
  await mina.go(`${person}/plan/close`)
  await mina.pick('Who keeps watch?', 'Mina')
  await mina.date('Until which day?', '2027-05-01')
  await mina.chooseIn('Was the person heard?', 'Yes')
  await mina.type('What do they say, in their words?', 'It is mine again.')
  await mina.type('What happens instead?', 'Tenancy support once a month.')
  await mina.press('Close with watch')
  expect(await mina.text()).toContain('Closed with watch. Mina Farah keeps watch until 1 May 2027.')
}

journey(
  'a man whose home was taken over is asked at the start and at the end, and somebody keeps watch',
  () => story({}, { name: 'Perry Holm', nick: 'Pez' }),
  240_000,
)
journey(
  'and so is another, on an old phone without JavaScript',
  () => story(oldPhone, { name: 'Alwyn Stroud', nick: 'Al' }),
  240_000,
)
