import type { Route } from '../web/index.ts'
import { systemRoutes } from './system-routes.ts'

export const routes: readonly Route[] = [...systemRoutes]
