export { problemsIn } from './check.ts'
export { partnershipFile, type PartnershipFile } from './file.ts'
export { loadPartnership } from './load.ts'
export { listBodies, seatsIn } from './directory.ts'
export { DayField, dayFields, dayParts, readDay, wrongDay } from './pages/day-field.tsx'
export { dayInWords } from './pages/validity.tsx'
export { MapLocator, MapOfAreas, type AreaSaid } from './map-drawing.tsx'
export { areaOfPostcode, mapOf, whereIs, type AreaMap } from './map.ts'
export { calendarOf, forgetPlaces, placeFor } from './place.ts'
export {
  agencies,
  agencyNames,
  areasFor,
  areasNamed,
  clockOf,
  contactPoints,
  frontDoorAgencies,
  frontDoorAgency,
} from './queries.ts'
export type { AgencyItem, ClockRule, ContactPoint } from './queries.ts'
export { agencyKinds } from './shipped.ts'
export { routes } from './routes.ts'
