import { openHouse } from './app.ts'
import { migrate, openDatabase, readConfig, describeError } from './platform/index.ts'

console.log(openHouse, migrate, openDatabase, readConfig, describeError)
