import { asViewer, newId, type Db, type Keys, type StaffViewer, type Tx, type Viewer } from '../src/platform/index.ts'
import { statePurpose } from '../src/sharing/index.ts'
import { startSession } from '../src/staff/index.ts'
import { identitySchema, openPerson, subjectFacts } from '../src/subjects/index.ts'
import { startAssessment } from '../src/support/assessment/start.ts'
import { readWritten, type Written } from '../src/support/writing/index.ts'
import type { Cast } from './cast.ts'
import type { TestHouse } from './house.ts'
import { safeguarding, signForCast } from './signed-for-cast.ts'

/*
 * Somebody who writes on one part of an assessment, as the page does by itself, while the server below them is killed:
 * everything that was shown to them as saved is remembered, to be looked for afterwards.
 */

export type Writing = { path: string; document: string; sessions: string[]; system: Viewer }

/** An assessment that Lena leads, with as many sign-ins of hers as there are writers. Now is the real clock's. */
export const prepareWriting = async (db: Db, keys: Keys, cast: Cast, writers: number): Promise<Writing> => {
  const { partnership } = cast
  const now = new Date()
  const system: Viewer = { kind: 'system', partnership }
  const { id: staff, agency, name, roles } = cast.people.lena
  const lena: StaffViewer = { kind: 'staff', partnership, staff, agency, name, roles, frontDoor: false }
  const seen = <T>(viewer: Viewer, work: (tx: Tx) => Promise<T>) => asViewer(db, viewer, work)
  await signForCast({ cast, seen } as unknown as TestHouse)
  const subject = await seen(lena, (tx) => {
    const said = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2012-06-01' })
    return openPerson(tx, keys, lena, said, { as: 'lead', at: now })
  })
  const until = new Date(now.getTime() + 36_000_000)
  await seen(lena, (tx) => statePurpose(tx, lena, subject, { ...safeguarding, until }, now))
  const about = (await seen(system, (tx) => subjectFacts(tx, partnership, subject)))!
  const document = await seen(lena, (tx) => startAssessment(tx, keys, lena, about, 'assessment', now))
  const sessions: string[] = []
  for (let n = 0; n < writers; n++)
    sessions.push(await seen(system, (tx) => startSession(tx, keys, partnership, staff, now, true)))
  return { path: `/people/${subject}/assessments/${document}/contexts`, document, sessions, system }
}

type Shown = { field: string; words: string }
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export class Writer {
  readonly shown: Shown[] = []
  refused = 0
  going = true
  private readonly name: string
  private readonly session: string
  private readonly path: string
  private form: URLSearchParams | undefined
  private words = ''
  private written = 0

  constructor(name: string, session: string, path: string) {
    this.name = name
    this.session = session
    this.path = path
  }

  /** Writes until told to stop: a word more in a field of their own, and in one that both write in. */
  async write(urlNow: () => string | undefined, own: string, both: string): Promise<void> {
    while (this.going) {
      const url = urlNow()
      const kept = url && (await this.save(url, own, both).catch(() => false))
      if (!kept) this.refused++
      await wait(kept ? 5 : 30)
      // Sometimes the page is opened anew, in the middle of everything.
      if (kept && this.written % 40 === 0) this.form = undefined
    }
  }

  private async save(url: string, own: string, both: string): Promise<boolean> {
    const form = (this.form ??= await this.open(url))
    this.words = `${this.words} ${this.name}${++this.written}`
    const texts = { [own]: this.words, [both]: `${this.name} thinks ${this.written}` }
    const body = new URLSearchParams(form)
    for (const [field, words] of Object.entries(texts)) body.set(field, words)
    body.set('do', 'keep')
    const reply = await fetch(url + this.path, { method: 'POST', body, headers: this.headers(), redirect: 'manual' })
    if (!reply.ok) return false
    const { at, fields } = (await reply.json()) as { at: string; fields: Record<string, { read: string }> }
    if (!at) return false
    for (const [field, words] of Object.entries(texts)) {
      if (!fields[field]) continue
      this.shown.push({ field, words })
      form.set(`v-${field}`, fields[field].read)
    }
    return true
  }

  /** The page as it stands: the token, and which texts it was opened with. */
  private async open(url: string): Promise<URLSearchParams> {
    const reply = await fetch(url + this.path, { headers: this.headers(), redirect: 'manual' })
    if (!reply.ok) throw new Error(`the page answered ${reply.status}`)
    const page = await reply.text()
    const form = new URLSearchParams({ _csrf: /name="_csrf" value="([^"]+)"/.exec(page)![1]!, sitting: newId() })
    for (const [, field, value] of page.matchAll(/name="(v-\w+)" value(?:="([^"]*)")?/g)) form.set(field!, value ?? '')
    return form
  }

  private headers() {
    return { cookie: `session=${encodeURIComponent(this.session)}` }
  }
}

/** What was shown as saved and is not among what was ever written; and words of it that stand nowhere now. */
export const lostOf = async (db: Db, keys: Keys, writing: Writing, writers: readonly Writer[]) => {
  const { system, document } = writing
  const every = await asViewer(db, system, (tx) => readWritten(tx, keys, system.partnership, document, { every: true }))
  const there = new Set(every.map(({ field, words }) => `${field}\n${words}`))
  const lost = writers.flatMap(({ shown }) => shown.filter(({ field, words }) => !there.has(`${field}\n${words}`)))
  const standing = (field: string): string =>
    every
      .filter((one: Written) => one.field === field && one.replaced_at === null)
      .map(({ words }) => words)
      .join(' ')
  const gone = writers.flatMap(({ shown }) => {
    const last = shown.findLast(({ words }) => !words.includes('thinks'))
    return last && !standing(last.field).includes(last.words.trim()) ? [last] : []
  })
  return { lost, gone, versions: every.length }
}
