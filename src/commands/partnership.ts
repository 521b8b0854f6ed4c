import fs from 'node:fs'
import path from 'node:path'
import { loadGuidance } from '../guidance/index.ts'
import { loadPartnership, partnershipFile, problemsIn, type PartnershipFile } from '../partnership/index.ts'
import { asViewer, become, inTransaction, projectRoot, type Config, type Db, type Tx } from '../platform/index.ts'
import {
  demoSigning,
  loadAgreements,
  loadCodes,
  loadStanding,
  shippedAgreements,
  shippedCodes,
} from '../sharing/index.ts'
import { loadRetention } from '../subjects/index.ts'
import { Usage } from './sentence.ts'
import { openUpToDate } from './up-to-date.ts'

/** `trellis partnership list | check FILE | create FILE [--default]` */
export const partnershipCommand = async (config: Config, [act, file]: string[], isDefault: boolean): Promise<void> => {
  if (act === 'list') return list(config)
  if (file === undefined) throw new Usage('Say which file: trellis partnership check FILE, or create FILE.')
  if (act === 'check') return check(file)
  if (act === 'create') return create(config, file, isDefault)
  throw new Usage('trellis partnership can list, check FILE and create FILE.')
}

const list = async (config: Config): Promise<void> => {
  const { database } = await openUpToDate(config)
  const rows = await asViewer(database.db, { kind: 'public', partnership: 'any' }, (tx) =>
    tx.selectFrom('partnership').select(['slug', 'name', 'is_default', 'hosts']).orderBy('slug').execute(),
  )
  await database.close()
  for (const { slug, name, is_default, hosts } of rows)
    console.log([slug, name, ...(is_default ? ['(default)'] : []), ...hosts].join('  '))
  if (rows.length === 0) console.log('This database holds no partnership yet.')
}

const check = (file: string): void => {
  const { agencies, areas, boards, contacts } = readPartnership(file)
  console.log(
    `${file} is in order: ${agencies.length} agencies, ${areas.length} areas, ${boards.length} boards and groups, ${contacts.length} contact points.`,
  )
}

const create = async (config: Config, file: string, isDefault: boolean): Promise<void> => {
  const wanted = readPartnership(file)
  const { database } = await openUpToDate(config)
  try {
    await openPartnership(database.db, wanted, { isDefault })
    console.log(`Made ${wanted.name} (${wanted.slug}).`)
  } finally {
    await database.close()
  }
}

/**
 * Makes a partnership from its file, with the words that ship with the product. All of it or nothing. Its information
 * sharing agreement is a draft for its agencies to sign, and until then what the law already asks of a front door stands;
 * a demo's is signed and in force.
 */
export const openPartnership = (
  db: Db | Tx,
  file: PartnershipFile,
  { isDefault = false, demo = false, now = new Date() },
): Promise<string> =>
  inTransaction(db, async (tx) => {
    await become(tx, { kind: 'system', partnership: 'any' })
    const same = await tx.selectFrom('partnership').select(['slug', 'is_default']).execute()
    if (same.some(({ slug }) => slug === file.slug))
      throw new Error(`There is a partnership called ${file.slug} already.`)
    if (isDefault && same.some(({ is_default }) => is_default))
      throw new Error('Another partnership is the default one already: leave out --default.')
    const partnership = await loadPartnership(tx, file, { isDefault, demo })
    await loadGuidance(tx, { kind: 'system', partnership })
    await loadCodes(tx, partnership, shippedCodes())
    await loadRetention(tx, partnership)
    await loadStanding(tx, partnership, now)
    await loadAgreements(tx, partnership, shippedAgreements(), { at: now, signing: demo ? demoSigning() : undefined })
    return partnership
  })

/**
 * Reads a partnership's file.
 * @throws {Error} naming everything that is wrong with it, a line each
 */
export const readPartnership = (file: string): PartnershipFile => {
  const text = fs.readFileSync(file, 'utf8')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error })
  }
  const problems = problemsIn(json)
  if (problems.length)
    throw new Error([`${file} cannot be used yet:`, ...problems.map((line) => `  ${line}`)].join('\n'))
  return partnershipFile.parse(json)
}

export const shippedPartnership = (slug: string): PartnershipFile =>
  readPartnership(path.join(projectRoot, 'content', 'partnerships', `${slug}.json`))
