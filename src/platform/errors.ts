/** What does not exist, and what the asker may not know exists: the same answer. */
export class NotFound extends Error {
  constructor() {
    super('not found')
  }
}

/**
 * What is there for the asker, and was done or ended before they sent their form: they are told so, with their words.
 * Whoever only asks for its page finds none. Never thrown before the asker's own door to it.
 */
export class AlreadyDone extends NotFound {}

/**
 * The same answer for a refusal that is to be counted. The transaction that refused is rolled back with all it did; the
 * shell then writes this event down in one of its own, about the partnership and nobody in it.
 */
export class Refused extends NotFound {
  readonly kind: string
  readonly detail: Record<string, string | null>
  constructor(kind: string, detail: Record<string, string | null>) {
    super()
    this.kind = kind
    this.detail = detail
  }
}

/** A signed-in person asks for a page of a role they do not hold. Never used where existence is a secret. */
export class Forbidden extends Error {
  constructor(message = 'not allowed') {
    super(message)
  }
}

/** More of something costly is asked at this moment than this machine should do: worth another try in a few seconds. */
export class Busy extends Error {
  constructor() {
    super('busy')
  }
}

/** The request itself cannot be understood: a field nobody asked for, a body that is not what it says. */
export class BadRequest extends Error {
  readonly fields: Record<string, string>
  constructor(message: string, fields: Record<string, string> = {}) {
    super(message)
    this.fields = fields
  }
}

const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

/** The database cannot be reached now: worth a plain page and another try, not an alarm about the words typed. */
export const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: string }).code
  return (
    (code !== undefined && (away.has(code) || code.startsWith('08'))) ||
    /Connection terminated|connection error and is not queryable|driver has already been destroyed|after calling end on the pool|timeout exceeded when trying to connect|connection timeout/i.test(
      error.message,
    ) ||
    (error instanceof AggregateError && error.errors.some(isDatabaseAway))
  )
}
