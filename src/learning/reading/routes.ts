import type { Route } from '../../web/index.ts'

export const readingRoutes: readonly Route[] = []
