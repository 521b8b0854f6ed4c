export { routes } from './routes.ts'
export { atWork } from './adoption/at-work.tsx'
export { sectionOf } from './adoption/pages/frame.tsx'
