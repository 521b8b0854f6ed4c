import type { Route } from '../../web/index.ts'

export const adoptionRoutes: readonly Route[] = []
