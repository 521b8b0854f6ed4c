import {
  asViewer,
  openDatabase,
  openKeys,
  readConfig,
  refuseIfUnguarded,
  startWorker,
  type Config,
  type Database,
} from './platform/index.ts'
import * as concerns from './concerns/index.ts'
import * as guidance from './guidance/index.ts'
import * as partnership from './partnership/index.ts'
import * as staff from './staff/index.ts'
import { makeShell, readAssets, type Ask, type House, type NavItem } from './web/index.ts'

/** Everything a running Trellis is, from the ground up: database, keys, pages, worker. */
export const openHouse = async (config: Config, database: Database, now = () => new Date()) => {
  await refuseIfUnguarded(database.db, !config.databaseUrl)
  const house: House = { db: database.db, keys: openKeys(config.keysFile), config, now }
  const app = await makeShell({
    house,
    assets: readAssets(),
    routes: [...guidance.routes, ...concerns.routes, ...staff.routes, ...partnership.routes],
    placeFor: partnership.placeFor,
    whoIs: staff.whoIs,
    navigation,
    plugins: [],
  })
  return { house, app }
}

/** Where one can go from here: the public's five things, or what a member of staff's roles open. */
const navigation = (ask: Ask): readonly NavItem[] => {
  const { nav } = ask.w.common
  return [
    { text: nav.signs, href: '/signs', section: '/signs' },
    { text: nav.report, href: '/report', section: '/report' },
    { text: nav.offer, href: '/offer', section: '/offer' },
    { text: nav.forYou, href: '/for-you', section: '/for-you' },
    { text: nav.receipt, href: '/receipt', section: '/receipt' },
  ]
}
