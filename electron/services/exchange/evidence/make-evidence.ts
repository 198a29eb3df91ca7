import { createHash } from 'node:crypto';
import { fail, ok, type FileRef } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { getOutgoing, type DocumentFonts } from '../../records/index.ts';
import type { MakeEvidence } from '../handlers.ts';
import { insertEvidenceFile } from './evidence.store.ts';
import { evidencePdf } from './evidence-pdf.ts';
import { evidenceOf } from './evidence.ts';

/** Makes the evidence files of a document and keeps them beside it: each is what was known at its moment. */
export function evidenceMaker(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly fonts: () => DocumentFonts;
}): MakeEvidence {
  const { store, clock } = deps;
  return async (document) => {
    if (getOutgoing(store.read, document) === undefined) return fail('not-found');
    const evidence = evidenceOf(store.read, document, clock.now());
    if (evidence === undefined) return fail('nothing-sent');
    const json = Buffer.from(`${JSON.stringify(evidence, null, 2)}\n`, 'utf8');
    const pdf = await evidencePdf(evidence, createHash('sha256').update(json).digest('hex'), deps.fonts());
    const stored = { json: await store.blobs.put(json), pdf: await store.blobs.put(pdf) };
    const { codeNumber, codeNotation } = evidence.document;
    const name = `chung-cu-gui-${codeNumber}-${codeNotation}`.replaceAll(/[^\p{L}\p{N}.-]/gu, '_');
    return store.write((db) => {
      const at = evidence.madeAt;
      const keep = (file: Omit<FileRef, 'id'>): FileRef => insertEvidenceFile(db, document, file, at);
      const files = {
        json: keep({ name: `${name}.json`, mediaType: 'application/json', ...stored.json }),
        pdf: keep({ name: `${name}.pdf`, mediaType: 'application/pdf', ...stored.pdf }),
      };
      appendAudit(db, {
        at,
        actor: evidence.madeBy,
        action: 'evidence.made',
        subjectKind: 'outgoing-document',
        subjectId: document,
        detail: { json: stored.json.sha256, pdf: stored.pdf.sha256 },
      });
      return ok(files);
    });
  };
}
