import { randomUUID } from 'node:crypto';
import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import type { WriteDb } from '../../../store/index.ts';
import { noteAct } from '../../dossiers/index.ts';
import { actorOf } from '../../people/index.ts';
import type { UseCopyJob } from '../aside/jobs.ts';
import { senderOf } from '../making/ordered.ts';
import { clearUnfinished, placeForPackages } from '../making/place.ts';
import type { HandoverDeps } from '../ports.ts';
import type { Running, Runs } from '../runs.ts';
import { archivedFiles, getArchived, insertUseCopy } from './holdings.store.ts';
import { archiveRefusal } from './keep-archival.ts';
import { readablePackage, type HeldPackage } from './of-package.ts';

type Method = Contract['holdings']['makeUseCopy'];
type Input = InputOf<Method>;
type Answer = Outcome<OutputOf<Method>, CodeOf<Method>>;

/**
 * Makes a DIP of an archived package for somebody (TT 05/2025/TT-BNV art. 32.3, 42), in the folder of packages made here or on a drive.
 * That it is being made, and for whom, is in the dossier's history before anything lies there; what was made is written down after it.
 */
export function makeUseCopy(deps: HandoverDeps, runs: Runs, input: Input): Promise<Answer> {
  return runs.run('making', input.package, (running) => made(deps, input, running));
}

async function made(deps: HandoverDeps, input: Input, running: Running): Promise<Answer> {
  const found = readablePackage(deps.store.read, input.package);
  if (!found.ok) return found;
  const archived = getArchived(deps.store.read, input.package);
  if (archived === undefined) return fail('not-archived');
  const { day } = input.request;
  if (input.request.id === '' || input.request.content === '' || day === null) return fail('request-incomplete');
  const place = await placeForPackages(deps, input.drive, archived.bytes);
  if (!place.ok) return place;
  const { into, nameOf } = place.value;
  running.tell({ of: 1, bytesOf: archived.bytes });
  deps.store.write((db) => {
    noted(db, deps, input, found.value, 'use-copy-begun', { to: into });
  });
  const hands = deps.hands();
  try {
    let bytesDone = 0;
    const answer = await hands.do(jobOf(deps, input, day, into), {
      signal: running.signal,
      moved: (bytes) => {
        bytesDone += bytes;
        running.tell({ bytesDone: Math.min(bytesDone, archived.bytes) });
      },
    });
    if (!answer.ok) {
      await clearUnfinished(into);
      if (answer.failure.code === 'packages-nothing') return fail('packages-nothing');
      return archiveRefusal(answer.failure, found.value.fileCode);
    }
    if (answer.made === null) throw new Error('a use copy was made');
    const { form: _, path: whole, broken, ...facts } = answer.made;
    const path = nameOf(whole);
    const { recipient, validUntil, request } = input;
    const copy = deps.store.write((db) => {
      const moment = { madeAt: instantOf(deps.clock), madeBy: actorOf(db).name };
      const written = insertUseCopy(db, { package: input.package, dossier: found.value.dossier, chosen: input.documents }, { ...moment, recipient, validUntil, request, ...facts, path });
      noted(db, deps, input, found.value, 'use-copy', { copy: written.id, package: facts.objectId, sha256: facts.sha256, documents: facts.documents, bytes: facts.bytes, fit: facts.fit, path });
      return written;
    });
    return ok({ copy, made: { ...facts, broken, path, folder: into, code: request.id, title: found.value.title } });
  } finally {
    await hands.end();
  }
}

function jobOf(deps: HandoverDeps, { package: id, request, documents, output }: Input, day: string, into: string): UseCopyJob {
  const { store } = deps;
  const { name, code } = senderOf(store.read);
  const { folder, files } = archivedFiles(store.read, id);
  return {
    kind: 'use-copy',
    from: { path: null, folder, sha256: '', files },
    order: {
      archive: { name, code },
      uuid: randomUUID().toUpperCase(),
      createdAt: instantOf(deps.clock),
      software: deps.software,
      to: {
        kind: 'DIP',
        request: { kind: 'request', requestID: request.id, requestDate: day, purpose: request.purpose, purposeContent: request.content, feeObjectType: request.payer, researchTopic: request.topic, description: request.description },
        ...(documents === null ? {} : { documents }),
      },
    },
    into,
    output,
  };
}

/** Who gets what, when and what for, in the dossier's history and in the audit log, in the caller's transaction. */
function noted(db: WriteDb, { clock }: Pick<HandoverDeps, 'clock'>, { recipient, validUntil, request, documents }: Input, { dossier }: HeldPackage, act: 'use-copy-begun' | 'use-copy', more: Parameters<typeof noteAct>[4]): void {
  noteAct(db, { dossier }, act, { at: instantOf(clock), by: actorOf(db).name, reason: `${recipient.name}. ${request.content}` }, {
    recipient: recipient.name,
    recipientId: recipient.id,
    request: request.id,
    purpose: request.purpose,
    validUntil,
    chosen: documents === null ? 'all' : [...documents],
    ...more,
  });
}
