import type { Route } from '../web/index.ts'

export const routes: readonly Route[] = []
