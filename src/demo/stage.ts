import type { Keys, StaffViewer, Tx, Viewer } from '../platform/index.ts'

/** What the demo's stories are told with. */
export type Stage = {
  keys: Keys
  now: Date
  zone: string
  called: (key: string) => StaffViewer
  agency: (code: string) => string
  turnTo: (tx: Tx, viewer: Viewer, at: Date) => Promise<void>
}
