// The second of three nets: edges between files (docs/architecture.md has the table in words). The first net is the
// compiler, the third is eslint.config.js. Read a rule's comment before you change an import to please it.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseDependencyTable, placePattern } = require('./checks/dependency-table.ts');

const domains = [
  ['settings', 'audit', 'people', 'calendar', 'trust', 'packages'],
  ['records', 'signing', 'verification'],
  ['exchange', 'dossiers', 'search', 'legacy', 'transfer', 'desk', 'verdicts'],
  ['keeping', 'handover', 'backup', 'setup'],
  ['practice'],
];
const allDomains = domains.flat().join('|');

const anyPackage = '(^|/)node_modules/';
const networkModules = '^(node:)?(http|https|http2|net|tls|dgram|dns|dns/promises)$';
// Named one by one: a module that Node adds later is not in until somebody thought of it.
const coreOfServices =
  '^(node:)?(assert|assert/strict|async_hooks|buffer|crypto|events|fs|fs/promises|os|path|path/posix|path/win32|perf_hooks|querystring|stream|stream/[a-z]+|string_decoder|timers|timers/promises|url|util|util/types|zlib)$';

/** Files below `from` may import files below `from` and `allowed`; packages and Node are other rules' matter. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { pathNot: [from, ...allowed, anyPackage], dependencyTypesNot: ['core'], couldNotResolve: false },
});
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

const rows = parseDependencyTable(readFileSync(join(__dirname, '../docs/dependencies.md'), 'utf8'));
const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** One rule per package of docs/dependencies.md: who may import it. Tests may import all of them. */
const placeRules = rows.map((row) => ({
  name: `package-place:${row.name}`,
  severity: 'error',
  comment: `${row.name} is for ${row.places.join(', ')} (${row.why}). Another place is a decision: change docs/dependencies.md with it.`,
  from: { pathNot: ['^tests/', ...row.places.map((place) => placePattern(place) ?? '^$')] },
  to: { path: `(^|/)node_modules/(@types/)?${escaped(row.name)}/` },
}));

module.exports = {
  forbidden: [
    only('contract-imports-nothing', '^electron/contract/', [], 'The contract is read by both sides; it may know neither.'),
    forbid(
      'foundation-imports-nothing',
      'Foundation is what everything stands on. It knows Node and itself, and no package.',
      { path: '^electron/foundation/' },
      { pathNot: '^electron/foundation/', dependencyTypesNot: ['core'] },
    ),
    only('store-below-services', '^electron/store/', ['^electron/foundation/'], 'The store does not know what is stored: domains come to it, never the other way.'),
    only('services-know-no-host', '^electron/services/', ['^electron/(contract|foundation|store)/'], 'A service runs in any host and with any adapter. What it needs from outside is a port in its ports.ts.'),
    only(
      'platform-adapts',
      '^electron/platform/',
      ['^electron/(contract|foundation|store)/', '^electron/services/[^/]+/(index|ports)\\.ts$', '^native/[^/]+/index\\.ts$'],
      "An adapter knows the port that it fills (a service's index.ts or ports.ts), the contract's outcomes and what it fills the port with; no host, and not the inside of a domain.",
    ),
    only('hosts-know-the-core', '^electron/hosts/', ['^electron/', '^native/', '^resources/(calendar|locales|tokens|trust)/', '^package[.]json$'], 'A host puts the core together. It reaches the window as built files, and tests and build scripts not at all.'),
    only('renderer-sees-contract-only', '^renderer/', ['^electron/contract/', '^resources/'], 'The window knows the contract and nothing behind it: it is sandboxed and must stay so.'),
    only('native-imports-nothing', '^native/', [], 'A native unit is testable without the application.'),
    forbid(
      'build-for-tests-only',
      'Scripts and rules of build/ are not part of the product. Root config files and tests may use them.',
      { path: '^(electron|renderer|native|resources)/' },
      { path: '^build/' },
    ),
    forbid('not-to-tests', 'Nothing that ships, and no tool, leans on a test, a fixture or a fake.', { pathNot: '^tests/' }, { path: '^tests/' }),

    forbid(
      'store-front-door',
      'The store is entered through its index.ts: behind it are the driver and what turns a reading connection into a writing one.',
      { path: '^electron/(services|platform)/' },
      { path: '^electron/store/', pathNot: '^electron/store/index\\.ts$' },
    ),
    forbid(
      'pdf-front-door',
      'The PDF reader is entered through its index.ts: behind it faults are thrown, which no caller is ready for.',
      { path: '^electron/', pathNot: '^electron/foundation/pdf/' },
      { path: '^electron/foundation/pdf/', pathNot: '^electron/foundation/pdf/index\\.ts$' },
    ),
    forbid(
      'domain-front-door',
      'A domain is entered through its index.ts, also for types. What is not passed on there is its own business.',
      { path: '^electron/services/([^/]+)/' },
      { path: '^electron/services/[^/]+/', pathNot: ['^electron/services/$1/', '^electron/services/[^/]+/index\\.ts$'] },
    ),
    ...domains.slice(0, -1).map((level, index) =>
      forbid(
        'domain-order',
        `Order, low to high: ${domains.map((names) => names.join(', ')).join(' < ')}. A lower domain tells a higher one by an event after commit; compose.ts connects them. Domains of one level may use each other, in one direction (no-cycles).`,
        { path: `^electron/services/(${level.join('|')})/` },
        { path: `^electron/services/(${domains.slice(index + 1).flat().join('|')})/` },
      ),
    ),
    forbid(
      'domain-known',
      'This domain has no place in the order yet. Put it into the list at the top of build/dependency-cruiser.cjs and into docs/architecture.md.',
      { path: '^electron/services/', pathNot: `^electron/services/(${allDomains})/` },
      {},
    ),
    forbid(
      'feature-front-door',
      "A feature is entered through its index.ts; one feature does not build on another's parts.",
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/[^/]+/', pathNot: ['^renderer/features/$1/', '^renderer/features/[^/]+/index\\.ts$'] },
    ),
    forbid(
      'feature-front-door',
      'A feature is entered through its index.ts.',
      { path: '^renderer/', pathNot: '^renderer/features/' },
      { path: '^renderer/features/[^/]+/', pathNot: '^renderer/features/[^/]+/index\\.ts$' },
    ),
    forbid(
      'ui-below-features',
      'Primitives have no data and no text of their own: data comes in by props.',
      { path: '^renderer/(ui|foundations)/' },
      { path: '^renderer/(features|app|bridge)/' },
    ),

    forbid(
      'no-node-in-browser-code',
      'The contract and the window run where there is no Node.',
      { path: '^(renderer|electron/contract)/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'one-network-door',
      'Everything that leaves or enters the machine passes electron/platform/http, so that one place can say what does.',
      { path: '^(electron|native)/', pathNot: '^electron/platform/http(/|\\.ts$)' },
      { dependencyTypes: ['core'], path: networkModules },
    ),
    forbid(
      'services-use-quiet-core',
      'A service computes and stores. Processes, threads and the network are adapters in electron/platform or a host.',
      { path: '^electron/services/' },
      { dependencyTypes: ['core'], pathNot: coreOfServices },
    ),
    forbid(
      'electron-only-in-desktop-host',
      "The electron package exists in one host only; all else runs without Electron. (Our own folder has the package's name: an import of 'electron' must never reach it either.)",
      { pathNot: ['^electron/hosts/desktop/', '^tests/'] },
      { path: ['(^|/)node_modules/electron/', '^electron/index\\.[cm]?[jt]sx?$'] },
    ),

    forbid('no-cycles', 'Two files that need each other are one file, or hide a third. Type imports count.', {}, { circular: true }),
    forbid('resolvable', 'This import leads nowhere.', {}, { couldNotResolve: true }),
    forbid(
      'package-undeclared',
      'The package is not in package.json: it is here by chance, through another package.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    forbid(
      'package-unlisted',
      'A package needs a line in docs/dependencies.md that says where it may be used and why.',
      {},
      {
        path: anyPackage,
        pathNot: rows.map((row) => `(^|/)node_modules/(@types/)?${escaped(row.name)}/`),
        dependencyTypesNot: ['npm-no-pkg', 'npm-unknown'],
      },
    ),
    ...placeRules.filter((rule) => rule.name !== 'package-place:electron'),
  ],
  options: {
    doNotFollow: { path: anyPackage },
    exclude: { path: '^(\\.cache|dist|out)/' },
    // Type imports are imports: a type of a higher layer in a lower one is the layer broken.
    tsPreCompilationDeps: true,
    preserveSymlinks: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'browser', 'default', 'require', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json', '.css', '.node'],
    },
    skipAnalysisNotInRules: false,
    reporterOptions: {},
  },
};
