import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ESLint } from 'eslint';
import { noColourOutsideFoundations } from './no-colour-outside-foundations.ts';
import { noLiteralJsxText } from './no-literal-jsx-text.ts';
import { noOutboxDelete } from './no-outbox-delete.ts';
import { sqlBindOnly } from './sql-bind-only.ts';
import { sqlInStore } from './sql-in-store.ts';

/** Our own lint rules, as `tvt/<name>`. */
export const plugin: ESLint.Plugin = {
  // ESLint's cache knows a plugin by name and version only: the version is the rules' own text.
  meta: { name: 'tvt', version: digestOf(import.meta.dirname) },
  rules: {
    'sql-in-store': sqlInStore,
    'sql-bind-only': sqlBindOnly,
    'no-outbox-delete': noOutboxDelete,
    'no-literal-jsx-text': noLiteralJsxText,
    'no-colour-outside-foundations': noColourOutsideFoundations,
  },
};

function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}
