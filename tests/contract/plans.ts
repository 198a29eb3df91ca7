import Database from 'better-sqlite3';
import fc from 'fast-check';
import { vi } from 'vitest';
import { contract, type Method } from '#contract';
import type { Core } from '../../electron/hosts/compose.ts';
import { driverOf } from '../../electron/store/db.ts';
import type { Store } from '../../electron/store/index.ts';
import { arbitraryOf } from './samples.ts';

/** Tables that get rows with every document, message, dossier or act. */
const growing = new Set([
  'arrival_mark', 'arrival_untold', 'assignment', 'audit_entry', 'axis_call', 'change_request', 'direction', 'dispatch', 'dossier', 'dossier_access', 'dossier_act',
  'dossier_member', 'evidence_file', 'file_text', 'file_verdict', 'handling_step', 'imported_entry', 'inbox_message', 'incoming_answer', 'incoming_document',
  'incoming_file', 'number_code', 'number_entry', 'outbox', 'outgoing_answer', 'outgoing_document', 'outgoing_file', 'printed_file', 'recipient',
  'recipient_status', 'search_doc', 'signature_lack', 'verdict_alarm', 'verification',
]);

/** Indexes that hold only what is open or was found wrong, however long the registers are; a scan of one reads what is shown. */
const ofFew = [
  'assignment_open', 'assignment_undated', 'change_request_open', 'incoming_file_destroyed', 'outgoing_document_owed', 'recipient_alarming', 'recipient_unsent',
  // Dossiers that were not handed over: counted by the index alone (docs/performance.md, dossier-desk).
  'dossier_hand_in',
];

/** Whole tables that may be read all the same, by the file that asks, each with the reason. */
const accepted: Readonly<Record<string, string>> = {
  'desk/lack.store.ts signature_lack': 'a list of work, which gets shorter by being worked on',
  'exchange/outbox.store.ts outbox': 'the newest that are through, in the order of their ids up to a limit; what is open lies between them',
  'records/handling/answers.store.ts outgoing_document': 'the newest of the register, up to a limit',
  'records/registration-facts.store.ts arrival_untold': 'empty unless something went wrong',
  'transfer/station.store.ts audit_entry': 'from its end to the first entry that is not of an export',
  'transfer/files.store.ts change_request': 'requests of senders, one among many documents; their files are named in JSON',
};

type Scan = { readonly by: string; readonly table: string; readonly step: string; readonly text: string };

/**
 * Looks at how SQLite goes through the tables in every statement that the services prepare from now on, in this thread. What
 * reads a growing table from one end to the other, without being accepted above, is kept with the file that asks.
 */
export function watchPlans(): { readonly scans: () => readonly string[]; readonly statements: () => number; readonly stop: () => void } {
  const seen = new Set<string>();
  const scans: Scan[] = [];
  const bare = Database.prototype.prepare;
  const watched = vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, text: string) {
    if (!seen.has(text) && /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)/i.test(text)) {
      const by = askedBy();
      if (by !== undefined) {
        seen.add(text);
        // The statement's own connection explains it.
        scans.push(...scansOf((words) => bare.call(this, words), text).map((found) => ({ by, ...found, text })));
      }
    }
    return bare.call(this, text);
  });
  const nameOf = ({ by, table }: Scan): string => `${by} ${table}`;
  return {
    scans: () => scans.filter((one) => !Object.hasOwn(accepted, nameOf(one))).map((one) => `${one.by}: ${one.step}: ${one.text.replaceAll(/\s+/g, ' ').trim()}`),
    statements: () => seen.size,
    stop: () => { watched.mockRestore(); },
  };
}

/** The file below `electron/services` that asks; undefined for the store itself and for tests. */
function askedBy(): string | undefined {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 30;
  const frames = new Error('').stack?.split('\n') ?? [];
  Error.stackTraceLimit = before;
  const first = frames.find((frame) => !/node_modules|node:|contract\/plans|electron\/store\/(db|transaction)\.ts/.test(frame) && /\.ts/.test(frame));
  return /electron\/services\/([\w/.-]+\.ts)/.exec(first ?? '')?.[1];
}

function scansOf(prepare: (text: string) => Database.Statement, text: string): { readonly table: string; readonly step: string }[] {
  const values = [...text].filter((letter) => letter === '?').map(() => '');
  const steps = prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values).map((row) => (row as { detail: string }).detail);
  const tableOf = new Map([...text.matchAll(/\b(\w+) AS (\w+)\b/g)].filter(([, table = '']) => growing.has(table)).map(([, table = '', alias = '']) => [alias, table]));
  return steps.flatMap((step) => {
    const [, name = '', index = ''] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(step) ?? [];
    const table = growing.has(name) ? name : (tableOf.get(name) ?? '');
    // What refers to a new row is looked through only while an order is broken: SQLite plans it and passes over it.
    const passedOver = /^\s*INSERT/i.test(text) && !new RegExp(`\\b${name}\\b`).test(text);
    return table === '' || passedOver || ofFew.includes(index) ? [] : [{ table, step }];
  });
}

/** How often each query is asked: every field of its input is left out, set, and set to what is there. */
const samples = 16;

/** Asks every query of the contract, with the ids of what is in the store. What it answers is not looked at. */
export async function askEverything(core: Core, ids: readonly string[]): Promise<void> {
  const random = fc.sample(fc.nat(), { seed: 355, numRuns: 100_000 });
  let next = 0;
  const known = (): string => ids[(random[next++ % random.length] ?? 0) % ids.length] ?? '';
  for (const [domain, row] of Object.entries(contract)) {
    for (const [name, method] of Object.entries(row) as [string, Method][]) {
      if (method.kind !== 'query') continue;
      for (const input of fc.sample(arbitraryOf(method.input), { seed: 355, numRuns: samples })) {
        const about = JSON.stringify(input).replaceAll(/"[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}"/g, () => JSON.stringify(known()));
        await core.dispatcher.answer(domain, name, JSON.parse(about), 'host');
      }
    }
  }
}

/** The ids of all that a store holds. */
export function idsIn(store: Store): string[] {
  const database = driverOf(store.read);
  const tables = database
    .prepare("SELECT s.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS c WHERE s.type = 'table' AND c.name = 'id' AND c.type = 'TEXT'")
    .pluck()
    .all() as string[];
  return tables.flatMap((table) => database.prepare(`SELECT id FROM ${table} LIMIT 20`).pluck().all() as string[]);
}
