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
import { endCertification, getCertification } from './certifications.store.ts';
import { copyOrder, signedCertification, type CopyOrder, type Signed } from './certify.ts';
import { archivedFiles, insertUseCopy } from './holdings.store.ts';
import { archiveRefusal } from './keep-archival.ts';
import type { HeldPackage } from './of-package.ts';

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
  const order = copyOrder(deps.store.read, input, input.certification !== null);
  if (!order.ok) return order;
  const { held, bytes: bytesOf } = order.value;
  const signed = await certifiedBy(deps, input);
  if (!signed.ok) return signed;
  const text = signed.value;
  const place = await placeForPackages(deps, input.drive, bytesOf);
  if (!place.ok) return place;
  const { into, nameOf } = place.value;
  running.tell({ of: 1, bytesOf });
  deps.store.write((db) => {
    noted(db, deps, input, held, 'use-copy-begun', { to: into });
  });
  const hands = deps.hands();
  try {
    let bytesDone = 0;
    const answer = await hands.do(jobOf(deps, input, order.value, text, into), {
      signal: running.signal,
      moved: (bytes) => {
        bytesDone += bytes;
        running.tell({ bytesDone: Math.min(bytesDone, bytesOf) });
      },
    });
    if (!answer.ok) {
      await clearUnfinished(into);
      if (answer.failure.code === 'packages-nothing') return fail('packages-nothing');
      return archiveRefusal(answer.failure, held.fileCode);
    }
    if (answer.made === null) throw new Error('a use copy was made');
    const { form: _, path: whole, broken, ...facts } = answer.made;
    const path = nameOf(whole);
    const { recipient, validUntil, request } = input;
    const certified = text?.certified ?? null;
    // What was signed is kept beside the record of the copy; the package itself lies where it was asked for, and may go from there.
    await text?.keep();
    const copy = deps.store.write((db) => {
      const moment = { madeAt: instantOf(deps.clock), madeBy: actorOf(db).name };
      if (text !== null) endCertification(db, text.id, 'used', { at: moment.madeAt, by: moment.madeBy, reason: '' });
      const written = insertUseCopy(db, { package: input.package, dossier: held.dossier, chosen: input.documents }, { ...moment, recipient, validUntil, request, certified, ...facts, path });
      noted(db, deps, input, held, 'use-copy', { copy: written.id, ...(certified === null ? {} : { certified: certified.code, copies: certified.copies, signer: certified.signer }), package: facts.objectId, sha256: facts.sha256, documents: facts.documents, bytes: facts.bytes, fit: facts.fit, path });
      return written;
    });
    return ok({ copy, made: { ...facts, broken, path, folder: into, code: request.id, title: held.title } });
  } finally {
    await hands.end();
  }
}

type Certifying = Signed & { readonly id: string; readonly uuid: string };

/** The signed text that goes along, which must be of this very wish; null: the copy is not certified. */
async function certifiedBy(deps: HandoverDeps, { certification: id, output: _, drive: __, ...wish }: Input): Promise<Outcome<Certifying | null, CodeOf<Method>>> {
  if (id === null) return ok(null);
  const given = getCertification(deps.store.read, id);
  if (given === undefined || given.state === 'discarded') return fail('not-found');
  if (given.state === 'used') return fail('certification-used', { code: given.code });
  if (given.state === 'waiting') return fail('certification-unsigned', { file: given.file.name });
  const signed = await signedCertification(deps, wish, given, given.file);
  return signed.ok ? ok({ ...signed.value, id, uuid: given.uuid }) : signed;
}

function jobOf(deps: HandoverDeps, { package: id, request, documents, output }: Input, { day }: CopyOrder, text: Certifying | null, into: string): UseCopyJob {
  const { store } = deps;
  const { name, code } = senderOf(store.read);
  const { folder, files } = archivedFiles(store.read, id);
  return {
    kind: 'use-copy',
    from: { path: null, folder, sha256: '', files },
    order: {
      archive: { name, code },
      // A text that was signed before names the package that it goes along with.
      uuid: text?.uuid ?? randomUUID().toUpperCase(),
      createdAt: instantOf(deps.clock),
      software: deps.software,
      to: {
        kind: 'DIP',
        request: { kind: 'request', requestID: request.id, requestDate: day, purpose: request.purpose, purposeContent: request.content, feeObjectType: request.payer, researchTopic: request.topic, description: request.description },
        ...(documents === null ? {} : { documents }),
      },
    },
    certification: text?.file ?? null,
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
