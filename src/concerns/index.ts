export { api } from './api.ts'
export { reportSchema, type Report } from './concern.ts'
export { report, type Sent } from './report.ts'
export { routes } from './routes.ts'
