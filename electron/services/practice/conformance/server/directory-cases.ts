import { reported, rule, Unmet, verdict } from '../rule.ts';
import type { ServerCase } from './server-case.ts';
import { rowsOf, textOf, type Row, type Talk } from './talk.ts';

async function rows(talk: Talk, verb: string, params: readonly (readonly [string, string])[] = []): Promise<readonly Row[]> {
  const answer = await talk.call(verb, { params });
  if (answer.status === 404 || answer.status === 405) throw new Unmet(`${verb}: ${answer.words}`);
  const found = rowsOf(answer);
  if (found === null) throw new Error(`${verb}: ${answer.words}`);
  return found;
}

/** Rules about the directory of agencies (axis.md §1.3, §1.4). */
export const directoryCases: readonly ServerCase[] = [
  {
    rule: rule('s-agencies', '§1.4', 'V', 'getAgenciesList không rỗng, dòng nào cũng có code và name', 'getAgenciesList is not empty, and each row has code and name'),
    run: async (talk) => {
      const found = await rows(talk, 'getAgenciesList');
      const bare = found.filter((row) => textOf(row, 'code') === '' || textOf(row, 'name') === '').length;
      return verdict(found.length > 0 && bare === 0, `${String(found.length)} rows, ${String(bare)} without code or name`);
    },
  },
  {
    rule: rule('s-agencies-know-both', '§1.4', 'I', 'getAgenciesList có đơn vị gửi và đơn vị nhận', 'getAgenciesList holds the sender and the receiver'),
    run: async (talk) => {
      const codes = new Set((await rows(talk, 'getAgenciesList')).map((row) => textOf(row, 'code')));
      const absent = [talk.target.from.code, talk.target.to.code].filter((code) => !codes.has(code));
      return verdict(absent.length === 0, absent.length === 0 ? 'both' : `without ${absent.join(', ')}`);
    },
  },
  {
    rule: rule('s-agencies-qd20', '§1.4', 'V', 'getAgenciesListQD20 cho cặp mã code, code102', 'getAgenciesListQD20 gives pairs of code and code102'),
    run: async (talk) => {
      const found = await rows(talk, 'getAgenciesListQD20', [['level', '1']]);
      const whole = found.every((row) => textOf(row, 'code') !== '' && Object.hasOwn(row, 'code102'));
      return found.length === 0 ? reported('0 rows') : verdict(whole, `${String(found.length)} rows`);
    },
  },
  {
    rule: rule('s-unit-deltas', '§1.4', 'V', 'getSynchronizeUnit cho thay đổi của đơn vị, đủ các trường', 'getSynchronizeUnit gives changes of units, with all fields'),
    run: async (talk) => {
      const fields = ['id', 'pid', 'code', 'name', 'mail', 'centerCode', 'version', 'deleted', 'modifyDate', 'isAgency'];
      const found = await rows(talk, 'getSynchronizeUnit');
      if (found.length === 0) return reported('0 rows');
      const missing = fields.filter((field) => found.some((row) => !Object.hasOwn(row, field)));
      return verdict(missing.length === 0, `${String(found.length)} rows${missing.length === 0 ? '' : `, lacking ${missing.join(', ')}`}`);
    },
  },
];
