import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { plugin as tvt } from './build/lint-rules/plugin.ts';

/** Everything that speaks TypeScript. */
const sources = ['**/*.ts', '**/*.tsx'];
/** Development only: may talk to a terminal, an environment and a network. */
const tools = ['build/**', 'tests/**', '*.js', '*.ts'];
/** Files whose reader asks for a default export. */
const toolConfigs = ['eslint.config.js', 'vitest.config.ts', 'build/**/vite*.config.ts', 'build/vite*.ts', '**/*.d.ts'];
const frontDoors = ['**/index.ts'];

// `no-restricted-syntax` and `no-restricted-imports` are replaced, not merged, by a later block: so each block below
// names all parts that hold for its files.
const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a default export has another name in every importer, and no tool can follow it.',
};
const barrel = {
  selector: 'ExportAllDeclaration',
  message: 'Only a front door (index.ts) passes on what another file exports. Import from the file itself.',
};
const networkByMember = {
  selector:
    'MemberExpression[object.name=/^(globalThis|window|self|global)$/][property.name=/^(fetch|WebSocket|XMLHttpRequest|EventSource)$/]',
  message: 'One network door: ask for a port and implement it in electron/platform/http.',
};
const beacon = {
  selector: 'MemberExpression[property.name="sendBeacon"]',
  message: 'One network door: the window has no network at all, and the core speaks through electron/platform/http.',
};
const syntax = (...parts) => ({ 'no-restricted-syntax': ['error', ...parts] });

const networkGlobals = ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource'].map((name) => ({
  name,
  message: 'One network door: ask for a port and implement it in electron/platform/http.',
}));

const networkModules = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises'].flatMap((name) => [
  name,
  `node:${name}`,
]);
const environment = { property: 'env', object: 'process', message: 'Only a host reads the environment; take the value as an argument.' };
const environmentImport = {
  name: 'node:process',
  importNames: ['env'],
  message: 'Only a host reads the environment; take the value as an argument.',
};
const electronPackage = {
  name: 'electron',
  message: 'The electron package is for electron/hosts/desktop: everything else runs without Electron.',
};
const imports = (paths, patterns = []) => ({ '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }] });

export default defineConfig(
  {
    name: 'tvt/ignored',
    ignores: ['.cache/**', 'dist/**', 'out/**', '**/node_modules/**', 'tests/fixtures/**'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  {
    name: 'tvt/all-scripts',
    files: ['**/*.ts', '**/*.tsx', '**/*.js', '**/*.cjs', '**/*.mjs'],
    plugins: { tvt, '@typescript-eslint': tseslint.plugin },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-console': 'error',
      'no-debugger': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-control-regex': 'error',
      'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
      'no-fallthrough': 'error',
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unsafe-finally': 'error',
      'no-unsafe-optional-chaining': 'error',
      'no-useless-escape': 'error',
      'no-empty': 'error',
      'no-async-promise-executor': 'error',
      'no-misleading-character-class': 'error',
      'no-irregular-whitespace': 'error',
      'no-sparse-arrays': 'error',
      'no-loss-of-precision': 'error',
      'no-unreachable-loop': 'error',
      'use-isnan': 'error',
      'valid-typeof': 'error',
      'no-restricted-globals': ['error', ...networkGlobals],
      'no-restricted-properties': ['error', environment],
      ...syntax(defaultExport, barrel, networkByMember, beacon),
      'tvt/no-outbox-delete': 'error',
    },
  },
  {
    // Without types: the rules that ask for them are in .oxlintrc.json, where they take a fifth of the time.
    name: 'tvt/typescript',
    files: sources,
    extends: [tseslint.configs.recommended],
    rules: {
      // `typeof import('…')` is how a package that is loaded late is typed; dependency-cruiser sees it.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      // The compiler says it (noUnusedLocals, noUnusedParameters); once is enough.
      '@typescript-eslint/no-unused-vars': 'off',
      ...imports([electronPackage, environmentImport]),
    },
  },
  {
    name: 'tvt/core',
    files: ['electron/**/*.ts', 'native/**/*.ts'],
    rules: {
      'tvt/sql-in-store': 'error',
      'tvt/sql-bind-only': 'error',
    },
  },
  {
    name: 'tvt/services',
    files: ['electron/services/**/*.ts', 'electron/store/**/*.ts', 'electron/foundation/**/*.ts'],
    rules: imports([
      electronPackage,
      environmentImport,
      ...networkModules.map((name) => ({
        name,
        message: 'One network door: state a port in ports.ts and implement it in electron/platform/http.',
      })),
    ]),
  },
  {
    name: 'tvt/network-door',
    files: ['electron/platform/http/**', 'electron/platform/http.ts'],
    rules: { 'no-restricted-globals': 'off', ...syntax(defaultExport, barrel) },
  },
  {
    name: 'tvt/hosts',
    files: ['electron/hosts/**'],
    rules: { 'no-restricted-properties': 'off', ...imports([electronPackage]) },
  },
  {
    name: 'tvt/desktop-host',
    files: ['electron/hosts/desktop/**'],
    rules: imports([
      {
        name: 'electron',
        importNames: ['net', 'autoUpdater', 'crashReporter'],
        message: 'No network, no update and no report from the shell: the core speaks through electron/platform/http.',
      },
    ]),
  },
  { name: 'tvt/terminal-host', files: ['electron/hosts/cli/**'], rules: { 'no-console': 'off' } },
  {
    name: 'tvt/renderer',
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.recommended],
    rules: {
      // --max-warnings 0 makes no difference between the two; say what is meant.
      'react-hooks/exhaustive-deps': 'error',
      // Made for the React Compiler, which we do not use: what it leaves alone; a ref that shares an object with other
      // values (every use of a form hook is flagged); an effect that sets state once, which may be what is meant.
      'react-hooks/incompatible-library': 'off',
      'react-hooks/preserve-manual-memoization': 'off',
      'react-hooks/refs': 'off',
      'react-hooks/set-state-in-effect': 'off',
      // A pane that scrolls must take the focus, or a keyboard cannot scroll it (axe: scrollable-region-focusable). The
      // rule cannot see which one scrolls; axe in tests/e2e can.
      'jsx-a11y/no-noninteractive-tabindex': 'off',
      'tvt/no-literal-jsx-text': 'error',
      'tvt/no-colour-outside-foundations': 'error',
      ...imports(
        [],
        [
          {
            regex: '(^|/)electron(/(?!contract/)|$)',
            message: 'The window knows electron/contract only: ask for a method of the contract.',
          },
          { regex: '^node:', message: 'The window has no Node.' },
          {
            regex: '^(\\.\\./)+features/[^/]+/(?!index\\.ts$)',
            message: 'A feature is entered through its index.ts.',
          },
        ],
      ),
    },
  },
  {
    name: 'tvt/tools',
    files: tools,
    rules: {
      'no-console': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
      ...syntax(defaultExport),
    },
  },
  {
    name: 'tvt/tests',
    files: ['tests/**/*.ts', 'build/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    name: 'tvt/tests-only',
    files: ['tests/**'],
    // A test may hold the forbidden statement, to prove that it is refused, and code as text.
    rules: { 'tvt/no-outbox-delete': 'off', 'no-template-curly-in-string': 'off', ...imports([]) },
  },
  { name: 'tvt/front-doors', files: frontDoors, rules: syntax(defaultExport, networkByMember, beacon) },
  { name: 'tvt/tool-configs', files: toolConfigs, rules: syntax(barrel) },
);
