import { NotAPublication, publishLibrary } from '../learning/index.ts'
import type { Config } from '../platform/index.ts'
import { Usage } from './sentence.ts'
import { openUpToDate } from './up-to-date.ts'

/** `trellis learning publish DIR` */
export const publishCommand = async (config: Config, [folder, ...more]: string[]): Promise<void> => {
  if (folder === undefined || more.length > 0)
    throw new Usage('Say which folder, and only one: trellis learning publish DIR.')
  const began = performance.now()
  const { database } = await openUpToDate(config)
  let said = -1
  const progress = (done: number, of: number): void => {
    // Hundredths are enough to see that it moves.
    const share = of === 0 ? 100 : Math.floor((done / of) * 100)
    if (share === said) return
    said = share
    const line = `writing ${done} of ${of} (${share} %)`
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
  }
  try {
    const { entries, pages, written, removed } = await publishLibrary(database.db, folder, {
      base: config.publicUrl,
      progress,
    })
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    console.log(`${folder}: ${entries} entries on ${pages} pages, in ${seconds} s.`)
    console.log(
      written + removed === 0
        ? 'Nothing had changed.'
        : `${written} files are new or changed, ${removed} were removed; the rest is as it was.`,
    )
  } catch (error) {
    if (error instanceof NotAPublication)
      throw new Error(`${error.message} Nothing was changed: choose an empty folder, or one that this command made.`, {
        cause: error,
      })
    throw error
  } finally {
    await database.close()
  }
}
