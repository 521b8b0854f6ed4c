import type { Route } from '../../web/index.ts'

export const projectRoutes: readonly Route[] = []
