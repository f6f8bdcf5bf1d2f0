/** The arrows of the house. A room may import itself, what is listed for it, and npm packages. */
const arrows = {
  contracts: [],
  engine: ['contracts'],
  db: ['contracts'],
  outbound: ['contracts'],
  runs: ['contracts', 'engine', 'db'],
  storage: ['contracts'],
  payloads: ['contracts', 'storage'],
  backing: ['contracts', 'db', 'storage', 'payloads'],
  models: ['contracts', 'db', 'outbound'],
  workflows: ['contracts', 'engine'],
  activities: ['contracts', 'engine', 'db', 'outbound', 'storage', 'payloads', 'runs', 'models'],
  worker: [
    'contracts',
    'engine',
    'db',
    'outbound',
    'storage',
    'payloads',
    'backing',
    'runs',
    'models',
    'activities',
    'workflows',
  ],
  api: ['contracts', 'engine', 'db', 'outbound', 'storage', 'payloads', 'backing', 'runs', 'models'],
  web: ['contracts', 'engine'],
};
const rooms = Object.keys(arrows);
module.exports = {
  forbidden: [
    ...rooms.map((room) => ({
      name: `arrows-of-${room}`,
      severity: 'error',
      comment: `${room}/ may only import from: ${[room, ...arrows[room]].join(', ')}`,
      from: { path: `^${room}/`, pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^(contracts|engine|db|outbound|storage|payloads|backing|runs|models|workflows|activities|worker|api|web|scripts|tests|bench)/',
        pathNot: `^(${[room, ...arrows[room]].join('|')})/`,
        // workflows name the types of activities (proxyActivities<typeof …>); types vanish at run time.
        dependencyTypesNot: room === 'workflows' ? ['type-only'] : [],
      },
    })),
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contracts-import-zod-only',
      severity: 'error',
      from: { path: '^contracts/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: '^node_modules/zod/' },
    },
    {
      name: 'engine-is-pure',
      comment: 'engine/ runs inside the workflow sandbox and in the browser: no Node, no I/O.',
      severity: 'error',
      from: { path: '^engine/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: '^node_modules/(zod|acorn|luxon)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|dist|\\.hiviex)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
