import { loadAgreements, loadCodes, shippedAgreements, shippedCodes, type Signing } from '../src/sharing/index.ts'
import type { TestHouse } from './house.ts'

const signatories: Signing['agencies'][string]['signatories'] = [
  { name: 'Ines Vale', jobTitle: 'Director' },
  { name: 'Ravi Stott', jobTitle: 'Head of information governance' },
]

/**
 * Puts the agreement that ships with the product into a house, signed by both signatories of every agency of the cast
 * and in force, except by the jobcentre, which has not signed. With `draft` nobody has signed yet.
 */
export const giveAgreement = (house: TestHouse, { draft = false } = {}): Promise<void> =>
  house.seen(house.system, async (tx) => {
    const { partnership, agencies } = house.cast
    await loadCodes(tx, partnership, shippedCodes())
    const signing: Signing = {
      liveDaysAgo: 30,
      reviewInDays: 300,
      lapsesInDays: {},
      agencies: Object.fromEntries(
        Object.keys(agencies).map((code) => [
          code,
          { signatories: code === 'dwp' ? undefined : signatories, igLead: '', steps: [] },
        ]),
      ),
    }
    await loadAgreements(tx, partnership, shippedAgreements(), {
      at: house.house.now(),
      signing: draft ? undefined : signing,
    })
  })

/** The agreement of `giveAgreement`, with a draft of one part and another being signed: an address for each page of it. */
export const agreementAddresses = async (house: TestHouse): Promise<[string, string[]][]> => {
  await giveAgreement(house)
  const ada = await house.browser('ada')
  const inForce = await agreementCalled(house, 'T2-CHILD')
  const draftOf = async (code: string): Promise<string> => {
    const at = await agreementCalled(house, code)
    return (await ada.post(`${at}/draft`, {}, { from: at })).location
  }
  const draft = await draftOf('T2-HOME')
  const offered = await draftOf('T2-CRIME')
  await ada.post(`${offered}/offer`, {}, { from: `${offered}/difference` })
  const clause = /clauses\/([0-9a-f-]{36})/.exec((await ada.get(draft)).text)![1]!
  const agency = house.cast.agencies['police']!
  const path = '/agreements/versions/:version'
  return [
    [path, [inForce, draft, offered]],
    ['/agreements/codes/:list/:code', ['/agreements/codes/basis/public-task', '/agreements/codes/class/D4']],
    [`${path}/join`, [`${draft}/join`, `${inForce}/join`]],
    [`${path}/clauses/new`, [`${draft}/clauses/new`]],
    [`${path}/clauses/:clause`, [`${draft}/clauses/${clause}`]],
    [`${path}/difference`, [`${draft}/difference`]],
    [`${path}/sign`, [`${offered}/sign`]],
    [`${path}/live`, [`${offered}/live`]],
    [`${path}/lapse`, [`${inForce}/lapse`]],
    [`${path}/parties/:agency`, [`${inForce}/parties/${agency}`, `${draft}/parties/${agency}`]],
    [`${path}/withdraw/:agency`, [`${inForce}/withdraw/${agency}`]],
  ]
}

/** Where the version of an agreement that is in force, or the newest, has its page. */
export const agreementCalled = (house: TestHouse, code: string): Promise<string> =>
  house.seen(house.system, async (tx) => {
    const { id } = await tx
      .selectFrom('agreement_version as v')
      .innerJoin('agreement as a', 'a.id', 'v.agreement_id')
      .select('v.id')
      .where('a.code', '=', code)
      .orderBy('v.live_at', (by) => by.desc().nullsLast())
      .executeTakeFirstOrThrow()
    return `/agreements/versions/${id}`
  })
