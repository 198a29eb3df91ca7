import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IncomingDetail, OutgoingDetail } from '#contract';
import { judgeResults, type JudgedResults } from '../../../electron/hosts/practice-day/judges/judge-results.ts';
import type { Print } from '../day/books.ts';
import type { Desk } from '../day/desk.ts';
import { askWindow, fileBytes } from '../office.ts';
import type { TestStation } from '../station.ts';
import { codeOf } from './exchange.ts';
import type { Arrived } from './incoming.ts';
import type { Outside } from './office-of-roles.ts';
import { letters } from './theirs.ts';

export type Made = {
  readonly arrived: Arrived;
  readonly issued: readonly OutgoingDetail[];
  /** folder of the packages that were given */
  readonly packages: string;
  readonly prints: readonly Print[];
  readonly axis: TestStation['axis'];
};

/** Lays what came out of the day where `tvt day` lays it, and has the same judges look at it. */
export async function judged({ page }: Desk, made: Made, { folder, authorities }: Outside): Promise<JudgedResults> {
  const results = join(folder, 'results');
  const at = (name: string): string => {
    const path = join(results, name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  for (const { state, number } of letters) {
    const { files } = await askWindow<IncomingDetail>(page(), 'records', 'incomingGet', { id: made.arrived[state] });
    writeFileSync(at(`van-ban-den-ky-so/${String(number)}-${state}.pdf`), await fileBytes(page(), files[0]?.id ?? ''));
  }
  for (const document of made.issued) writeFileSync(at(`van-ban-di-ky-so/${codeOf(document).replace('/', '_')}.pdf`), await fileBytes(page(), document.files[0]?.id ?? ''));
  const { sent } = await made.axis.control.inspect();
  for (const { docId } of sent) writeFileSync(at(`thong-diep-di/${docId}.edxml`), await made.axis.control.bytesOf(docId));
  for (const name of readdirSync(made.packages).filter((one) => one.endsWith('.zip'))) copyFileSync(join(made.packages, name), at(`nop-luu/goi-tin/${name}`));
  // A register lies beside its table under the same name; the tables were made in the order of the registers.
  const tables = made.prints.filter(({ path }) => path.endsWith('.csv'));
  for (const [nth, { path }] of made.prints.filter((one) => one.path.endsWith('.pdf')).entries()) {
    const table = tables[nth];
    copyFileSync(path, at(`${table === undefined ? 'bao-cao' : 'so-dang-ky'}/${String(nth)}.pdf`));
    if (table !== undefined) copyFileSync(table.path, at(`so-dang-ky/${String(nth)}.csv`));
  }
  return judgeResults(results, { authorities, say: () => undefined });
}
