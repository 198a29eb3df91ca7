import type { Violation } from './violation.ts';

/** Stand-ins, so that an edge under test does not depend on what the product happens to hold. */
const nativeUnit = { 'native/walls/index.ts': 'export const unit = 1;\n' };
const featureParts = { 'renderer/features/walls-a/part.ts': 'export const part = 1;\n', 'renderer/features/walls-a/index.ts': "export { part } from './part.ts';\n" };
const domainParts = { 'electron/services/exchange/wall-part.ts': 'export const part = 1;\n' };
const domainTypes = { 'electron/services/exchange/wall-type.ts': 'export type Part = number;\n' };
const lowParts = { 'electron/services/settings/wall-part.ts': 'export const part = 1;\n' };

const uses = (name: string, from: string): string => `import { ${name} } from '${from}';\nexport const used = ${name};\n`;
const usesType = (name: string, from: string): string => `import type { ${name} } from '${from}';\nexport type Used = ${name};\n`;

/** The table of forbidden edges: who imports whom. */
export const edges: readonly Violation[] = [
  {
    name: 'renderer imports a service (value)',
    file: 'renderer/app/wall-service.ts',
    text: uses('part', '../../electron/services/exchange/wall-part.ts'),
    with: domainParts,
    caught: { types: 'TS6307', boundaries: 'renderer-sees-contract-only', lint: '@typescript-eslint/no-restricted-imports' },
  },
  {
    name: 'renderer imports a service (type only)',
    file: 'renderer/app/wall-service-type.ts',
    text: usesType('Part', '../../electron/services/exchange/wall-type.ts'),
    with: domainTypes,
    caught: { types: 'TS6307', boundaries: 'renderer-sees-contract-only', lint: '@typescript-eslint/no-restricted-imports' },
  },
  {
    name: 'renderer imports node:fs',
    file: 'renderer/app/wall-node.ts',
    text: uses('readFileSync', 'node:fs'),
    caught: { types: 'TS2591', boundaries: 'no-node-in-browser-code', lint: '@typescript-eslint/no-restricted-imports' },
  },
  {
    name: 'renderer imports electron',
    file: 'renderer/app/wall-electron.ts',
    text: usesType('IpcRenderer', 'electron'),
    // The package's types bring Node's with them, into the whole of the window's project.
    afterCompiler: true,
    caught: { boundaries: 'electron-only-in-desktop-host', lint: '@typescript-eslint/no-restricted-imports' },
  },
  {
    name: 'contract imports node:crypto',
    file: 'electron/contract/wall-node.ts',
    text: uses('createHash', 'node:crypto'),
    caught: { types: 'TS2591', boundaries: 'no-node-in-browser-code' },
  },
  {
    name: 'contract imports foundation',
    file: 'electron/contract/wall-foundation.ts',
    text: uses('part', '../foundation/wall-part.ts'),
    with: { 'electron/foundation/wall-part.ts': 'export const part = 1;\n' },
    caught: { types: 'TS6307', boundaries: 'contract-imports-nothing' },
  },
  {
    name: 'foundation imports a package',
    file: 'electron/foundation/wall-package.ts',
    text: uses('z', 'zod'),
    caught: { boundaries: 'foundation-imports-nothing' },
  },
  {
    name: 'store imports a service',
    file: 'electron/store/wall-service.ts',
    text: uses('part', '../services/exchange/wall-part.ts'),
    with: domainParts,
    caught: { boundaries: 'store-below-services' },
  },
  {
    name: 'service imports native/pkcs11',
    file: 'electron/services/signing/wall-native.ts',
    text: uses('unit', '../../../native/walls/index.ts'),
    with: nativeUnit,
    caught: { boundaries: 'services-know-no-host' },
  },
  {
    name: 'service imports hosts/compose',
    file: 'electron/services/records/wall-host.ts',
    text: uses('host', '../../hosts/wall-host.ts'),
    with: { 'electron/hosts/wall-host.ts': 'export const host = 1;\n' },
    caught: { boundaries: 'services-know-no-host' },
  },
  {
    name: 'service imports node:http',
    file: 'electron/services/exchange/wall-http.ts',
    text: uses('request', 'node:http'),
    caught: { boundaries: 'one-network-door', lint: '@typescript-eslint/no-restricted-imports' },
  },
  {
    name: 'platform outside platform/http imports node:net',
    file: 'electron/platform/wall-net.ts',
    text: uses('connect', 'node:net'),
    caught: { boundaries: 'one-network-door' },
  },
  {
    name: 'service starts a process',
    file: 'electron/services/records/wall-process.ts',
    text: uses('spawn', 'node:child_process'),
    caught: { boundaries: 'services-use-quiet-core' },
  },
  {
    name: "service goes past the store's front door",
    file: 'electron/services/records/wall-store.ts',
    text: uses('part', '../../store/wall-part.ts'),
    with: { 'electron/store/wall-part.ts': 'export const part = 1;\n' },
    caught: { boundaries: 'store-front-door' },
  },
  {
    name: "service goes past the PDF reader's front door",
    file: 'electron/services/records/wall-pdf.ts',
    text: uses('part', '../../foundation/pdf/wall-part.ts'),
    with: { 'electron/foundation/pdf/wall-part.ts': 'export const part = 1;\n' },
    caught: { boundaries: 'pdf-front-door' },
  },
  {
    name: "service reaches into a lower domain's files",
    file: 'electron/services/records/wall-back-door.ts',
    text: uses('part', '../settings/wall-part.ts'),
    with: lowParts,
    caught: { boundaries: 'domain-front-door' },
  },
  {
    name: 'records imports exchange (type only)',
    file: 'electron/services/records/wall-order.ts',
    text: usesType('Part', '../exchange/wall-type.ts'),
    with: domainTypes,
    caught: { boundaries: 'domain-order' },
  },
  {
    name: 'search imports practice',
    file: 'electron/services/search/wall-order.ts',
    text: uses('part', '../practice/wall-part.ts'),
    with: { 'electron/services/practice/wall-part.ts': 'export const part = 1;\n' },
    caught: { boundaries: 'domain-order' },
  },
  {
    name: 'a domain without a place in the order',
    file: 'electron/services/walls/wall-part.ts',
    text: uses('join', 'node:path'),
    caught: { boundaries: 'domain-known' },
  },
  {
    name: 'platform reaches inside a domain',
    file: 'electron/platform/wall-inside.ts',
    text: uses('part', '../services/exchange/wall-part.ts'),
    with: domainParts,
    caught: { boundaries: 'platform-adapts' },
  },
  {
    name: 'platform imports the electron package',
    file: 'electron/platform/wall-electron.ts',
    text: usesType('App', 'electron'),
    caught: { boundaries: 'electron-only-in-desktop-host', lint: '@typescript-eslint/no-restricted-imports' },
  },
  {
    name: 'hosts/chromium imports the electron package',
    file: 'electron/hosts/chromium/wall-electron.ts',
    text: usesType('App', 'electron'),
    caught: { boundaries: 'electron-only-in-desktop-host', lint: '@typescript-eslint/no-restricted-imports' },
  },
  {
    name: 'host imports the window',
    file: 'electron/hosts/desktop/wall-window.ts',
    text: uses('part', '../../../renderer/features/walls-a/index.ts'),
    with: featureParts,
    caught: { types: 'TS6307', boundaries: 'hosts-know-the-core' },
  },
  {
    name: 'native imports electron/',
    file: 'native/walls/wall-core.ts',
    text: uses('part', '../../electron/store/wall-part.ts'),
    with: { ...nativeUnit, 'electron/store/wall-part.ts': 'export const part = 1;\n' },
    caught: { types: 'TS6307', boundaries: 'native-imports-nothing' },
  },
  {
    name: 'feature reaches into another feature',
    file: 'renderer/features/walls-b/wall-part.ts',
    text: uses('part', '../../features/walls-a/part.ts'),
    with: featureParts,
    caught: { boundaries: 'feature-front-door', lint: '@typescript-eslint/no-restricted-imports' },
  },
  {
    name: 'the app goes past the front door of a feature',
    file: 'renderer/app/wall-feature.ts',
    text: uses('part', '../features/walls-a/part.ts'),
    with: featureParts,
    caught: { boundaries: 'feature-front-door', lint: '@typescript-eslint/no-restricted-imports' },
  },
  {
    name: 'a primitive knows a feature',
    file: 'renderer/ui/wall-feature.ts',
    text: uses('part', '../features/walls-a/index.ts'),
    with: featureParts,
    caught: { boundaries: 'ui-below-features' },
  },
  {
    name: "two files import each other's types",
    file: 'electron/services/records/wall-cycle-a.ts',
    text: "import type { B } from './wall-cycle-b.ts';\nexport type A = { readonly b?: B };\n",
    with: { 'electron/services/records/wall-cycle-b.ts': "import type { A } from './wall-cycle-a.ts';\nexport type B = { readonly a?: A };\n" },
    caught: { boundaries: 'no-cycles' },
  },
  {
    name: 'a build script leans on a test',
    file: 'build/scripts/wall-test.ts',
    text: uses('fake', '../../tests/fakes/wall-fake.ts'),
    with: { 'tests/fakes/wall-fake.ts': 'export const fake = 1;\n' },
    caught: { types: 'TS6307', boundaries: 'not-to-tests' },
  },
  {
    name: 'the product leans on a build script',
    file: 'electron/hosts/cli/wall-build.ts',
    text: uses('colourIn', '../../../build/lint-rules/colours.ts'),
    caught: { types: 'TS6307', boundaries: 'build-for-tests-only' },
  },
  {
    name: 'an import that leads nowhere',
    file: 'electron/services/records/wall-nowhere.ts',
    text: uses('gone', './wall-gone.ts'),
    caught: { types: 'TS2307', boundaries: 'resolvable' },
  },
  {
    name: 'a package of another place',
    file: 'electron/services/records/wall-driver.ts',
    text: usesType('Database', 'better-sqlite3'),
    caught: { boundaries: 'package-place:better-sqlite3' },
  },
  {
    name: 'a package without a row in docs/dependencies.md',
    file: 'electron/hosts/cli/wall-unlisted.ts',
    text: uses('parse', 'acorn'),
    declares: 'acorn',
    caught: { boundaries: 'package-unlisted' },
  },
  {
    name: 'a package that is here by chance',
    file: 'electron/hosts/cli/wall-stray.ts',
    text: uses('isMatch', 'picomatch'),
    with: { 'tests/unit/wall-stray.test.ts': "import { it } from 'vitest';\nimport { used } from '../../electron/hosts/cli/wall-stray.ts';\nit('matches', () => used);\n" },
    caught: { boundaries: 'package-undeclared', dead: 'unlisted' },
  },
];
