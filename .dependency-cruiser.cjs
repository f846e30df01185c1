/** Directions of docs/architecture.md, section "Libraries". A library absent from MAY_IMPORT may import no other. */
const MAY_IMPORT = {
  protocol: [],
  jsonrpc: [],
  chains: [],
  quota: [],
  queues: ['config'],
  policy: [],
  billing: [],
  persistence: [],
  config: [],
  telemetry: [],
  client: [],
  ledger: ['protocol', 'persistence'],
  tenancy: ['protocol', 'ledger', 'persistence', 'chains', 'policy'],
  auth: ['tenancy', 'persistence'],
  relaying: ['protocol', 'jsonrpc', 'ledger', 'chains'],
  receipts: ['protocol', 'queues'],
  usage: ['persistence'],
  operations: ['persistence', 'tenancy', 'queues', 'chains'],
  alerts: ['tenancy', 'persistence', 'config'],
  settlement: ['protocol', 'ledger', 'receipts', 'persistence', 'queues'],
};

const directions = Object.entries(MAY_IMPORT).map(([library, allowed]) => ({
  name: `lib-${library}-directions`,
  comment: `libs/${library} may import ${allowed.length ? allowed.map((name) => `#libs/${name}`).join(', ') : 'no library of ours'}.`,
  severity: 'error',
  from: { path: `^libs/${library}/`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^libs/', pathNot: [`^libs/${library}/`, ...allowed.map((name) => `^libs/${name}/`)] },
}));

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'known-libraries-only',
      comment: 'A new library is added to MAY_IMPORT with its directions before it is used.',
      severity: 'error',
      from: { path: '^libs/', pathNot: `^libs/(${Object.keys(MAY_IMPORT).join('|')})/` },
      to: {},
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-import-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'one-door',
      comment: 'A library is entered through its index.ts.',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts)', pathNot: '^libs/$2/' },
    },
    {
      name: 'protocol-depends-on-node-crypto-and-blake-only',
      severity: 'error',
      from: { path: '^libs/protocol/src', pathNot: '\\.spec(-d)?\\.ts$' },
      to: { dependencyTypes: ['npm'], pathNot: 'node_modules/@noble/hashes' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
