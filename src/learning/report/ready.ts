import { sql } from 'kysely'
import type { Tx } from '../../platform/index.ts'
import type { TextField } from './content.ts'
import { writtenIn } from './read.ts'
import { hitsOf } from './redaction.ts'
import type { Side } from './sides.ts'

/** A report without these tells another area nothing; every other field may stay empty. */
export const needed = ['partnership_name', 'reasons', 'aims', 'learning'] as const satisfies readonly TextField[]

export type Consent = { version: number; side: Side; given_by: string; given_at: Date }
export type Standing = {
  version: number
  empty: (typeof needed)[number][]
  /** Fields in which two texts stand. */
  two: string[]
  /** Sides that signed the version that stands, and those that signed an earlier one alone. */
  signed: Side[]
  signedBefore: { side: Side; version: number }[]
  consents: Consent[]
  /** How many hits of the redaction check nobody has confirmed. */
  unconfirmed: number
}

/** What stands between a report and its publication. */
export const standingOf = async (tx: Tx, partnership: string, report: string): Promise<Standing> => {
  const content = await writtenIn(tx, partnership, report)
  const { rows } = await sql<Omit<Standing, 'empty' | 'unconfirmed' | 'consents'>>`
    with latest as (select max(number) as number from report_version where partnership_id = ${partnership} and report_id = ${report}),
      signatures as (select s.side, max(s.version) as version from report_signature s
        where s.partnership_id = ${partnership} and s.report_id = ${report} and s.version is not null group by s.side)
    select latest.number as version,
      array(select t.field from report_text t where t.partnership_id = ${partnership} and t.report_id = ${report}
        and t.replaced_at is null group by t.field having count(*) > 1) as two,
      array(select side from signatures where version = latest.number) as signed,
      coalesce((select jsonb_agg(jsonb_build_object('side', side, 'version', version)) from signatures
        where version < latest.number), '[]') as "signedBefore"
    from latest`.execute(tx)
  const found = rows[0]!
  const { rows: consents } = await sql<Consent>`select version, side, given_by, given_at from report_consent
    where partnership_id = ${partnership} and report_id = ${report} and version = ${found.version}
      and withdrawn_at is null order by side`.execute(tx)
  const hits = await hitsOf(tx, partnership, report)
  return {
    ...found,
    consents,
    empty: needed.filter((field) => content[field].trim() === ''),
    unconfirmed: hits.filter(({ confirmed }) => !confirmed).length,
  }
}

/** Whether nothing is missing any more. */
export const mayPublish = ({ empty, two, signed, consents, unconfirmed }: Standing): boolean =>
  empty.length === 0 && two.length === 0 && signed.length === 2 && consents.length === 2 && unconfirmed === 0
