import type { Route } from '../web/index.ts'
import * as systems from './pages/systems.tsx'

const who = ['administrator'] as const

export const systemRoutes: readonly Route[] = [
  { method: 'get', path: '/systems', page: systems.list, who },
  { method: 'post', path: '/systems', page: systems.add, who },
  { method: 'get', path: '/systems/:id', page: systems.show, who },
  { method: 'post', path: '/systems/:id/key', page: systems.rotate, who },
  { method: 'post', path: '/systems/:id/close', page: systems.close, who },
]
