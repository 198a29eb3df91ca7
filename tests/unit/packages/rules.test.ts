import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { csipRules, notJudged, sipRules } from '../../../electron/services/packages/check/csip-rules.ts';
import { linkRules } from '../../../electron/services/packages/check/csip-link-rules.ts';
import { allRules, ruleFacts } from '../../../electron/services/packages/check/rule-book.ts';

const table = join(import.meta.dirname, '../../../../shared/standards/csip-rules.tsv');
const hasTable = existsSync(table);
const catalogue = (language: string): Readonly<Record<string, string>> => JSON.parse(readFileSync(join(import.meta.dirname, `../../../resources/locales/${language}.json`), 'utf8')) as Readonly<Record<string, string>>;

type Row = { readonly id: string; readonly v220: string; readonly v210: string };

function rows(): readonly Row[] {
  return readFileSync(table, 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const [id = '', , , , v220 = '', v210 = ''] = line.split('\t');
      return { id, v220, v210 };
    });
}

describe('rules of the check of packages', () => {
  test.each(['vi', 'en'])('each has a sentence in %s, and no sentence is left over', (language) => {
    const sentences = Object.keys(catalogue(language)).filter((key) => key.startsWith('package.rule.'));
    expect(sentences.toSorted()).toEqual(allRules.map((rule) => `package.rule.${rule}`).toSorted());
  });

  test('no rule stands in two tables', () => {
    expect(allRules.filter((rule, index) => allRules.indexOf(rule) !== index)).toEqual([]);
  });

  test.skipIf(!hasTable)('every MUST of CSIP and SIP is judged, or stands among those that are not, with the reason (needs ../shared/standards)', () => {
    const judged = new Set([...csipRules, ...sipRules, ...linkRules].map(({ id }) => id));
    const open = rows().filter(({ id, v220, v210 }) => (v220 === 'MUST' || v210 === 'MUST') && !judged.has(id) && !(id in notJudged));
    expect(open).toEqual([]);
    expect(Object.keys(notJudged).filter((id) => judged.has(id))).toEqual([]);
  });

  test.skipIf(!hasTable)('levels are those of the specification, in both versions (needs ../shared/standards)', () => {
    const known = new Map(rows().map((row) => [row.id, row]));
    for (const { id } of [...csipRules, ...sipRules, ...linkRules]) {
      expect([id, ruleFacts(id, 'csip-2.2.0', 'root')?.level], id).toEqual([id, known.get(id)?.v220.toLowerCase()]);
      expect([id, ruleFacts(id, 'csip-2.1.0', 'root')?.level], id).toEqual([id, known.get(id)?.v210.toLowerCase()]);
    }
  });
});
