export { addApiClient, becomeClient } from './api-client.ts'
export { startSession, whoIs } from './session.ts'
export { routes } from './routes.ts'
