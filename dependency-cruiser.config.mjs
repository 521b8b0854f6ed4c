// The floor plan, from the top of the house down: a room enters only rooms below it, and only by their index.ts.
// Picture and check cannot drift apart: the rules are made of this list.
export const rooms = [
  'learning',
  'strategy',
  'workforce',
  'support',
  'concerns',
  'joining',
  'subjects',
  'guidance',
  'sharing',
  'staff',
  'partnership',
  'web',
  'platform',
]

/** What stands above every room and may see them all. Nothing may import it but what is up there too. */
const roof = '^src/(app|trellis|demo)\\.ts$|^src/(commands|demo)/'

const inside = (names) => `^src/(${names.join('|')})/`

const downwards = rooms.map((room, i) => ({
  name: `${room} looks down only`,
  severity: 'error',
  from: { path: inside([room]) },
  to: { path: [...(i > 0 ? [inside(rooms.slice(0, i))] : []), roof] },
}))

const byTheDoor = rooms.map((room) => ({
  name: `${room} is entered by its door`,
  severity: 'error',
  from: { path: '^src/', pathNot: inside([room]) },
  to: { path: inside([room]), pathNot: `^src/${room}/index\\.ts$` },
}))

const tests = '\\.test\\.tsx?$'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    // A test may look where it likes, so that rooms can be tested through the whole house.
    ...[...downwards, ...byTheDoor].map((rule) => ({
      ...rule,
      from: { ...rule.from, pathNot: [rule.from.pathNot ?? [], tests].flat() },
    })),
    // Types are gone before anything runs.
    {
      name: 'no circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'linkage imports nothing',
      severity: 'error',
      from: { path: '^src/linkage/', pathNot: tests },
      to: { pathNot: '^src/linkage/' },
    },
    {
      name: 'only joining calls linkage',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(joining|linkage)/', tests] },
      to: { path: '^src/linkage/' },
    },
    {
      name: 'nobody imports a test',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: ['^test/', tests] },
    },
    { name: 'nothing is missing', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'the product runs without development tools',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^test/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    exclude: { path: '\\.json$' },
  },
}
