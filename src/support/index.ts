export { actionsAtWork } from './plan/pages/mine.tsx'
export { heldOf } from './held.ts'
export { routes } from './routes.ts'
