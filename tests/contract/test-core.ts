import {
  contract,
  dispatcherFor,
  events,
  fail,
  ok,
  type Dispatcher,
  type EventSources,
  type Events,
  type EventTable,
  type Handlers,
  type Method,
  type MethodTable,
} from '#contract';
import type { Core } from '../../electron/hosts/compose.ts';
import { noTokens } from '../../electron/hosts/no-tokens.ts';
import { sampleOf } from './samples.ts';
import { methods, streams, testService } from './table.ts';

/** Both tables: the suite's own methods and the real contract's shapes. */
const allMethods = { ...methods, ...contract } as const;
const allStreams = { ...streams, ...events } as const;

/** Seeds of the samples, the same on both sides of a carrier. */
export const outputSeed = 20_261_122;

/** Synthetic files are asked for by their size in bytes, `file-<size>`; `damaged-<size>` breaks after 5 MiB. */
const fileName = 'Công văn số 12 “hoả tốc”.pdf';

/** A byte of a synthetic file. */
export function byteAt(index: number): number {
  return (index * 31 + (index >> 8) * 7 + (index >> 16)) & 0xff;
}

/** A dispatcher over both tables, for a suite that runs in any process. */
export function testDispatcher(incident: (error: unknown, method: string) => string): Dispatcher {
  const own = testService();
  const handlers = { ...own.handlers, ...sampleHandlers() };
  const sources = { ...own.sources, ...sampleSources() };
  const dispatcher = dispatcherFor<typeof allMethods, typeof allStreams>(
    allMethods,
    handlers as Handlers<typeof allMethods>,
    allStreams,
    sources,
    { incident, checkOutputs: true },
  );
  own.publishWith(dispatcher.publish);
  return dispatcher;
}

function sampleHandlers(): Record<string, Record<string, () => unknown>> {
  return mapRows(contract as MethodTable, (method: Method) => () => ok(sampleOf(method.output, outputSeed)));
}

function sampleSources(): EventSources<Events> {
  return mapRows(events as EventTable, (stream) => () => sampleOf(stream.snapshot, outputSeed)) as EventSources<Events>;
}

function mapRows<V, R>(table: Readonly<Record<string, Readonly<Record<string, V>>>>, make: (value: V) => R): Record<string, Record<string, R>> {
  return Object.fromEntries(
    Object.entries(table).map(([domain, row]) => [
      domain,
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, make(value)])),
    ]),
  );
}

/** A core for host tests: the test dispatcher and synthetic files. */
export function startTestCore(log: (line: string) => void): Core {
  let incidents = 0;
  return {
    dispatcher: testDispatcher((error, method) => {
      incidents += 1;
      log(`incident TEST-${incidents} in ${method}: ${String(error)}`);
      return `TEST-${incidents}`;
    }),
    readFile: (fileId, start, length) => {
      const found = /^(file|damaged|html)-(\d+)$/.exec(fileId);
      if (found === null) return Promise.resolve(fail('not-found'));
      const size = Number(found[2]);
      if (found[1] === 'damaged' && start > 5 * 1024 * 1024) return Promise.resolve(fail('file-damaged'));
      log(`read ${fileId} ${start} ${length}`);
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - start)));
      for (let index = 0; index < bytes.length; index += 1) bytes[index] = byteAt(start + index);
      const mediaType = found[1] === 'html' ? 'text/html' : 'application/pdf';
      return Promise.resolve(ok({ size, mediaType, name: fileName, bytes }));
    },
    storeFile: () => Promise.reject(new Error('the test core has no store')),
    openFile: (path) => {
      log(`open ${path}`);
    },
    keeping: {
      check: () => Promise.reject(new Error('the test core has no store')),
      repairFrom: () => Promise.reject(new Error('the test core has no store')),
      destroyed: () => Promise.resolve(),
    },
    backup: { backUpTo: () => Promise.reject(new Error('the test core has no store')) },
    transfer: {
      exportTo: () => Promise.reject(new Error('the test core has no store')),
      importFrom: () => Promise.reject(new Error('the test core has no store')),
    },
    handover: {
      packageTo: () => Promise.reject(new Error('the test core has no store')),
      takeFrom: () => Promise.reject(new Error('the test core has no store')),
    },
    tokens: noTokens,
    close: () => {
      log('core closed');
      return Promise.resolve();
    },
  };
}
