import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Delivery, IncomingSummary, OutputOf, Contract } from '#contract';
import { all, one, openStore, sql } from '../../electron/store/index.ts';
import { verifyChain } from '../../electron/services/audit/index.ts';
import type { OurDocument } from './clerk.ts';
import type { AxisMessage, Outside } from './outside.ts';
import { everyPage } from './pages.ts';
import type { StationSide } from './sides.ts';

/** What the window shows, asked through the dispatcher. */
export type Shown = {
  readonly incoming: readonly IncomingSummary[];
  readonly lines: OutputOf<Contract['exchange']['deliveryLines']>['items'];
  /** by DocumentId */
  readonly deliveries: ReadonlyMap<string, readonly Delivery[]>;
  readonly openRows: number;
  /** why, and from whom, messages were set aside */
  readonly kept: readonly string[];
  readonly chainBrokenAt: number | null;
};

/** Reads everything that the window can show of the exchange. */
export async function lookAtWindow(station: StationSide): Promise<Shown> {
  const must = async <D extends keyof Contract, M extends keyof Contract[D] & string>(
    ...asked: Parameters<typeof station.ask<D, M>>
  ): Promise<OutputOf<Contract[D][M]>> => {
    const outcome = await station.ask(...asked);
    if (!outcome.ok) throw new Error(`${asked[1]}: ${JSON.stringify(outcome.failure)}`);
    return outcome.value;
  };
  const incoming = await everyPage(
    async (before) => (await must('records', 'incomingList', { state: null, before, limit: 500 })).items,
    ({ id }) => id,
  );
  const ours = await everyPage(
    async (before) => (await must('records', 'outgoingList', { state: null, before, limit: 500 })).items,
    ({ id }) => id,
  );
  const lines = await everyPage(
    async (before) => (await must('exchange', 'deliveryLines', { alarms: false, before, limit: 500 })).items,
    ({ document }) => document,
  );
  const deliveries = new Map<string, readonly Delivery[]>();
  for (const { id: document, documentId } of ours) deliveries.set(documentId, await must('exchange', 'deliveries', { document }));
  const outbox = await must('exchange', 'outbox', {});
  const openRows = outbox.filter((row) => row.state !== 'delivered' && row.state !== 'cancelled').length;
  const kept = await everyPage(
    async (before) => (await must('exchange', 'quarantine', { before, limit: 500 })).items,
    ({ id }) => id,
  );
  const { brokenAt } = await must('audit', 'verify', {});
  return { incoming, lines, deliveries, openRows, kept: kept.map((item) => `${item.reason}: ${item.messageType} of ${item.from}, ${String(item.size)} bytes`), chainBrokenAt: brokenAt };
}

/** Messages of ours that the axis holds more than once, byte for byte. */
export function doubled({ ours }: Outside): string[] {
  return repeated(ours.map((message) => `${message.type} ${message.documentId} to ${message.to.join(',')} ${message.sha256.slice(0, 8)}`));
}

/** New documents and once-only statuses that went out more than once, whatever their bytes. */
export function saidTwice({ ours }: Outside): string[] {
  const once = new Set(['0', '3', 'status-01', 'status-02', 'status-03']);
  return repeated(ours.filter(({ type }) => once.has(type)).flatMap(({ type, documentId, to }) => to.map((code) => `${type} ${documentId} to ${code}`)));
}

/** Received documents that came to us and are not, or not once, in the register; and entries that never came. */
export function compareReceived(outside: Outside, held: readonly string[]): string[] {
  const came = new Set(outside.toUs.filter(({ type }) => type === '0' || type === '3').map((one) => one.documentId));
  return [
    ...[...came].filter((id) => !held.includes(id)).map((id) => `received and lost: ${id}`),
    ...held.filter((id) => !came.has(id)).map((id) => `in the register, never sent: ${id}`),
    ...repeated(held).map((id) => `in the register twice: ${id}`),
  ];
}

/** What the window shows of our documents against what the axis holds of them. */
export function compareSent(outside: Outside, shown: Shown, meant: readonly OurDocument[]): string[] {
  const found: string[] = [];
  const posted = outside.ours.filter(({ type }) => type === '0' || type === '3');
  const at = (documentId: string, organId: string): number =>
    posted.filter((one) => one.documentId === documentId && one.to.includes(organId)).length;
  for (const [documentId, rows] of shown.deliveries) {
    for (const row of rows) {
      const times = at(documentId, row.organId);
      const wanted = row.cancelledAt === null ? 1 : 0;
      if (times !== wanted) found.push(`${documentId} to ${row.organId}: the window says ${String(wanted)}, the axis ${String(times)}`);
      if ((row.sentAt !== null) !== (times > 0)) found.push(`${documentId} to ${row.organId}: sent at ${String(row.sentAt)}`);
    }
    for (const { to } of posted.filter((one) => one.documentId === documentId)) {
      for (const code of to) if (!rows.some((row) => row.organId === code)) found.push(`${documentId}: ${code} is not in the matrix`);
    }
  }
  for (const { number, recipients } of meant) {
    const rows = [...shown.deliveries].find(([documentId]) => documentId.endsWith(`,${number}/VP`))?.[1] ?? [];
    for (const { organId } of recipients) if (!rows.some((row) => row.organId === organId)) found.push(`${number} to ${organId} was meant and is not there`);
  }
  for (const line of shown.lines) {
    const rows = [...shown.deliveries.values()].find((all) => all[0]?.document === line.document) ?? [];
    const sent = rows.filter((row) => row.sentAt !== null).length;
    if (line.sent !== sent || line.recipients !== rows.length) found.push(`line ${line.code}: ${String(line.sent)} of ${String(line.recipients)}`);
  }
  return found;
}

/** Statuses of recipients against the matrix: each different message once. */
export function compareHeard(outside: Outside, shown: Shown): string[] {
  const said = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { type, from, documentId, sha256 } of outside.toUs) {
    if (!type.startsWith('status-') || !shown.deliveries.has(documentId) || seen.has(`${from} ${sha256}`)) continue;
    seen.add(`${from} ${sha256}`);
    said.set(`${documentId} ${from}`, [...(said.get(`${documentId} ${from}`) ?? []), type.slice(7)]);
  }
  const found: string[] = [];
  for (const [documentId, rows] of shown.deliveries) {
    for (const { organId, statuses } of rows) {
      const theirs = (said.get(`${documentId} ${organId}`) ?? []).toSorted().join(' ');
      const ours = statuses.map(({ code }) => code).toSorted().join(' ');
      if (theirs !== ours) found.push(`${documentId} of ${organId}: said ${theirs}; in the matrix ${ours}`);
    }
  }
  return found;
}

/** What the folder itself tells, with the station ended: rows, keys, files. */
export async function lookIntoProfile(
  profile: { readonly folder: string; readonly keyHex: string },
  outside: Outside,
): Promise<{ found: string[]; held: string[]; unclaimed: string[]; figures: Readonly<Record<string, number>> }> {
  const opened = openStore({ folder: profile.folder, key: Buffer.from(profile.keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) return { found: [`the profile does not open: ${opened.failure.code}`], held: [], unclaimed: [], figures: {} };
  const { read, blobs, close } = opened.value;
  const found: string[] = [];
  try {
    const documents = all<{ id: string; document_id: string; closure: string | null; state: string }>(read, sql`SELECT id, document_id, closure, state FROM incoming_document`);
    found.push(...owedStatuses(outside.ours, documents, all(read, sql`SELECT incoming, state FROM change_request`)));
    for (const row of all<{ id: string; state: string; detail: string | null }>(
      read,
      sql`SELECT id, state, last_failure_detail AS detail FROM outbox WHERE state NOT IN ('delivered', 'cancelled')`,
    )) found.push(`outbox row ${row.id} is ${row.state}: ${row.detail ?? ''}`);
    const axisIds = all<{ id: string }>(read, sql`SELECT axis_doc_id AS id FROM outbox WHERE state = 'delivered' AND axis_doc_id IS NOT NULL`);
    found.push(...repeated(axisIds.map(({ id }) => `two rows claim the message ${id}`)));
    const claimed = new Set(axisIds.map(({ id }) => id));
    const unclaimed = outside.ours.filter(({ docId }) => !claimed.has(docId)).map(({ type, documentId }) => `no row knows of ${type} ${documentId}`);
    const open = one<{ n: number }>(read, sql`SELECT COUNT(*) AS n FROM inbox_message WHERE acknowledged_at IS NULL`)?.n ?? -1;
    if (open !== 0) found.push(`${String(open)} messages are not acknowledged`);
    const wanted = all<{ sha256: string }>(
      read,
      sql`SELECT sha256 FROM incoming_file WHERE destroyed_at IS NULL UNION SELECT sha256 FROM outgoing_file
          UNION SELECT sha256 FROM dispatch UNION SELECT m.sha256 FROM inbox_message AS m
            LEFT JOIN incoming_document AS d ON d.id = m.document WHERE d.closure IS NULL OR d.closure <> 'recalled'`,
    ).map(({ sha256 }) => sha256);
    for (const sha256 of wanted) await blobs.verify(sha256).catch((error: unknown) => found.push(`file ${sha256}: ${String(error)}`));
    const kept = readdirSync(join(profile.folder, 'blobs'), { recursive: true, encoding: 'utf8' }).filter((path) => /[0-9a-f]{64}$/.test(path));
    const known = new Set(wanted);
    const verdict = verifyChain(read);
    if (verdict.brokenAt !== null) found.push(`the audit chain is broken at ${String(verdict.brokenAt)}`);
    const figures = {
      'orphan files': kept.filter((path) => !known.has(path.slice(-64))).length,
      files: kept.length,
      'audit entries': verdict.entries,
      'messages not claimed by a row': unclaimed.length,
    };
    return { found, held: documents.map((row) => row.document_id), unclaimed, figures };
  } finally {
    close();
  }
}

/** Statuses 01, 02, 03, 15 and 16 that the office owes, each once per document or request. */
function owedStatuses(
  ours: readonly AxisMessage[],
  documents: readonly { id: string; document_id: string; closure: string | null; state: string }[],
  requests: readonly { incoming: string; state: string }[],
): string[] {
  const found: string[] = [];
  const count = new Map<string, number>();
  for (const { type, documentId } of ours) count.set(`${type} ${documentId}`, (count.get(`${type} ${documentId}`) ?? 0) + 1);
  const asked = Map.groupBy(requests, ({ incoming }) => incoming);
  for (const { id, document_id: documentId, closure, state } of documents) {
    const said = (code: string): number => count.get(`status-${code} ${documentId}`) ?? 0;
    const decided = (asked.get(id) ?? []).filter((request) => request.state !== 'open').length;
    const expected = { '01': 1, '02': closure === 'refused' ? 1 : null, '03': state === 'registered' ? 1 : 0 } as const;
    for (const [code, times] of Object.entries(expected)) {
      if (times !== null && said(code) !== times) found.push(`status ${code} of ${documentId}: ${String(said(code))} instead of ${String(times)}`);
    }
    if (said('15') + said('16') !== decided) found.push(`answers about ${documentId}: ${String(said('15') + said('16'))} for ${String(decided)} decisions`);
  }
  return found;
}

function repeated(all: readonly string[]): string[] {
  return [...Map.groupBy(all, (text) => text)].filter(([, times]) => times.length > 1).map(([text, times]) => `${text} × ${String(times.length)}`);
}
