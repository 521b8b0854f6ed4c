import { become, type Db, inTransaction, newId, type StaffViewer, type Viewer } from '../src/platform/index.ts'
import { liveAgreement } from './live-agreement.ts'

/** Agencies under one signed agreement, a member of staff and a subject for each, made in bulk for proofs and measurements. */
export type ManyAgencies = {
  partnership: string
  agreement: string
  viewers: StaffViewer[]
  /** Subject n was opened by the agency of viewer n, whose record alone it is. */
  subjects: string[]
}

export const stated = {
  purpose: 'safeguarding',
  basis: '6-1-e',
  condition: '',
  until: new Date('2099-01-01T00:00:00Z'),
}

/**
 * @param clause what the agreement lets through: 'own' each agency its own records, 'all' everybody's who is a party
 * @param entries of each subject
 */
export const makeManyAgencies = (
  db: Db,
  partnership: string,
  many: number,
  { clause, entries }: { clause: 'own' | 'all'; entries: number },
): Promise<ManyAgencies> =>
  inTransaction(db, async (tx) => {
    const system: Viewer = { kind: 'system', partnership }
    await become(tx, system)
    const ids = Array.from({ length: many }, () => ({ agency: newId(), staff: newId(), subject: newId() }))
    const within = { partnership_id: partnership }
    const at = new Date('2026-01-01T00:00:00Z')
    await tx
      .insertInto('agency')
      .values(
        ids.map(({ agency }, n) => ({
          ...within,
          id: agency,
          code: `many-${n}`,
          name: `Agency ${n}`,
          kind: 'many',
          sector: 'statutory',
        })),
      )
      .execute()
    await tx
      .insertInto('account')
      .values(
        ids.map(({ agency, staff }, n) => ({
          ...within,
          id: staff,
          agency_id: agency,
          email: `many-${n}@example.test`,
          name: `Person ${n}`,
        })),
      )
      .execute()
    await tx
      .insertInto('subject')
      .values(
        ids.map(({ agency, subject }) => ({
          ...within,
          id: subject,
          agency_id: agency,
          reference: subject.slice(0, 13),
          kind: 'person',
          opened_at: at,
        })),
      )
      .execute()
    for (const { agency, subject } of ids)
      await tx
        .insertInto('entry')
        .values(
          Array.from({ length: entries }, () => ({
            ...within,
            id: newId(),
            subject_id: subject,
            agency_id: agency,
            kind: 'note',
            happened_at: at,
            words_sealed: Buffer.from(subject),
            key_id: newId(),
            entered_at: at,
            data_class: 'D4',
          })),
        )
        .execute()
    const agreement = await liveAgreement(tx, partnership, {
      code: 'MANY',
      title: 'Many agencies',
      agencies: ids.map(({ agency }) => agency),
      clauses: [
        {
          title: 'Many',
          effect: 'permit',
          suppliers: [clause === 'own' ? 'self' : 'kind:many'],
          recipients: ['kind:many'],
          purposes: [stated.purpose],
          bases: [stated.basis],
          classes: ['D3', 'D4'],
        },
      ],
      at,
    })
    return {
      partnership,
      agreement,
      subjects: ids.map(({ subject }) => subject),
      viewers: ids.map(({ agency, staff }, n) => ({
        kind: 'staff',
        partnership,
        staff,
        agency,
        name: `Person ${n}`,
        roles: ['reporter-agency'],
        frontDoor: false,
        stated,
      })),
    }
  })
