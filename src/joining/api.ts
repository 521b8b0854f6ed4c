import type { ApiPart } from '../staff/index.ts'
import { blindApi } from './blind/api.ts'
import { feedsApi } from './feeds/api.ts'

/** What agencies' systems may ask of joining. */
export const api: ApiPart = (server, house) => {
  blindApi(server, house)
  feedsApi(server, house)
}
