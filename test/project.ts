import { recordAgreement, writeApplication } from '../src/learning/project/apply.ts'
import { contribute, sayChange } from '../src/learning/project/contribute.ts'
import { addAction, keepGroup, planSession, sayLine } from '../src/learning/project/deliver.ts'
import { addMember } from '../src/learning/project/members.ts'
import { openProject } from '../src/learning/project/open-project.ts'
import { aimsOf, projectFor, sponsorsOf } from '../src/learning/project/queries.ts'
import { addLeader, keepConversation, noteDifference } from '../src/learning/project/scope.ts'
import { nameSponsor, writeAims, writeSpecification } from '../src/learning/project/specify.ts'
import { asProduct, type StaffViewer } from '../src/platform/index.ts'
import type { TestHouse } from './house.ts'

const day = '2026-11-20'

/**
 * A support project of Elmshire with a row of everything, opened by somebody who leads learning and delivered by an agency.
 * @param word stands unbroken in what people wrote, as the worst that may be read at 320 px
 * @returns ids by the names that its routes give them
 */
export const oneProject = async (house: TestHouse, viewer: StaffViewer, word = 'word') => {
  const { agencies, people } = house.cast
  const at = house.clock.now
  const council = agencies['council']!
  return house.seen(viewer, async (tx) => {
    const opening = { name: `Whole county ${word}`, kind: 'partnership', size: 'small', programme: agencies['hotel']! }
    const project = await openProject(tx, viewer, opening, at)
    const of = await asProduct(tx, () => projectFor(tx, viewer.partnership, project))
    await addMember(tx, viewer, of, { account: people.mina.id, part: 'contact' }, at)
    const applicant = { applicant_name: 'Vera Moss', applicant_role: 'Director', agency: council, region: 'East' }
    const asked = { reasons: `We lose them at 18. ${word}`, hoped_for: 'One way in', areas: [] }
    await writeApplication(tx, viewer, project, { ...applicant, ...asked }, at)
    const who = { name: 'Vera Moss', role: 'Director', agreed_on: day }
    await recordAgreement(tx, viewer, project, { agency: council, ...who }, at)
    const leader = await addLeader(
      tx,
      viewer,
      project,
      { agency: council, account: null, name: 'Vera Moss', role: 'D' },
      at,
    )
    const said = { aims: `Hear them ${word}`, worries: 'Time', constraints: 'Money', strengths: 'Trust', held_on: day }
    await keepConversation(tx, viewer, { project, leader }, said, at)
    const difference = await noteDifference(tx, viewer, project, `Speed ${word}`, at)
    await writeAims(tx, viewer, project, { words: `Hear them\n${word}`, why: '', feedback: '' }, at)
    await writeAims(tx, viewer, project, { words: 'Hear them first', why: word, feedback: 'Parents' }, at)
    const how = { methods: 'Workshops', delivery_partners: word, starts_on: day, ends_on: '2027-06-30' }
    await writeSpecification(tx, viewer, project, how, at)
    await nameSponsor(tx, viewer, of, leader, at)
    const planned = { held_on: day, place: 'Hall', purpose: `Meeting ${word}`, agenda: '- Hello' }
    const session = await planSession(tx, viewer, project, planned, at)
    const group = { agency: council, level: 'manager', area: null, invited: 4, came: 3 } as const
    await keepGroup(tx, viewer, { project, session }, group, at)
    await sayLine(tx, viewer, { project, session }, { kind: 'needed', code: 'emotional', words: word }, at)
    const todo = { session, words: `Ring them ${word}`, owner_name: 'Vera Moss', agency: council, due_on: '2026-11-01' }
    await addAction(tx, viewer, project, todo, at)
    const gave = { on_day: day, invited: 'Parents', contributor: '', words: `Ask us ${word}` }
    const entry = await contribute(tx, viewer, project, gave, at)
    const [, aims] = await asProduct(tx, () => aimsOf(tx, viewer.partnership, project))
    const change = { words: word, aims: aims!.id, session, finding: '' }
    await sayChange(tx, viewer, { project, contribution: entry }, change, at)
    const [sponsor] = await asProduct(tx, () => sponsorsOf(tx, viewer.partnership, project))
    const { id: action } = await tx.selectFrom('project_action').select('id').executeTakeFirstOrThrow()
    return { project, leader, difference, sponsor: sponsor!.id, session, action, entry }
  })
}
