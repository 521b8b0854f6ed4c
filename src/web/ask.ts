import type { ComponentChildren } from 'preact'
import type { Config, Db, Keys, RightOfWay, StaffViewer, Tx, Viewer } from '../platform/index.ts'
import type { Language, Words } from './words.ts'

/** The partnership a request belongs to, as every page needs it. */
export type Place = {
  id: string
  slug: string
  name: string
  place: string
  zone: string
  languages: readonly string[]
  demo: boolean
}

/** Something that a room holds about a person, for what they are given of it. */
export type Held = {
  /** One of the kinds of items that may be decided on; the plan's where none is said. */
  kind?: string
  id: string
  title: string
  at: Date
  text: string
  data_class: string
  handling: number
  /** Accounts of the staff whom it names. */
  workers: readonly string[]
}

/** What the running house is made of. Made once in app.ts and handed to every page. */
export type House = {
  db: Db
  keys: Keys
  config: Config
  /** The time by the house's clock. Tests set it. */
  now: () => Date
  /** Whoever asks something goes before the work left for later. */
  way: RightOfWay
  /** In a demo alone: lets a day (YYYY-MM-DD, from the real one on) be today. */
  moveClock?: (day: string, zone: string) => 'moved' | 'out of reach'
  /** Every kind of event that a look at a page leaves. */
  looks: readonly string[]
  /** How much waits for a person, or for everybody at an agency, in all rooms together. */
  openWork: (tx: Tx, partnership: string, whose: { account: string } | { agency: string }) => Promise<number>
  /** What rooms above subjects hold about a person that an agency supplied. */
  heldAbove: (
    tx: Tx,
    keys: Keys,
    of: { partnership: string; subject: string; agency: string; words: Words },
  ) => Promise<Held[]>
  /** What rooms above the page of work have for whoever opens it. */
  atWork: (ask: Ask) => Promise<ComponentChildren>
}

/**
 * Calls `end` within a second of the moment when the sign-in that these cookies hold does not stand any more, or is not
 * somebody for whom this stands. Returns what stops watching.
 */
export type Watch = (
  place: Place,
  cookies: Ask['cookies'],
  end: () => void,
  stands?: (viewer: StaffViewer) => boolean,
) => () => void

/** A file that came with a form. `tooBig` ones arrive without their bytes. */
export type Upload = { field: string; name: string; bytes: Buffer; tooBig: boolean }

/** A file on its way: as big as it likes, read once, piece by piece, while it comes. */
export type Arriving = { name: string; pieces: AsyncIterable<Buffer> }

/** What a page is asked, with the transaction of whoever asks already open. */
export type Ask = {
  house: House
  place: Place
  viewer: Viewer
  tx: Tx
  lang: Language
  w: Words
  /** The path without language prefix or query. */
  path: string
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  /** What was typed, without the shell's own fields. Every field once or several times, as sent. */
  form: Readonly<Record<string, string | string[]>>
  uploads: readonly Upload[]
  /** Where the route says `streams`, and a file was chosen. */
  arriving?: Arriving
  cookies: Readonly<Record<string, string | undefined>>
  /** For a hidden field in every form: see `Form`. */
  csrf: string
  /** The same address in the language of this page. */
  href: (path: string) => string
  /** What stands above whatever page is answered, put there by whoever let somebody through to what it is about. */
  above?: () => Promise<ComponentChildren>
}

export type Cookie = { name: string; value: string; seconds?: number }

/** `detail`: codes alone, such as the purpose of a look; they stand in the event. */
export type About = { kind: string; id: string; detail?: Record<string, string> }

export type Page = {
  kind: 'page'
  title: string
  body: ComponentChildren
  /** What other programs look for in the head of the document, such as a feed. */
  head?: ComponentChildren
  /** What `ask.above` answered: the shell's to fill. */
  above?: ComponentChildren
  status?: 200 | 400 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503
  /** Whose page the shell draws around it. `bare` has no navigation: one question at a time, or paper. */
  frame?: 'public' | 'journey' | 'staff'
  /** A wide page for lists and work; others keep to reading width. */
  wide?: boolean
  /** What is being looked at: the route's `looks` is recorded against it. */
  about?: About
  cookies?: readonly Cookie[]
  /** Extra behaviour, when JavaScript is there, by the name of its script in web/client. */
  script?: string
  /** Another script, fetched only when somebody asks for what it does: the first one knows how. */
  asked?: string
  /** Pages that hold nobody's data may be kept by the browser. */
  cache?: 'public'
}
export type Redirect = { kind: 'redirect'; to: string; cookies?: readonly Cookie[] }
export type Download = {
  kind: 'download'
  type: string
  bytes: Buffer
  name?: string
  about?: About
  cache?: 'public'
  /** Stays the same while the bytes do: whoever has them is told so, and is not sent them again. */
  etag?: string
}
export type Answer = Page | Redirect | Download
/**
 * Work that waits for whoever sent something, such as a file that is still on its way. It is done with no transaction open;
 * what it comes to is answered in a new one, as whoever asks is by then.
 */
export type Meanwhile = { kind: 'meanwhile'; work: () => Promise<Handler> }

export const page = (parts: Omit<Page, 'kind'>): Page => ({ kind: 'page', ...parts })
/** Answers a finished form: 303, so that a reload does not send it again. */
export const redirect = (to: string, cookies?: readonly Cookie[]): Redirect => ({ kind: 'redirect', to, cookies })

export type Handler = (ask: Ask) => Promise<Answer> | Answer
/** What takes something that is still on its way. */
export type Taker = (ask: Ask) => Promise<Answer | Meanwhile>
