import { workers } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { countsCsv, countsPage } from './pages/counts.tsx'
import { sendThreshold, thresholdsPage } from './pages/thresholds.tsx'

const counted = ['manager', 'guardian', 'administrator'] as const

export const thresholdRoutes: readonly Route[] = [
  { method: 'get', path: '/thresholds', who: counted, page: countsPage },
  { method: 'get', path: '/thresholds/csv', who: counted, page: countsCsv },
  { method: 'get', path: '/people/:id/thresholds', who: workers, page: thresholdsPage, looks: 'thresholds read' },
  { method: 'post', path: '/people/:id/thresholds', who: workers, page: sendThreshold },
]
