export { calendarOf, forgetPlaces, placeFor } from './place.ts'
export { loadPartnership, partnershipFile, type PartnershipFile } from './load.ts'
export { routes } from './routes.ts'
