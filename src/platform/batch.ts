import pg from 'pg'

/** What the driver does not tell its types of: how it hands a question to the wire, and the answers to the question. */
type Connection = {
  stream: { cork: () => void; uncork: () => void }
  parsedStatements: Record<string, string>
  submittedNamedStatements: Record<string, string>
  sync: () => void
}
type Driven = pg.Query & {
  name?: string
  text: string
  callback: (error: unknown, result: unknown) => void
  submit: (connection: Connection) => Error | null
  handleRowDescription: (message: unknown) => void
  handleDataRow: (message: unknown) => void
  handleCommandComplete: (message: unknown, connection: Connection) => void
  handleReadyForQuery: (connection: Connection) => void
  handleError: (error: unknown, connection: Connection) => void
}
export type Question = { text: string; values: unknown[]; name?: string | undefined }

/**
 * Several questions of one transaction that leave in one write and are answered in one: PostgreSQL is told to send once,
 * after the last, where each by itself would have it send and us wake for each. When one fails PostgreSQL does not look at
 * those after it, and they fail too.
 */
export class Batch {
  #queries: Driven[] = []
  readonly #failed = new Set<Driven>()
  #at = 0
  #isSent = false
  readonly #whenSent: () => void
  readonly #isAlone: boolean

  /**
   * @param whenSent called once, when it has left or never will
   * @param how `alone`: it is one question, which may be several statements and is asked in the simple way
   */
  constructor(whenSent: () => void, how?: 'alone') {
    this.#whenSent = whenSent
    this.#isAlone = how === 'alone'
  }

  get takesMore(): boolean {
    return !this.#isSent && !this.#isAlone
  }

  get isSent(): boolean {
    return this.#isSent
  }

  /** @returns its rows, when all have been answered */
  add({ text, values, name }: Question): Promise<unknown> {
    return new Promise((resolve, reject) => {
      // As a text and its values the driver keeps them as they are; as one thing it would copy that first.
      const query = new pg.Query(text, values) as Driven
      const callback: Driven['callback'] = (error, result) => {
        if (error) this.#failed.add(query)
        if (error) reject(error as Error)
        else resolve(result)
      }
      this.#queries.push(Object.assign(query, this.#isAlone ? { callback } : { name, callback, queryMode: 'extended' }))
    })
  }

  // The driver asks for the name and text of the statement whose preparation it hears of: of the one being answered.
  get name(): string | undefined {
    return this.#current?.name
  }

  get text(): string | undefined {
    return this.#current?.text
  }

  get #current(): Driven | undefined {
    return this.#queries[this.#at]
  }

  #leaves(): void {
    if (this.#isSent) return
    this.#isSent = true
    this.#whenSent()
  }

  submit(connection: Connection): Error | null {
    this.#leaves()
    if (this.#isAlone) return this.#queries[0]!.submit(connection)
    const silent = Object.assign(Object.create(connection) as Connection, { sync: () => {} })
    connection.stream.cork()
    for (const query of this.#queries) {
      const refused = query.submit(silent)
      if (refused) query.handleError(refused, silent)
    }
    // What has a value that the driver cannot write is not sent: the next answer is not its.
    for (const { name } of this.#failed)
      if (name) {
        delete connection.submittedNamedStatements[name]
        delete connection.parsedStatements[name]
      }
    this.#queries = this.#queries.filter((query) => !this.#failed.has(query))
    connection.sync()
    connection.stream.uncork()
    return null
  }

  handleRowDescription(message: unknown): void {
    this.#current?.handleRowDescription(message)
  }

  handleDataRow(message: unknown): void {
    this.#current?.handleDataRow(message)
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
    this.#current?.handleCommandComplete(message, connection)
    if (!this.#isAlone) this.#at++
  }

  handleEmptyQuery(): void {
    if (!this.#isAlone) this.#at++
  }

  handleReadyForQuery(connection: Connection): void {
    for (const query of this.#queries) query.handleReadyForQuery(connection)
  }

  handleError(error: unknown, connection: Connection): void {
    this.#leaves()
    const answered = this.#queries.slice(0, this.#at)
    const [failed, ...unheard] = this.#queries.slice(this.#at)
    for (const query of answered) query.handleReadyForQuery(connection)
    failed?.handleError(error, connection)
    for (const query of unheard) {
      if (query.name) delete connection.submittedNamedStatements[query.name]
      query.handleError(new Error('Not asked: what was asked before it failed.', { cause: error }), connection)
    }
  }
}
