import type { Route } from '../web/index.ts'
import { dutyRoutes } from './duty-routes.ts'
import { receiptRoutes } from './receipt-routes.ts'
import { reportRoutes } from './report-routes.ts'

export const routes: readonly Route[] = [...reportRoutes, ...receiptRoutes, ...dutyRoutes]
