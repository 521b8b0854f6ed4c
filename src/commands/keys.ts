import { addKey, asViewer, keysOf, rotateKeys, type Config } from '../platform/index.ts'
import { Usage } from './sentence.ts'
import { openUpToDate } from './up-to-date.ts'

/**
 * `trellis keys rotate`: a new secret in the key file, a new key for each partnership, and every data key wrapped anew,
 * while the house runs: it finds the new secret by itself. Where the environment holds the keys, whoever sets it adds the
 * new secret first, names it as current and starts every house again.
 */
export const keysCommand = async (config: Config, [act]: string[]): Promise<void> => {
  if (act !== 'rotate') throw new Usage('trellis keys can rotate.')
  const { database } = await openUpToDate(config)
  try {
    const keys = keysOf(config)
    if (!config.keys) addKey(config.keysFile, keys)
    const partnerships = await asViewer(database.db, { kind: 'public', partnership: 'any' }, (tx) =>
      tx.selectFrom('partnership').select(['id', 'slug']).orderBy('slug').execute(),
    )
    for (const { id, slug } of partnerships)
      console.log(`${slug}: ${await rotateKeys(database.db, keys, id)} data keys are wrapped by a new partnership key.`)
    console.log(`From now on the secret ${keys.current} seals. Make a new copy of the keys, apart from the database.`)
  } finally {
    await database.close()
  }
}
