export { startSession, whoIs } from './session.ts'
export { routes } from './routes.ts'
