import { hash } from '@node-rs/argon2'
import { become, newId, type Role, type Tx } from '../src/platform/index.ts'
import { loadPartnership, partnershipFile } from '../src/partnership/index.ts'
import { compile, loadStanding } from '../src/sharing/index.ts'

/** One invented county, small enough to hold in the head. Nothing of the shipped partnership is in it. */
const elmshire = partnershipFile.parse({
  slug: 'elmshire',
  name: 'Elmshire Exploitation Partnership',
  county: 'Elmshire',
  languages: ['en', 'pl', 'ur'],
  areas: [
    { code: 'E10999001', kind: 'county', name: 'Elmshire' },
    { code: 'E07999001', kind: 'district', name: 'North Elmshire', parent: 'E10999001' },
  ],
  agencies: [
    {
      code: 'council',
      name: 'Elmshire County Council',
      kind: 'local-authority',
      sector: 'statutory',
      statutoryRole: 'safeguarding partner',
    },
    {
      code: 'childrens',
      name: 'Elmshire children’s social care',
      kind: 'childrens-social-care',
      sector: 'statutory',
      parent: 'council',
    },
    {
      code: 'police',
      name: 'Elmshire Police',
      kind: 'police',
      sector: 'statutory',
      statutoryRole: 'safeguarding partner',
    },
    { code: 'school', name: 'Ash Hill School', kind: 'education-school', sector: 'statutory' },
    { code: 'dwp', name: 'Jobcentre Elmbridge', kind: 'dwp', sector: 'statutory' },
    { code: 'hotel', name: 'The Larch Hotel', kind: 'hotel', sector: 'business' },
    { code: 'housing', name: 'North Elmshire Housing', kind: 'district-housing', sector: 'statutory' },
  ],
  boards: [
    { code: 'board', name: 'Elmshire Safeguarding Board', kind: 'board', members: ['council', 'police'] },
    {
      code: 'mash',
      name: 'Elmshire MASH',
      kind: 'team',
      parent: 'board',
      frontDoor: true,
      members: ['childrens', 'police'],
    },
  ],
  contacts: [
    { key: 'children-front-door', label: 'Children’s front door', phone: '01632 960001' },
    { key: 'adults-front-door', label: 'Adult safeguarding', phone: '01632 960002' },
  ],
})
const oakshire = partnershipFile.parse({
  ...elmshire,
  slug: 'oakshire',
  name: 'Oakshire Partnership',
  county: 'Oakshire',
  hosts: ['oakshire.test'],
  languages: ['en'],
})

export const password = 'correct horse battery staple'

type Part = { agency: string; email: string; name: string; title: string; roles: Role[] }
const parts = {
  /** Owns the concern: duty worker at the front door. */
  dena: {
    agency: 'childrens',
    email: 'dena@elmshire.example',
    name: 'Dena Okoro',
    title: 'Duty social worker',
    roles: ['duty'],
  },
  /** A colleague in the same team. */
  colm: {
    agency: 'childrens',
    email: 'colm@elmshire.example',
    name: 'Colm Byrne',
    title: 'Duty social worker',
    roles: ['duty'],
  },
  /** Answers what nobody heard. */
  mina: {
    agency: 'childrens',
    email: 'mina@elmshire.example',
    name: 'Mina Farah',
    title: 'Team manager',
    roles: ['manager'],
  },
  /** A partner under the agreement: designated safeguarding lead of a school. */
  priya: {
    agency: 'school',
    email: 'priya@ashhill.example',
    name: 'Priya Nair',
    title: 'Designated safeguarding lead',
    roles: ['reporter-agency'],
  },
  /** Another reporter at the same school. */
  saul: {
    agency: 'school',
    email: 'saul@ashhill.example',
    name: 'Saul Penn',
    title: 'Form tutor',
    roles: ['reporter-agency'],
  },
  /** An agency that has not signed. */
  wes: {
    agency: 'dwp',
    email: 'wes@jobcentre.example',
    name: 'Wes Larkin',
    title: 'Work coach',
    roles: ['reporter-agency', 'practitioner'],
  },
  /** Keeps accounts, content and agencies; sees no concern. */
  ada: {
    agency: 'council',
    email: 'ada@elmshire.example',
    name: 'Ada Quill',
    title: 'Partnership business manager',
    roles: ['administrator'],
  },
  /** Works with people from an agency under the agreement. */
  hal: {
    agency: 'housing',
    email: 'hal@northelmshire.example',
    name: 'Hal Ferris',
    title: 'Housing officer',
    roles: ['practitioner'],
  },
  /** Leads the work with a person. */
  lena: {
    agency: 'childrens',
    email: 'lena@elmshire.example',
    name: 'Lena Sorrel',
    title: 'Exploitation social worker',
    roles: ['practitioner'],
  },
  /** Reads who agreed and who has looked; sees no case. */
  gwen: {
    agency: 'council',
    email: 'gwen@elmshire.example',
    name: 'Gwen Astley',
    title: 'Caldicott Guardian',
    roles: ['guardian'],
  },
} satisfies Record<string, Part>
/** In another partnership altogether. */
const elsewhere: Part = {
  agency: 'childrens',
  email: 'otto@oakshire.example',
  name: 'Otto Reed',
  title: 'Duty social worker',
  roles: ['duty'],
}

export type Name = keyof typeof parts | 'otto'
export type Person = { id: string; partnership: string; agency: string; name: string; email: string; roles: Role[] }
export type Cast = { partnership: string; agencies: Record<string, string>; people: Record<Name, Person> }

/** Puts the cast into a migrated, empty database. Runs as the owner. */
export const enter = async (tx: Tx): Promise<Cast> => {
  // Cheap on purpose: the cost of a real hash is measured elsewhere.
  const passwordHash = await hash(password, { memoryCost: 1024, timeCost: 1 })
  await become(tx, { kind: 'system', partnership: 'any' })
  const partnership = await loadPartnership(tx, elmshire, { isDefault: true })
  await standing(tx, partnership)
  const agencies = await agenciesOf(tx, partnership)
  const people = {} as Record<Name, Person>
  for (const [name, part] of Object.entries(parts))
    people[name as Name] = await person(tx, partnership, agencies, part, passwordHash)
  await become(tx, { kind: 'system', partnership: 'any' })
  const other = await loadPartnership(tx, oakshire)
  await standing(tx, other)
  people.otto = await person(tx, other, await agenciesOf(tx, other), elsewhere, passwordHash)
  return { partnership, agencies, people }
}

/** What the law asks of the front door anyway, as every partnership has it. Nobody has signed anything yet. */
const standing = async (tx: Tx, partnership: string): Promise<void> => {
  await loadStanding(tx, partnership, new Date('2026-11-01T09:00:00Z'))
  await compile(tx, partnership)
}

const agenciesOf = async (tx: Tx, partnership: string): Promise<Record<string, string>> => {
  const rows = await tx.selectFrom('agency').select(['code', 'id']).where('partnership_id', '=', partnership).execute()
  return Object.fromEntries(rows.map(({ code, id }) => [code, id]))
}

const person = async (
  tx: Tx,
  partnership: string,
  agencies: Record<string, string>,
  part: Part,
  passwordHash: string,
): Promise<Person> => {
  const id = newId()
  const agency = agencies[part.agency]!
  const common = { partnership_id: partnership }
  await tx
    .insertInto('account')
    .values({ ...common, id, agency_id: agency, email: part.email, name: part.name, job_title: part.title })
    .execute()
  await tx
    .insertInto('password')
    .values({ ...common, account_id: id, hash: passwordHash })
    .execute()
  for (const role of part.roles)
    await tx
      .insertInto('role_grant')
      .values({ ...common, id: newId(), account_id: id, role })
      .execute()
  return { id, partnership, agency, name: part.name, email: part.email, roles: part.roles }
}
