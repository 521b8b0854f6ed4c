import type { ComponentChildren } from 'preact'
import type { PersonViewer } from '../../platform/index.ts'
import type { Ask } from '../../web/index.ts'
import type { SectionName } from './way.ts'

/**
 * One part of the person's own page. `name` is what a parent's or an advocate's code is chosen for; a room above hands
 * in its own parts, of the name that they belong to, and app.ts puts them on the page.
 */
export type OwnSection = {
  name: SectionName
  title: (ask: Ask) => string
  /** Whether it stands open by itself: something in it is new to them. Folded where this is not said. */
  isNew?: (ask: Ask, viewer: PersonViewer) => Promise<boolean>
  /** The transaction is the viewer's own by then; null leaves the part out. */
  show: (ask: Ask, viewer: PersonViewer) => Promise<ComponentChildren | null>
  /** What it adds to “What happens next”; null where nothing of it is to come. */
  next?: (ask: Ask, viewer: PersonViewer) => Promise<ComponentChildren | null>
}
