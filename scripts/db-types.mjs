// Writes src/platform/tables.ts from a migrated PostgreSQL database, or with --verify says whether it still agrees.
//   TYPES_DATABASE_URL=postgres://… node scripts/db-types.mjs [--verify]
import { spawnSync } from 'node:child_process'

const url = process.env.TYPES_DATABASE_URL
if (!url) {
  console.error('Set TYPES_DATABASE_URL to a migrated PostgreSQL database.')
  process.exit(2)
}
const { status } = spawnSync(
  'kysely-codegen',
  [
    '--dialect',
    'postgres',
    '--url',
    url,
    '--out-file',
    'src/platform/tables.ts',
    '--date-parser',
    'string',
    '--no-domains',
    '--type-mapping',
    '{"int8":"number"}',
    '--exclude-pattern',
    'migration',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
