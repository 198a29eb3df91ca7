import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { driverOf } from '../../electron/store/db.ts';
import { run, sql, type Store } from '../../electron/store/index.ts';
import { question, searchOver } from '../fakes/search/service.ts';
import { inserter, madeDocuments, putDocuments, randomFrom, type MadeDocument } from './documents.ts';
import { figure, median, type Figure } from './figures.ts';

/** Share of documents with a text layer, and words of one. */
const made = { textShare: 0.3, textWords: 300 } as const;
const mebibyte = 1024 * 1024;

function bytesOf(store: Store): number {
  const database = driverOf(store.read);
  const pragma = (name: string): number => database.pragma(name, { simple: true }) as number;
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}

/** A figure that is met while it is not above its limit. */
export const limit = (name: string, value: number, unit: string, reference: string, most: number): Figure =>
  figure({ name, value, unit, reference, referenceValue: most, target: `≤ ${String(most)} ${unit}`, met: value <= most });

/** Fills an empty store with made documents and takes them into the index. */
export async function fill(store: Store, size: number): Promise<Figure[]> {
  const what = `${String(size)} documents`;
  const empty = bytesOf(store);
  putDocuments(store, { ...made, count: size });
  store.write((db) => run(db, sql`DELETE FROM search_dirty`));
  const documents = (bytesOf(store) - empty) / size;
  const search = searchOver(store);
  // A while in the background as in a station, for the blocks of the event loop; the rest at one go.
  const delay = monitorEventLoopDelay({ resolution: 1 });
  search.start();
  await setTimeoutPromise(2000);
  delay.enable();
  await setTimeoutPromise(20_000);
  delay.disable();
  await search.stop();
  const done = search.state().building?.done ?? size;
  const from = performance.now();
  searchOver(store).finish();
  const each = (performance.now() - from) / Math.max(1, size - done);
  const index = (bytesOf(store) - empty) / size - documents;
  return [
    limit(`${what}: block of the event loop while the index is made, p99`, delay.percentile(99) / 1e6, 'ms', `limit (max ${(delay.max / 1e6).toFixed(0)})`, 15),
    limit(`${what}: index made at one go, per document`, each, 'ms', `limit (${String(made.textShare * 100)} % with ${String(made.textWords)} words of text)`, 1),
    limit(`${what}: growth of the database by the index, per document`, index, 'B', `documents and texts themselves (B)`, Math.round(documents)),
  ];
}

/** What is asked, with how often: as clerks do, and what is bad for an index. */
function questions(sample: readonly MadeDocument[], random: () => number): string[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
  const some = (text: string, from: number, count: number): string => text.split(' ').slice(from, from + count).join(' ');
  const kinds: readonly (readonly [share: number, type: (one: MadeDocument) => string])[] = [
    [3, (one) => `${one.codeNumber}/${one.codeNotation}`],
    [2, (one) => plain(`${one.codeNumber}/${one.codeNotation}`).toLowerCase()],
    [2, (one) => one.codeNumber],
    [1, (one) => `${one.codeNumber}/${one.codeNotation.slice(0, 2)}`],
    [3, (one) => some(one.subject, 1, 4)],
    [3, (one) => plain(some(one.subject, 1, 5)).toLowerCase()],
    [2, (one) => `${one.typeName} ${some(one.subject, 2, 3)}`],
    [2, (one) => plain(`${one.issuer.name} ${some(one.subject, 2, 3)}`)],
    [1, (one) => `"${some(one.subject, 2, 4)}"`],
    [1, (one) => one.signer.name],
    [1, (one) => plain(one.signer.name)],
    [1, (one) => one.issuedDate.split('-').reverse().join('/')],
    [1, (one) => `${some(one.subject, 1, 3)} -${pick(['tỉnh', 'xã', 'năm'])}`],
    [1, (one) => some((one.text ?? one.subject).replaceAll('\n', ' '), 14, 4)],
    [1, (one) => plain(some((one.text ?? one.subject).replaceAll('\n', ' '), 14, 4))],
    // Common words, beginnings of one and two letters, words that are never together.
    [1, () => pick(['và của các', 'va cua cac', 'về việc', 've viec', 'năm', 'nam', 'ủy ban nhân dân', 'uy ban nhan dan', 'công văn', 'V/v'])],
    [1, () => pick(['q', 't', 'qu', 'th', 'đ', 'n', 'c', '1', '12', '20'])],
    [1, () => pick(['ban nhan dan tinh giang', 'co so du lieu', 'nhân ban dân ủy', 'cong van so 332/ubnd-vp', 'tỉnh năm việc số', 'giang sơn hà nam'])],
  ];
  return kinds.flatMap(([share, type]) => Array.from({ length: share * 8 }, () => type(pick(sample)).slice(0, 200)));
}

/** What searching costs. */
export async function searchFigures(store: Store, size: number): Promise<Figure[]> {
  const what = `${String(size)} documents`;
  const search = searchOver(store);
  const random = randomFrom(7);
  const sample: MadeDocument[] = [];
  let n = 0;
  for (const one of madeDocuments({ ...made, count: size })) {
    if (n % Math.ceil(size / 400) === 0) sample.push(one);
    n += 1;
    // Later ones are like those before.
    if (n > 120_000) break;
  }
  const asked = questions(sample, random).map((one) => ({ one, order: random() })).sort((a, b) => a.order - b.order).map(({ one }) => one);
  const most = size <= 200_000 ? 50 : 150;
  const rows: [name: string, ask: (text: string) => unknown][] = [
    ['search, 50 results with snippets', (one) => search.handlers.find({ question: question(one), after: null, limit: 50 })],
    ['search with three filters', (one) => search.handlers.find({ question: question(one, { register: 'incoming', kinds: ['Công văn', 'Quyết định'], issued: { from: '2020-03-01', to: '2024-02-10' } }), after: null, limit: 50 })],
    ['search by date', (one) => search.handlers.find({ question: question(one, {}, 'date'), after: null, limit: 50 })],
    ['facets', (one) => search.handlers.facets({ question: question(one) })],
  ];
  const figures: Figure[] = [];
  await search.handlers.find({ question: question('năm'), after: null, limit: 50 });
  for (const [name, ask] of rows) {
    const taken: { ms: number; cpu: number; one: string }[] = [];
    for (const one of asked) {
      const from = performance.now();
      const before = process.cpuUsage();
      ask(one);
      const { user, system } = process.cpuUsage(before);
      taken.push({ ms: performance.now() - from, cpu: (user + system) / 1000, one });
    }
    taken.sort((a, b) => a.ms - b.ms);
    const p95 = taken[Math.floor(taken.length * 0.95)]?.ms ?? Number.NaN;
    const max = taken.at(-1)?.ms ?? Number.NaN;
    // What a machine that does nothing else would take at most.
    const processor = taken.map((one) => one.cpu).sort((a, b) => a - b)[Math.floor(taken.length * 0.95)] ?? Number.NaN;
    figures.push(limit(`${what}: ${name}, p95 of ${String(asked.length)}`, p95, 'ms', `limit (p50 ${median(taken.map(({ ms }) => ms)).toFixed(1)}, max ${max.toFixed(0)}, p95 of processor time ${processor.toFixed(1)})`, name === 'facets' ? 150 : most));
    if (process.env['TVT_BENCH_SLOWEST'] !== undefined) {
      process.stderr.write(`${name}\n${taken.toSorted((a, b) => a.cpu - b.cpu).slice(-24).map(({ ms, cpu, one }) => `  ${ms.toFixed(1)} ${cpu.toFixed(1)}  ${one}`).join('\n')}\n`);
    }
  }
  globalThis.gc?.();
  figures.push(limit(`${what}: memory of the process after all searches`, process.memoryUsage.rss() / mebibyte, 'MiB', 'limit', 400));
  return figures;
}

/** From the change of a document to its being found. */
export function oneDocument(store: Store, size: number): Figure[] {
  const search = searchOver(store);
  const taken: number[] = [];
  const fresh = [...madeDocuments({ count: 60, seed: 4711, textShare: 1, textWords: made.textWords, firstYear: 2027, years: 1 })];
  const mark = String(Date.now());
  fresh.forEach((one, at) => {
    store.write((db) => {
      inserter(db)({ ...one, id: `${one.id.slice(0, 24)}${mark.slice(-9)}${String(at).padStart(3, '0')}`, register: 'outgoing', codeNumber: `${mark.slice(-6)}${String(at)}`, arrivalNumber: null });
    });
    const from = performance.now();
    void search.handlers.find({ question: question('zzzz'), after: null, limit: 1 });
    taken.push(performance.now() - from);
  });
  return [limit(`${String(size)} documents: taking one document with text into the index and committing, median`, median(taken), 'ms', `limit (max ${Math.max(...taken).toFixed(0)})`, 15)];
}
