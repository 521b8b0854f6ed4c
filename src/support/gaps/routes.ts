import { workers } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { gapsPage } from './pages/gaps.tsx'

export const gapRoutes: readonly Route[] = [{ method: 'get', path: '/gaps', who: workers, page: gapsPage }]
