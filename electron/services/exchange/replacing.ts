import type { WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { forerunnersOf, freezeOutgoing, withdrawReplacement } from '../records/index.ts';
import { dispatchesOf } from './recipients.store.ts';
import type { OutboxRow } from './outbox.store.ts';

/** The axis has a replacement: from now on the document that it replaces is frozen. */
export function replacementLeft(db: WriteDb, row: OutboxRow, at: string): void {
  eachForerunner(db, row, (old, by, reason) => {
    freezeOutgoing(db, old, { state: 'replaced', at, reason, replacedBy: by });
    appendAudit(db, { at, actor: 'station', action: 'document.replaced', subjectKind: 'outgoing-document', subjectId: old, detail: { by, reason } });
  });
}

/**
 * A replacement that has surely not left is cancelled: what it was to replace is again what it was. Answers those
 * documents; none for a row of another kind.
 */
export function replacementCancelled(
  db: WriteDb,
  row: OutboxRow,
  act: { readonly at: string; readonly actor: string; readonly note: string },
): string[] {
  const { note, ...rest } = act;
  const released: string[] = [];
  eachForerunner(db, row, (old, by) => {
    withdrawReplacement(db, old);
    released.push(old);
    appendAudit(db, { ...rest, action: 'document.kept', subjectKind: 'outgoing-document', subjectId: old, detail: { by, note } });
  });
  return released;
}

function eachForerunner(db: WriteDb, row: OutboxRow, act: (old: string, by: string, reason: string) => void): void {
  const { content, item } = row;
  if (content.kind !== 'document' || item.dispatch !== 'replace' || item.outgoing === null) return;
  const reason = dispatchesOf(db, item.outgoing).find((one) => one.id === content.dispatch)?.reason ?? '';
  for (const old of forerunnersOf(db, item.outgoing)) if (old.state === 'issued') act(old.id, item.outgoing, reason);
}
