import type { Route } from '../../web/index.ts'
import { workers } from '../approach.ts'
import { cardPage, sendCard } from '../pages/story/card.tsx'
import { notePage, sendNote } from '../pages/story/note.tsx'
import { sendStoryRead, storyPage } from '../pages/story/story.tsx'

const who = workers
const looks = 'story read'

export const storyRoutes: readonly Route[] = [
  { method: 'get', path: '/people/:id/story', who, page: storyPage, looks },
  { method: 'post', path: '/people/:id/story/read', who, page: sendStoryRead },
  { method: 'get', path: '/people/:id/story/:card', who, page: cardPage, looks },
  { method: 'post', path: '/people/:id/story/:card', who, page: sendCard },
  { method: 'get', path: '/people/:id/story/:card/note', who, page: notePage, looks },
  { method: 'post', path: '/people/:id/story/:card/note', who, page: sendNote },
]
