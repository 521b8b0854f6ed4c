import type { Route } from '../../web/index.ts'

export const reportRoutes: readonly Route[] = []
