import type { Route } from '../../web/index.ts'

export const frontLineRoutes: readonly Route[] = []
