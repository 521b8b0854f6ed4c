import { sql } from 'kysely'
import { reportSchema } from '../src/concerns/concern.ts'
import * as concerns from '../src/concerns/index.ts'
import { asProduct, type StaffViewer } from '../src/platform/index.ts'
import { breakGlass, decideNotToShare, declareConflict, moreHarmful, share } from '../src/sharing/index.ts'
import { amendEntry } from '../src/subjects/amend-entry.ts'
import { askErasure } from '../src/subjects/erasure.ts'
import * as subjects from '../src/subjects/index.ts'
import { placeHold } from '../src/subjects/legal-hold.ts'
import { pinEntry, weighEntry } from '../src/subjects/mark-entry.ts'
import { sayMessage } from '../src/subjects/own/messages.ts'
import { proposeDestruction } from '../src/subjects/retention.ts'
import { addNote } from '../src/subjects/story/add-note.ts'
import { keepStoryRead } from '../src/subjects/story/read.ts'
import { couldNotHear, hear, reply } from '../src/subjects/voice/hear.ts'
import { comeBack, holdTalk, offerTalk } from '../src/support/missing/back.ts'
import { gradeMissing, linkMissing, reportMissing } from '../src/support/missing/report.ts'
import { keepDisruption } from '../src/support/disruption/keep.ts'
import { pointTo } from '../src/support/packs/point.ts'
import { keepBecame, keepConsent } from '../src/support/packs/say.ts'
import { startPack } from '../src/support/packs/start.ts'
import { addAction } from '../src/support/plan/act.ts'
import { disagree } from '../src/support/plan/disagree.ts'
import { holdReview } from '../src/support/plan/hold-review.ts'
import { addGoal, endGoal, startPlan } from '../src/support/plan/write.ts'
import { carried } from './carried.ts'
import { addRelationship } from '../src/subjects/relationships/keep.ts'
import { chooseTrusted } from '../src/subjects/relationships/trusted.ts'
import { reviewWarning } from '../src/subjects/warning.ts'
import { assessed } from './assessed.ts'
import { oneContext } from './context.ts'
import { giveAgreement } from './agreement.ts'
import { eightSpeak } from './heard.ts'
import { goneByAddresses } from './gone-by.ts'
import type { TestHouse } from './house.ts'
import { oneReport } from './learning-report.ts'
import { somebody } from './matters.ts'
import { meetingAddresses } from './meeting.ts'
import { panelWith } from './panel.ts'
import { oneProject } from './project.ts'
import { notAgreed } from './not-agreed.ts'
import { safeguarding } from './signed-for-cast.ts'
import { suspected } from './suspected.ts'

/** Ids by the names that routes give them, of rows that belong together; the longest beginning of a route counts. */
export type OneOfEach = [beginning: string, ids: Record<string, string>][]

/** A row of every kind that is about somebody, all of children's social care; and a duty to share of housing's. */
export const oneOfEach = async (house: TestHouse): Promise<OneOfEach> => {
  await giveAgreement(house)
  const concern = await oneConcern(house)
  const person = await openedBy(house, 'lena', 'Kezia Thorne')
  await openedBy(house, 'hal', 'Bryony Askew')
  const entries = await onRecord(house, person)
  const rights = await asked(house, person, entries.open)
  await told(house, person)
  const plan = await planned(house, person)
  const episode = await wasMissing(house, person)
  const pack = await prepared(house, person)
  const disruption = await disrupted(house, person)
  const warning = await warned(house, person, entries.open)
  await saidThere(house, person)
  const closed = await oneDue(house)
  const meetings = new Map(await meetingAddresses(house, person))
  const [, , , , meeting, , attendee] = meetings.get('/people/:id/meetings/:meeting/declare/:attendee')![0]!.split('/')
  const one = (table: string, column: string, of: string): Promise<string> =>
    house.seen(house.system, async (tx) => {
      const where = sql`${sql.ref(column)} = ${of}`
      const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} where ${where} limit 1`.execute(tx)
      return rows[0]!.id
    })
  const { suspicion } = await suspected(house)
  const proposal = await one('proposal', 'partnership_id', house.cast.partnership)
  const message = await one('message', 'concern_id', concern)
  const sitting = await panelWith(house, person)
  const dispute = await notAgreed(house, person)
  const project = await oneProject(house, { ...house.as('lena'), roles: ['learning'] })
  const ids = {
    id: person,
    dispute,
    ...rights,
    entry: entries.sealed,
    item: entries.open,
    meeting: meeting!,
    attendee: attendee!,
    involvement: await one('involvement', 'subject_id', person),
    card: 'about-me',
    voice: await one('voice', 'subject_id', person),
    ...plan,
    disruption,
    episode,
    warning,
    message: await one('own_message', 'subject_id', person),
    way: await one('own_way', 'subject_id', person),
    tie: await mattering(house, person),
    assessment: await assessed(house, 'lena', person),
    task: await carried(house, person),
    part: 'harm',
    answer: 'harm',
    disagreement: '',
    proposed: await one('plan_proposal', 'subject_id', person),
  }
  ids.disagreement = await disagreed(house, person, plan.action)
  return [
    ['/people/:id', ids],
    ['/people/:id/meetings', { ...ids, answer: 'known' }],
    ['/meetings/:panel', { id: person, panel: sitting.panel }],
    ['/projects/:project', project],
    ['/contexts/:id', await oneContext(house, 'lena', concern)],
    ['/people/:id/packs', { ...ids, pack, part: 'person' }],
    [
      '/people/:id/entries/:entry/disputed',
      { ...ids, entry: entries.open, dispute: await one('entry_dispute', 'subject_id', person) },
    ],
    ['/disputes/:dispute', { dispute }],
    ['/learning/reports/:id', await oneReport(house, { ...house.as('lena'), roles: ['learning'] })],
    ['/people/not-shared/:disclosure', { disclosure: entries.notShared }],
    ['/people/reviews/:glass', { glass: await one('break_glass', 'subject_id', person) }],
    ['/alerts/:alert', { alert: await one('alert', 'subject_id', person) }],
    ['/conflicts/:conflict', { conflict: await one('conflict', 'subject_id', person) }],
    ['/retention/holds/:hold', { hold: await one('legal_hold', 'subject_id', person) }],
    ['/retention/:proposal', { proposal: await one('destruction_proposal', 'subject_id', closed) }],
    ['/concerns/:id', { id: concern, step: 'frame', file: await one('attachment', 'concern_id', concern), proposal }],
    ['/joining/:proposal', { proposal }],
    ['/joining/suspicions/:suspicion', { suspicion }],
    ['/sent/:id', { id: concern, message }],
    ['/receipt/answer/:message', { message }],
    ['/front-line/rounds/:round', await eightSpeak(house, { ...house.as('gwen'), roles: ['chair'] })],
    ...(await goneByAddresses(house, { ...house.as('lena'), roles: ['learning'] })),
    ['/checks/:id', { id: await one('partner_check', 'concern_id', concern) }],
  ]
}

/** A concern with a file, a question to whoever sent it and one to another agency. */
const oneConcern = async (house: TestHouse): Promise<string> => {
  const [priya, dena] = [house.as('priya'), house.as('dena')]
  const { keys } = house.house
  const at = house.clock.now
  const phone = '07700 900333'
  const said = reportSchema.parse({ worry: 'A grey car waits by the gate', people: [{ name: 'Kezia Thorne', phone }] })
  const bytes = Buffer.from('seen')
  const files = [{ name: 'seen.txt', type: 'text/plain', bytes, copy: { type: 'text/plain', bytes } }]
  const sent = await house.seen(priya, (tx) =>
    concerns.report(tx, keys, priya, said, { channel: 'professional', at, files }),
  )
  if (sent === 'already sent') throw new Error(sent)
  await house.seen(dena, async (tx) => {
    await concerns.take(tx, dena, sent.concern, at)
    await concerns.askReporter(tx, keys, dena, sent.concern, 'When was that?', at)
    const agencies = [house.cast.agencies['hotel']!]
    await concerns.askPartners(tx, keys, dena, sent.concern, { agencies, question: 'Q', reason: 'R', at })
  })
  const another = reportSchema.parse({ worry: 'She rang us', details: [{ kind: 'phone', said: phone }] })
  await house.seen(house.as('hal'), (tx) =>
    concerns.report(tx, keys, house.as('hal'), another, { channel: 'professional', at }),
  )
  return sent.concern
}

const openedBy = (house: TestHouse, by: 'lena' | 'hal', name: string): Promise<string> =>
  house.seen(house.as(by), (tx) => {
    const said = subjects.identitySchema.parse({ name, born_on: '2010-06-01' })
    return subjects.openPerson(tx, house.house.keys, house.as(by), said, { as: 'lead', at: house.clock.now })
  })

/** Entries open and sealed, what was told and what was not, a broken glass with its alert, and somebody who is too close. */
const onRecord = async (house: TestHouse, subject: string) => {
  const [lena, dena] = [house.as('lena'), house.as('dena')]
  const { keys } = house.house
  const at = house.clock.now
  await house.seen(dena, async (tx) => {
    await breakGlass(tx, keys, dena, { subject, why: 'It cannot wait', minutes: 30, at })
    await declareConflict(tx, dena, { subject, kind: 'relative', at })
  })
  return house.seen(lena, async (tx) => {
    const facts = (await subjects.subjectFacts(tx, lena.partnership, subject))!
    const write = (handling: 0 | 2) => {
      const entry = { kind: 'contact', happened_at: at, words: 'W', data_class: 'D4', handling, source: '' } as const
      return subjects.addEntry(tx, keys, lena, facts, entry, { at })
    }
    const [open, sealed] = [await write(0), await write(2)]
    const recipient = house.cast.agencies['housing']!
    const about = { subject, recipient, name: 'N', role: 'R', classes: ['D4'], ...safeguarding, wishes: null } as const
    const frame = { age: 'child', handling: 0, closeness: 0 } as const
    const told = { method: 'by phone', consent: null, notTold: null, outside: 'Tonight', expires: null } as const
    await share(tx, keys, lena, { ...about, why: 'W', at, ...told }, frame)
    const notShared = await decideNotToShare(tx, keys, lena, { ...about, why: 'W', at, reason: moreHarmful }, frame)
    return { open, sealed, notShared }
  })
}

/** What a person may ask of an agency: to see it, to say that it is not so, to be erased; and a hold. */
const asked = async (house: TestHouse, subject: string, entry: string) => {
  const mina: StaffViewer = house.as('mina')
  const { keys } = house.house
  const { agency } = mina
  const now = house.clock.now
  return house.seen(mina, async (tx) => {
    const facts = (await subjects.subjectFacts(tx, mina.partnership, subject))!
    const at = { subject: facts, viewer: mina, holders: [], named: new Set<string>(), now }
    const asked_on = '2026-11-20'
    const request = await subjects.askAccess(tx, keys, at, { agency, capacity: 'person', asker: 'Kezia', asked_on })
    const erasure = await askErasure(tx, keys, at, { agency, ground: 'objection', said: 'Forget me', asked_on })
    const of = { id: entry, agency_id: agency, data_class: 'D4', handling: 0 } as const
    await subjects.dispute(tx, keys, mina, of, subject, { said_by: 'person', words: 'No', said_on: asked_on, at: now })
    await placeHold(tx, keys, mina, { subject, why: 'An inquiry', at: now })
    return { request, erasure }
  })
}

/** What a person said of themself, with a note beside it, read by whoever came new. */
const told = async (house: TestHouse, subject: string) => {
  const lena = { ...house.as('lena'), stated: { ...safeguarding, until: house.clock.now } }
  const { keys } = house.house
  const at = house.clock.now
  await house.seen(lena, async (tx) => {
    const facts = (await subjects.subjectFacts(tx, lena.partnership, subject))!
    const said = { card: 'about me', how: 'said', words: 'I draw', said_on: '2026-11-20' } as const
    const readers = { readers: 'agencies', agencies: [lena.agency] } as const
    await subjects.writeCard(tx, keys, lena, facts, { ...said, ...readers }, at)
    await asProduct(tx, () => addNote(tx, keys, lena, facts, { card: 'about me', words: 'She does' }, at))
    await keepStoryRead(tx, lena, subject, at)
    const heard = {
      stage: 'assessment',
      channel: 'talk',
      words: 'No',
      wanted: 'Rest',
      language: '',
      heard_by: '',
    } as const
    const voice = await hear(tx, keys, lena, facts, { ...heard, heard_on: '2026-11-20', ...readers }, at)
    await reply(tx, keys, lena, facts, { voice, did: 'She rests', explained: null, explained_on: null }, at)
    const absent = { stage: 'plan', reason: 'not safe', why: 'He was there', next_try_on: '2026-11-20' } as const
    await couldNotHear(tx, keys, lena, facts, absent, at)
    const way = { holder: 'themself', handed: 'in their hand', days: 7, other: null } as const
    await subjects.makeWay(tx, keys, lena, facts, way, at)
    await subjects.notAskedAgain(tx, lena, subject, { form: 'assessment', questions: 3 }, at)
  })
}

/** The one plan of a person, with a goal that has ended, an action and a review. */
const planned = async (house: TestHouse, subject: string) => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  return house.seen(lena, async (tx) => {
    const facts = (await subjects.subjectFacts(tx, lena.partnership, subject))!
    await startPlan(tx, lena, facts, { kind: 'exploitation', review_on: '2026-12-20' }, at)
    const goal = await addGoal(tx, keys, lena, facts, { part: 'home', whose: 'own', words: 'A key' }, at)
    await endGoal(tx, keys, lena, facts, { goal, part: 'home', outcome: 'changed', why: 'She said so' }, at)
    const owner = { staff: lena.staff, agency: lena.agency }
    const todo = { part: 'home', goal, words: 'Change the lock', owner, due_on: '2026-12-01' } as const
    const action = await addAction(tx, keys, lena, facts, todo, at)
    const review = { held_on: '2026-11-20', next_on: '2026-12-20', changed: 'C', decisions: 'D', person: { view: 'V' } }
    await holdReview(tx, keys, lena, facts, { kind: 'exploitation', ...review }, at)
    return { goal, action }
  })
}

/** One time that a person was missing, with a row of everything that follows it. @returns its id */
export const wasMissing = async (house: TestHouse, subject: string): Promise<string> => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  const before = (hours: number) => new Date(at.getTime() - hours * 3_600_000)
  return house.seen(lena, async (tx) => {
    const facts = (await subjects.subjectFacts(tx, lena.partnership, subject))!
    const times = { started_at: before(30), reported_at: before(29), seen_at: before(31) }
    const known = { looked_after: 'yes', absence: 'M', out_of_county: 'no', exploitation: 'yes' } as const
    const seen = { reported_by: 'R', seen_by: 'S', seen_where: 'T', clothing: 'U', place: 'V', what: 'W' }
    const episode = (await reportMissing(tx, keys, lena, facts, { ...times, ...known, ...seen }, at))!
    const of = { keys, subject: facts, episode }
    await gradeMissing(tx, lena, of, { grade: 'low', reference: 'Z', why: 'W' }, at)
    await linkMissing(tx, lena, of, { kind: 'place', words: `P ${'a'.repeat(60)}` }, at)
    const found = { where: 'W', by: 'B', how: 'H', prevention: 'yes', well: 'yes', well_words: 'W' } as const
    await comeBack(tx, lena, of, { ...found, ended_at: before(4) }, at)
    const no = { answer: 'refused', spoke: 'S', carer: 'C', why: 'W', again_on: '2026-12-01' } as const
    await offerTalk(tx, lena, of, { ...no, offered_at: before(3), offered_by: 'B', independent: true }, at)
    const told = { said: 'S', push: 'P', pull: 'Q', harm: 'H', others: 'O', actions: 'A', shared: 'T', where: 'W' }
    await holdTalk(tx, lena, of, { ...told, held_at: before(2), held_by: 'B', independent: false }, at)
    return episode
  })
}

/** Somebody who matters to a person, and is their trusted adult. */
export const mattering = async (house: TestHouse, subject: string): Promise<string> => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  return house.seen(lena, async (tx) => {
    const facts = (await subjects.subjectFacts(tx, lena.partnership, subject))!
    const tie = await addRelationship(tx, keys, lena, facts, { name: 'Nan' }, { ...somebody, kind: 'grandparent' }, at)
    const choice = {
      who: { name: 'Nan', tie },
      backup: null,
      how: 'chose',
      words: 'W',
      review_on: '2026-12-20',
    } as const
    await chooseTrusted(tx, keys, lena, facts, choice, at)
    return tie
  })
}

/** A referral that is prepared, with what the person says to it and what became of it. @returns its id */
export const prepared = async (house: TestHouse, subject: string): Promise<string> => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  return house.seen(lena, async (tx) => {
    const facts = (await subjects.subjectFacts(tx, lena.partnership, subject))!
    const pack = await startPack(tx, keys, lena, facts, { at, today: '2026-11-23' })
    const of = { keys, subject: facts, pack }
    const said = { about: 'at 18', answer: 'given', wants_support: 'yes', words: 'Y', asked_on: '2026-11-20' } as const
    await keepConsent(tx, lena, of, said, at)
    const became = { what: 'reasonable grounds', outcome: 'positive', on_date: '2026-11-20' } as const
    await keepBecame(tx, lena, of, { ...became, reference: `R ${'a'.repeat(60)}`, words: 'W' }, at)
    return pack
  })
}

/** What is done to stop whoever does the harm, and whom to ask about a specialist process. @returns the first's id */
export const disrupted = async (house: TestHouse, subject: string): Promise<string> => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  return house.seen(lena, async (tx) => {
    const facts = (await subjects.subjectFacts(tx, lena.partnership, subject))!
    await pointTo(tx, keys, lena, facts, `C ${'a'.repeat(60)}`, at)
    const asked = { person: { view: 'V' }, harmed: 'H', criminalise: 'it could', criminalise_why: 'W' } as const
    const first = { ...asked, step: 'granted', on_date: '2026-11-01', until_on: '2027-02-01', words: 'T' } as const
    const said = { tool: 'partial-closure', aim: `A ${'a'.repeat(60)}`, grounds: 'G', applied_by: 'B', first }
    return keepDisruption(tx, keys, lena, facts, said, at)
  })
}

/** What somebody says from their own page. */
export const saidThere = (house: TestHouse, subject: string) =>
  house.seen(house.system, async (tx) => {
    const { id: way } = await tx
      .selectFrom('own_way')
      .select('id')
      .where('subject_id', '=', subject)
      .executeTakeFirstOrThrow()
    const { partnership, agency: through } = house.as('lena')
    const viewer = { kind: 'person', partnership, subject, way, through, as: 'themself', sections: [] } as const
    await sayMessage(tx, house.house.keys, viewer, { kind: 'please stop', words: 'Stop', reach: '' }, house.clock.now)
  })

/** A line of the plan that they do not agree with. */
const disagreed = (house: TestHouse, subject: string, action: string): Promise<string> =>
  house.seen(house.system, async (tx) => {
    const { partnership, agency: through } = house.as('lena')
    const viewer = {
      kind: 'person',
      partnership,
      subject,
      way: subject,
      through,
      as: 'themself',
      sections: [],
    } as const
    const said = { line: { kind: 'action', id: action }, words: 'No' } as const
    await disagree(tx, house.house.keys, viewer, said, { at: house.clock.now, zone: 'Europe/London' })
    return (
      await tx.selectFrom('plan_disagreement').select('id').where('subject_id', '=', subject).executeTakeFirstOrThrow()
    ).id
  })

/** A warning that was looked at again, and an entry that was weighed, kept in view and put right. */
const warned = async (house: TestHouse, subject: string, entry: string): Promise<string> => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  return house.seen(lena, async (tx) => {
    const facts = (await subjects.subjectFacts(tx, lena.partnership, subject))!
    const id = await subjects.warn(tx, keys, lena, facts, { words: 'W', review_on: '2026-12-01', handling: 0 }, at)
    const [warning] = await asProduct(tx, () => subjects.warningsOf(tx, keys, lena.partnership, subject))
    const stands = { outcome: 'stands', review_on: '2026-12-02', why: 'W' } as const
    await reviewWarning(tx, keys, lena, { subject, warning: warning! }, stands, at)
    const [one] = await asProduct(tx, () => subjects.chronologyOf(tx, keys, lena.partnership, subject, { only: entry }))
    await weighEntry(tx, lena, subject, one!, 'significant', at)
    await pinEntry(tx, lena, subject, one!, at)
    await amendEntry(tx, keys, lena, { entry: one!, subject: facts }, 'W', at)
    return id
  })
}

/** A record that is long closed, proposed to be destroyed. */
const oneDue = async (house: TestHouse): Promise<string> => {
  const closed = await openedBy(house, 'lena', 'Rowan Ash')
  const at = house.clock.now
  await house.seen(house.system, async (tx) => {
    await subjects.loadRetention(tx, house.cast.partnership)
    await tx.updateTable('involvement').set({ to_at: at }).where('subject_id', '=', closed).execute()
    await proposeDestruction(tx, house.system, at, '2099-01-01')
  })
  return closed
}
