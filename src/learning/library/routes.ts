import type { Route } from '../../web/index.ts'

export const libraryRoutes: readonly Route[] = []
