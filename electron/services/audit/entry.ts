import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../foundation/canonical-json.ts';

export type AuditFact = {
  /** instant, ISO 8601 UTC */
  readonly at: string;
  /** who did it: a person's name, or 'station' for what the program does by itself */
  readonly actor: string;
  /** e.g. `document.registered` */
  readonly action: string;
  /** e.g. `incoming-document` */
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail: { readonly [key: string]: Json };
};

export type AuditEntry = AuditFact & {
  /** counts from 1 without a gap */
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
};

export type AuditRow = {
  seq: number;
  at: string;
  actor: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  detail: string;
  previous_hash: string;
  hash: string;
};

/** Row to entry. */
export function entryOf(row: AuditRow): AuditEntry {
  return {
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    detail: JSON.parse(row.detail) as AuditFact['detail'],
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** What stands before the first entry. */
export const chainStart = '0'.repeat(64);

/**
 * Hash of an entry: SHA-256 over the hash before it, a line feed, and the entry's canonical JSON without its hashes.
 * Anyone can recompute it from an exported log with a few lines of any language (electron/services/audit/README.md).
 */
export function chainHash(previousHash: string, entry: Omit<AuditEntry, 'previousHash' | 'hash'>): string {
  const body: Json = {
    seq: entry.seq,
    at: entry.at,
    actor: entry.actor,
    action: entry.action,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId,
    detail: entry.detail,
  };
  return createHash('sha256').update(`${previousHash}\n${canonicalJson(body)}`).digest('hex');
}
