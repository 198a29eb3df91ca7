import type { DestroyedFile, DisposalPreview } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { contentsOf, membersOf, staysBecause, type Content, type Member } from './contents.store.ts';

export type ItemToDestroy = { readonly id: string; readonly disposal: string; readonly dossier: string; readonly state: 'proposed' | 'destroying'; readonly code: string; readonly decision: string };

/** The next dossier of a list that is to be destroyed; one that is marked already goes first. */
export function nextToDestroy(db: ReadDb, disposal: string): ItemToDestroy | undefined {
  return one<ItemToDestroy>(
    db,
    sql`SELECT i.id, i.disposal, i.dossier, i.state, d.notation AS code, l.decision_number AS decision
        FROM disposal_item AS i JOIN dossier AS d ON d.id = i.dossier JOIN disposal AS l ON l.id = i.disposal
        WHERE i.disposal = ${disposal} AND i.state IN ('proposed', 'destroying') AND i.opinion = 'destroy' ORDER BY i.state, i.id LIMIT 1`,
  );
}

/** How many dossiers of a list are to be destroyed, and how many of them still are. */
export function countToDestroy(db: ReadDb, disposal: string): { readonly all: number; readonly left: number } {
  const row = one<{ n: number; gone: number | null }>(
    db,
    sql`SELECT COUNT(*) AS n, SUM(state = 'destroyed') AS gone FROM disposal_item WHERE disposal = ${disposal} AND opinion = 'destroy' AND state <> 'removed'`,
  );
  return { all: row?.n ?? 0, left: (row?.n ?? 0) - (row?.gone ?? 0) };
}

/** Writes the trace of a document's files and marks them: from here on nothing holds their bytes for it. */
export function traceContents(db: WriteDb, item: ItemToDestroy, member: Member, contents: readonly Content[], at: string): void {
  for (const { kind, name, size, sha256 } of contents) {
    changeOne(
      db,
      sql`INSERT INTO destroyed_file (id, disposal, item, document, about, kind, name, size, content, destroyed_at)
          VALUES (${newId()}, ${item.disposal}, ${item.id}, ${member.document}, ${member.about}, ${kind}, ${name}, ${size}, ${sha256}, ${at})`,
    );
  }
  if (member.kind === 'file') {
    changeOne(db, sql`UPDATE dossier_member SET destroyed_at = ${at} WHERE id = ${member.member}`);
    return;
  }
  // What a package holds is marked with its dossier.
  if (member.kind === 'package') return;
  run(db, sql`INSERT INTO disposed_document (document, item, at) VALUES (${member.document}, ${item.id}, ${at}) ON CONFLICT (document) DO NOTHING`);
  run(
    db,
    member.kind === 'incoming'
      ? sql`UPDATE incoming_file SET destroyed_at = ${at} WHERE document = ${member.document} AND destroyed_at IS NULL`
      : sql`UPDATE outgoing_file SET destroyed_at = ${at} WHERE document = ${member.document} AND destroyed_at IS NULL`,
  );
}

/** A dossier whose trace is written. */
export function markDestroying(db: WriteDb, item: string): void {
  changeOne(db, sql`UPDATE disposal_item SET state = 'destroying' WHERE id = ${item} AND state = 'proposed'`);
}

/** A dossier whose bytes are gone. */
export function markDestroyed(db: WriteDb, item: ItemToDestroy, at: string): void {
  changeOne(db, sql`UPDATE disposal_item SET state = 'destroyed' WHERE id = ${item.id} AND state = 'destroying'`);
  changeOne(db, sql`UPDATE dossier SET disposal = 'destroyed', disposal_at = ${at} WHERE id = ${item.dossier}`);
}

/** A list that is through. */
export function endDisposal(db: WriteDb, disposal: string, at: string): void {
  changeOne(db, sql`UPDATE disposal SET state = 'destroyed', ended_at = ${at} WHERE id = ${disposal} AND state = 'destroying'`);
}

/** Contents of a marked dossier whose bytes were not seen to be gone, each once. */
export function contentsToRemove(db: ReadDb, item: string, limit: number): string[] {
  return all<{ content: string }>(db, sql`SELECT DISTINCT content FROM destroyed_file WHERE item = ${item} AND gone_at IS NULL ORDER BY content LIMIT ${limit}`).map(({ content }) => content);
}

/** Notes that a content was removed, or stays as something else has it. */
export function noteGone(db: WriteDb, item: string, content: string, stays: boolean, at: string): void {
  run(db, sql`UPDATE destroyed_file SET gone_at = ${at}, stays = ${stays ? 1 : 0} WHERE item = ${item} AND content = ${content} AND gone_at IS NULL`);
}

/** The trace of a dossier, for the log. */
export function destroyedFilesOf(db: ReadDb, item: string): { id: string; document: string; kind: string; name: string; size: number; content: string; stays: number }[] {
  return all(db, sql`SELECT id, document, kind, name, size, content, stays FROM destroyed_file WHERE item = ${item} ORDER BY id`);
}

/** Traces, the newest first; of one list or of all. */
export function listDestroyed(db: ReadDb, disposal: string | null, after: string | null, limit: number): DestroyedFile[] {
  type Row = Omit<DestroyedFile, 'contentStays'> & { stays: number };
  return all<Row>(
    db,
    sql`SELECT f.id, f.disposal, i.dossier, d.notation AS dossierCode, f.document, f.about, f.name, f.size, f.content AS sha256, f.destroyed_at AS destroyedAt, f.stays
        FROM destroyed_file AS f JOIN disposal_item AS i ON i.id = f.item JOIN dossier AS d ON d.id = i.dossier
        WHERE f.id < ${after ?? '~'} AND ${disposal === null ? sql`TRUE` : sql`f.disposal = ${disposal}`} ORDER BY f.id DESC LIMIT ${limit}`,
  ).map(({ stays, ...row }) => ({ ...row, contentStays: stays === 1 }));
}

/** What is told of what stays; the rest is only counted. */
const mostStays = 200;

/** What would go with a list and what would stay, as things stand now. Nothing is written. */
export function previewOf(db: ReadDb, disposal: string): DisposalPreview {
  const items = all<{ dossier: string }>(db, sql`SELECT dossier FROM disposal_item WHERE disposal = ${disposal} AND state IN ('proposed', 'destroying') AND opinion IS NOT 'keep' ORDER BY id`);
  const stays: DisposalPreview['stays'] = [];
  const documents = new Set<string>();
  const contents = new Map<string, number>();
  let files = 0;
  let staysCount = 0;
  for (const { dossier } of items) {
    for (const member of membersOf(db, dossier)) {
      const because = staysBecause(db, member, dossier, disposal);
      if (because !== undefined) {
        staysCount += 1;
        if (stays.length < mostStays) stays.push({ dossier, document: member.document, about: member.about, because });
        continue;
      }
      if (documents.has(member.document)) continue;
      if (member.kind !== 'package') documents.add(member.document);
      for (const { sha256, size } of contentsOf(db, member)) {
        files += 1;
        contents.set(sha256, size);
      }
    }
  }
  let bytes = 0;
  for (const size of contents.values()) bytes += size;
  return { dossiers: items.length, documents: documents.size, files, bytes, stays, staysCount };
}

