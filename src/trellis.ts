import { parseArgs } from 'node:util'
import { auditCommand } from './commands/audit.ts'
import { backup } from './commands/backup.ts'
import { clk } from './commands/clk.ts'
import { demo } from './commands/demo.ts'
import { keysCommand } from './commands/keys.ts'
import { learningCommand } from './commands/learning.ts'
import { linkCommand } from './commands/link.ts'
import { partnershipCommand } from './commands/partnership.ts'
import { restore } from './commands/restore.ts'
import { asSentence, Usage } from './commands/sentence.ts'
import { serve } from './commands/serve.ts'
import { migrateCommand } from './commands/up-to-date.ts'
import { readConfig } from './platform/index.ts'

const help = `trellis COMMAND

  serve [--demo]                       answer requests; --demo fills an empty database with something to try
  migrate                              bring the database up to date
  demo                                 fill an empty database with something to try
  partnership list                     which partnerships this database holds
  partnership check FILE               say everything that is wrong with a partnership's file
  partnership create FILE [--default]  make a partnership from its file
  backup FILE                          write everything in the database, except the keys, to one file
  keys rotate                          wrap everything with new keys, while the house runs
  restore FILE [--replace]             read such a file into an empty database, or over a full one
  audit checkpoint [--out FILE]        sign how the event log stands now; agencies keep such files as witnesses
  audit verify [--checkpoint FILE]…    read every event again, and say which was changed, removed or put in
  audit prove EVENT [--open]           the proof that an event is in the log; --open adds what it says
  audit consistency OLD NEW            the proof that nothing was changed between two checkpoint files
  audit export [--out FILE]            every leaf of the log, without what events say, for verifier/
  audit key                            the public key that checkpoints are checked with
  link LEFT.csv [RIGHT.csv]            say which records are about the same person: in one file, or between two
    [--out LINKS.csv] [--clusters CLUSTERS.csv] [--settings FILE] [--model FILE] [--save-model FILE]
    [--report PAGE.html] [--all] [--threads N]
    Columns are guessed; a settings file says better: {"columns": {"dob": "date", "notes": "ignore"}, "id": "person_no",
    "truth": "rec_id", "truthPattern": "rec-([0-9]+)"} (only measured against, never learned from)
  clk encode FILE.csv                  encode people so that Trellis can be asked about them without a name, in the
    --secret-file FILE --out FILE      building whose people they are; dist/trellis-encode.mjs does it by itself
  clk check --secret-file FILE         the checksum that both sides must have
  learning import FILE…                read learning reports in: text, Word, PDF or HTML; says what was recognised and
    [--as EMAIL] [--dry-run]           what was not, and makes a draft of each for its learning lead to correct
  learning publish DIR                 write the library of every partnership here as a site that needs no server
  help                                 this

The audit and learning commands take --partnership SLUG, without which they speak of the default one (audit verify: of all).

Settings come from the environment: PORT (3000), HOST (127.0.0.1), DATA_DIR (data), DATABASE_URL, DATABASE_OWNER_URL,
TRELLIS_KEYS, PUBLIC_URL, REPORTS_A_MINUTE, LOG_LEVEL.`

const obey = async (args: string[]): Promise<void> => {
  const { positionals, values } = read(args)
  const [command, ...rest] = positionals
  const config = () => settings(values.demo ?? false)
  const file = (): string => {
    if (rest.length === 1) return rest[0]!
    throw new Usage(`Say which file: trellis ${command} FILE.`)
  }
  if (values.help) return console.log(help)
  switch (command) {
    case undefined:
    case 'help':
      return console.log(help)
    case 'serve':
      return serve(config())
    case 'migrate':
      return migrateCommand(config())
    case 'demo':
      return demo(config())
    case 'partnership':
      return partnershipCommand(config(), rest, values.default ?? false)
    case 'keys':
      return keysCommand(config(), rest)
    case 'audit':
      return auditCommand(config(), rest, values)
    case 'clk':
      return clk(rest, values)
    case 'learning':
      return learningCommand(config(), rest, values)
    case 'link':
      return linkCommand(rest, values)
    case 'backup':
      return backup(config(), file())
    case 'restore':
      return restore(config(), file(), values.replace ?? false)
    default:
      throw new Usage(`trellis has no command "${command}".`)
  }
}

const read = (args: string[]) => {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        demo: { type: 'boolean' },
        default: { type: 'boolean' },
        replace: { type: 'boolean' },
        out: { type: 'string' },
        checkpoint: { type: 'string', multiple: true },
        partnership: { type: 'string' },
        open: { type: 'boolean' },
        clusters: { type: 'string' },
        model: { type: 'string' },
        'save-model': { type: 'string' },
        settings: { type: 'string' },
        all: { type: 'boolean' },
        report: { type: 'string' },
        'secret-file': { type: 'string' },
        threads: { type: 'string' },
        as: { type: 'string' },
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new Usage((error as Error).message.split('. ')[0]!)
  }
}

const settings = (demo: boolean) => {
  try {
    return readConfig(process.env, demo)
  } catch (error) {
    throw new Usage((error as Error).message)
  }
}

try {
  await obey(process.argv.slice(2))
} catch (error) {
  console.error(asSentence(error))
  if (error instanceof Usage) console.error('`trellis help` says what there is.')
  process.exitCode = error instanceof Usage ? 2 : 1
}
