import type { DestroyStep } from '../../../electron/services/keeping/index.ts';
import { createKeeping, readFiles, type Keeping } from '../../../electron/services/keeping/index.ts';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { newId } from '../../../electron/foundation/ids.ts';
import { createSearch } from '../../../electron/services/search/index.ts';
import { changeOne, one, run, sql, type Store } from '../../../electron/store/index.ts';

/** A moment at which the dossiers of `fillArchive` are some over, some not. */
export const now = new Date('2026-11-22T02:00:00.000Z');
const clock = { now: () => now };

export type Office = { readonly keeping: Keeping; readonly search: ReturnType<typeof createSearch>; readonly failures: string[]; readonly alarms: number[] };

/** Keeping over a store, reading stored files in this thread and with the search's own index. */
export function officeOver(store: Store, onDestroyStep: (step: DestroyStep) => void = () => undefined): Office {
  const failures: string[] = [];
  const alarms: number[] = [];
  const failed = (error: unknown): void => void failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const search = createSearch({ store, clock, fonts: documentFonts, changed: () => undefined, failed });
  const keeping = createKeeping({
    store,
    clock,
    fonts: documentFonts,
    whileQuiet: (work) => work(),
    purgeIndex: search.purge,
    check: (files, share) => readFiles(store.blobs, files, share),
    onDestroyStep,
    disposalsChanged: () => undefined,
    fixityChanged: ({ alarms: count }) => void alarms.push(count),
    deadlinesChanged: () => undefined,
    failed,
  });
  return { keeping, search, failures, alarms };
}

export type NewDossier = { readonly notation: string; readonly years: number | null; readonly endedOn: string; readonly state?: 'open' | 'closed' };

/** A dossier; it is closed when `closeDossier` says so, as a closed one takes no more documents. */
export function putDossier(store: Store, { notation, years, endedOn }: NewDossier): string {
  const id = newId();
  store.write((db) => {
    changeOne(
      db,
      sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, retention_years, retention_basis, start_date, end_date,
            opened_at, opened_by, changed_at, changed_by)
          VALUES (${id}, (SELECT id FROM office LIMIT 1), 'open', 1, ${id}, ${Number(endedOn.slice(0, 4))}, ${notation}, ${`Hồ sơ ${notation} về công tác hành chính`},
            ${years === null ? 'permanent' : 'years'}, ${years}, 'bảng thời hạn thử', ${`${endedOn.slice(0, 4)}-01-02`}, ${endedOn}, 'a', 'A', 'a', 'A')`,
    );
  });
  return id;
}

export function closeDossier(store: Store, id: string): void {
  store.write((db) => {
    changeOne(db, sql`UPDATE dossier SET state = 'closed', closed_at = 'z', closed_by = 'A' WHERE id = ${id}`);
  });
}

export type Put = { readonly id: string; readonly sha256: string };

/** A received document with one file and the message that brought it. */
export async function putIncoming(store: Store, number: string, text: string): Promise<Put & { readonly message: string }> {
  const bytes = Buffer.from(text, 'utf8');
  const file = await store.blobs.put(bytes);
  const message = await store.blobs.put(Buffer.from(`<message>${text}</message>`, 'utf8'));
  const id = newId();
  store.write((db) => {
    changeOne(
      db,
      sql`INSERT INTO incoming_document (id, state, arrived_at, document_id, issuer_organ_id, issuer_name, addressed_organ_id, code_number, code_notation, place,
            type_name, subject, urgency, signer_name, signer_position, signer_competence, to_places, page_amount)
          VALUES (${id}, 'arrived', '2019-03-04T01:00:00.000Z', ${`doc-${number}`}, 'G09', 'Bộ Nội vụ', 'H26', ${number}, 'BNV', '', 'Công văn', ${`Về việc số ${number}`},
            0, '', '', '', '[]', 3)`,
    );
    changeOne(
      db,
      sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256)
          VALUES (${newId()}, ${id}, 1, ${`vb-${number}.pdf`}, 'application/pdf', ${file.size}, ${file.sha256})`,
    );
    run(db, sql`UPDATE file_text SET state = 'read', text = ${text}, read_at = 'z', pages = 1 WHERE sha256 = ${file.sha256}`);
    changeOne(
      db,
      sql`INSERT INTO inbox_message (id, transport_id, message_type, state, sender, sender_document_id, business_type, received_at, sha256, size, reason, document, handed_by)
          VALUES (${newId()}, ${`t-${number}`}, 'edoc', 'stored', 'G09', ${`doc-${number}`}, '0', 'a', ${message.sha256}, ${message.size}, '', ${id}, 'G09')`,
    );
  });
  return { id, sha256: file.sha256, message: message.sha256 };
}

/** A member of an open dossier: a received document, or a file of its own. */
export function addMember(store: Store, dossier: string, incoming: string): void {
  store.write((db) => {
    const ordinal = (one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM dossier_member WHERE dossier = ${dossier}`)?.n ?? 0) + 1;
    changeOne(
      db,
      sql`INSERT INTO dossier_member (id, dossier, ordinal, kind, incoming, added_at, added_by) VALUES (${newId()}, ${dossier}, ${ordinal}, 'incoming', ${incoming}, 'a', 'A')`,
    );
  });
}

export async function addOwnFile(store: Store, dossier: string, name: string, text: string): Promise<string> {
  const { sha256, size } = await store.blobs.put(Buffer.from(text, 'utf8'));
  store.write((db) => {
    const ordinal = (one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM dossier_member WHERE dossier = ${dossier}`)?.n ?? 0) + 1;
    changeOne(
      db,
      sql`INSERT INTO dossier_member (id, dossier, ordinal, kind, name, media_type, size, sha256, added_at, added_by)
          VALUES (${newId()}, ${dossier}, ${ordinal}, 'file', ${name}, 'text/plain', ${size}, ${sha256}, 'a', 'A')`,
    );
  });
  return sha256;
}

/** Answers of handlers are values; in a test the expected one is taken. */
export async function given<T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { readonly code: string } } | Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { readonly code: string } }>): Promise<T> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(`refused: ${JSON.stringify(settled.failure)}`);
  return settled.value;
}

export async function refused(outcome: unknown): Promise<string> {
  const settled = (await outcome) as { readonly ok: boolean; readonly failure?: { readonly code: string } };
  return settled.ok ? 'done' : (settled.failure?.code ?? '');
}

const decision = { number: '12/QĐ-UBND', day: '2026-11-20', signer: 'Nguyễn Văn An', signerPosition: 'Chủ tịch' };

/** Takes a list with these dossiers as far as to the head's decision; answers the list. */
export async function decided({ keeping: { handlers } }: Office, store: Store, dossiers: readonly string[], keep: readonly string[] = []): Promise<string> {
  const paper = { name: 'quyet-dinh.pdf', mediaType: 'application/pdf', ...(await store.blobs.put(Buffer.from('%PDF decision'))) };
  const { id } = await given(handlers.createDisposal({ title: 'Tài liệu hết giá trị năm 2026', expired: false }));
  await given(handlers.addDossiers({ disposal: id, dossiers: [...dossiers], reason: 'expired' }));
  await given(handlers.submit({ disposal: id }));
  const { items } = await given(handlers.items({ disposal: id, after: null, limit: 500 }));
  const kept = items.filter(({ dossier }) => keep.includes(dossier)).map((item) => item.id);
  const going = items.filter(({ dossier }) => !keep.includes(dossier)).map((item) => item.id);
  await given(handlers.giveOpinion({ items: going, opinion: 'destroy', note: '', by: 'Trần Thị Bình' }));
  if (kept.length > 0) await given(handlers.giveOpinion({ items: kept, opinion: 'keep', note: 'còn tra cứu', by: 'Trần Thị Bình' }));
  await given(
    handlers.conclude({
      disposal: id,
      members: [{ name: 'Trần Thị Bình', position: 'Chánh Văn phòng', part: 'chair' }, { name: 'Lê Văn Cường', position: 'Lưu trữ viên', part: 'secretary' }],
      metOn: '2026-11-18',
      conclusion: 'Nhất trí hủy các hồ sơ đã hết thời hạn lưu trữ.',
      file: null,
    }),
  );
  await given(handlers.decide({ disposal: id, decision, file: paper }));
  return id;
}

export const decisionNumber = decision.number;
