import { createHash, randomUUID } from 'node:crypto';
import { fail, ok, type Certification, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf, type StoredFile, type UseCopy } from '#contract';
import { canonicalJson } from '../../../foundation/canonical-json.ts';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { afterCommit, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { noteAct } from '../../dossiers/index.ts';
import { codeLists, objectIdOf, type PackageFile } from '../../packages/index.ts';
import { actorOf } from '../../people/index.ts';
import { keepPrinted, printFacts } from '../../records/index.ts';
import { senderOf } from '../making/ordered.ts';
import type { HandoverDeps } from '../ports.ts';
import { certificationPage } from './certification-page.ts';
import { getCertification, insertCertification, type KeptCertification, type SealPlace } from './certifications.store.ts';
import { certifiedDocuments, getArchived } from './holdings.store.ts';
import { readablePackage, type HeldPackage } from './of-package.ts';

type Method = Contract['holdings']['makeCertification'];
type Wish = Omit<InputOf<Method>, 'certification'>;
type Refusal<Code extends string> = Extract<Outcome<never, Code>, { readonly ok: false }>;
type WishCode = 'not-found' | 'no-access' | 'not-archived' | 'request-incomplete' | 'recipient-unidentified';

export type CopyOrder = { readonly held: HeldPackage; /** of the AIP */ readonly bytes: number; /** of the request */ readonly day: string };

/** What a use copy is made of, or why none may be. `certified`: its recipient must be named by a paper too (art. 42.2.c). */
export function copyOrder(db: ReadDb, { package: id, request, recipient }: Wish, certified: boolean): Outcome<CopyOrder, WishCode> {
  const found = readablePackage(db, id);
  if (!found.ok) return found;
  const archived = getArchived(db, id);
  if (archived === undefined) return fail('not-archived');
  if (request.id === '' || request.content === '' || request.day === null) return fail('request-incomplete');
  if (certified && recipient.id === '') return fail('recipient-unidentified');
  return ok({ held: found.value, bytes: archived.bytes, day: request.day });
}

/** Makes the text of TT 05/2025/TT-BNV art. 42.2 for a use copy that is about to be given out, and keeps it until the agency has signed it. */
export async function makeCertification(deps: HandoverDeps, { certification: wish, ...asked }: InputOf<Method>): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const { store } = deps;
  const order = copyOrder(store.read, asked, true);
  if (!order.ok) return order;
  const certification = { ...wish, uuid: randomUUID().toUpperCase(), issuedAt: instantOf(deps.clock) };
  const made = await textOf(deps, asked, order.value, certification);
  if (made === undefined) return fail('packages-nothing');
  const { code, objectId, place } = made;
  const file = { name: `van-ban-xac-thuc-${code}.pdf`, ...(await store.blobs.put(made.bytes)) };
  const { package: id, ...rest } = asked;
  const { dossier } = order.value.held;
  return ok(
    store.write((db) => {
      const by = actorOf(db).name;
      const written = insertCertification(db, { ...certification, package: id, dossier, madeAt: certification.issuedAt, madeBy: by, code, wish: rest, place, file });
      act(deps, db, dossier, 'certification-made', { at: certification.issuedAt, by, reason: '' }, { certification: written, package: id, code, recipient: asked.recipient.name, request: asked.request.id, objectId, sha256: file.sha256 });
      return shownCertification(db, written);
    }),
  );
}

/** One as the window is told it. */
export function shownCertification(db: ReadDb, id: string): Certification {
  const found = getCertification(db, id);
  if (found === undefined) throw new Error('a certification stays on record');
  return withoutPlace(found);
}

/** What a window is told of one. */
export function withoutPlace({ package: _, dossier: __, place: ___, text: ____, ...certification }: KeptCertification): Certification {
  return certification;
}

/** Notes an act in the dossier's history and in the audit log, and tells windows. */
export function act(deps: Pick<HandoverDeps, 'dossiersChanged'>, db: WriteDb, dossier: string, name: string, moment: Parameters<typeof noteAct>[3], detail: Parameters<typeof noteAct>[4]): void {
  noteAct(db, { dossier }, name, moment, detail);
  afterCommit(db, () => {
    deps.dossiersChanged([dossier]);
  });
}

/** Mã xác thực lưu trữ (art. 42.2.a): code of the archive, year, and what makes the package's UUID its own. */
function certificationCode(archive: string, { uuid, issuedAt }: Pick<Named, 'uuid' | 'issuedAt'>): string {
  return [archive, vietnamDay(new Date(issuedAt)).slice(0, 4), uuid.replaceAll('-', '').slice(0, 12)].filter((part) => part !== '').join('.');
}

type Text = { readonly bytes: Uint8Array; readonly code: string; readonly objectId: string; readonly place: SealPlace };
/** What of a certification decides its text beside the wish. */
type Named = Pick<Certification, 'archive' | 'copies' | 'uuid' | 'issuedAt'>;

/** The text of a wish, the same bytes whenever it is asked for; undefined when the copy has no document. */
async function textOf(deps: HandoverDeps, { package: id, request, recipient, validUntil, documents }: Wish, { day }: CopyOrder, certification: Named): Promise<Text | undefined> {
  const { read } = deps.store;
  const sender = senderOf(read);
  const chosen = documents === null ? null : new Set(documents);
  const certified = certifiedDocuments(read, id).filter(({ docCode }) => chosen?.has(docCode) !== false);
  if (certified.length === 0) return undefined;
  const code = certificationCode(sender.code, certification);
  const objectId = objectIdOf({ form: 'DIP', uuid: certification.uuid, sender });
  const head = { ...printFacts(read, deps.clock), at: certification.issuedAt };
  const { bytes, place } = await certificationPage(deps.fonts(), head, {
    code,
    archive: certification.archive,
    recipient,
    documents: certified.map((one) => ({ ...one, docCode: [sender.code, one.docCode].filter((part) => part !== '').join('.') })),
    purpose: `${codeLists.purpose[request.purpose]}: ${request.content}`,
    issuedOn: vietnamDay(new Date(certification.issuedAt)),
    validUntil,
    copies: certification.copies,
    objectId,
    request: { id: request.id, day },
  });
  return { bytes, code, objectId, place };
}

export type Signed = { readonly file: PackageFile; readonly certified: NonNullable<UseCopy['certified']>; /** keeps it among what was printed */ readonly keep: () => Promise<unknown> };
type SignedCode = 'certification-other' | 'certification-unsigned' | 'certification-invalid' | 'certification-person';

/** More than the text and its signatures have. */
const mostBytes = 32 * 2 ** 20;

/** Of a wish what a text is made of, in one order: documents stand in it in the order of the package. */
function plainWish({ documents, ...wish }: Omit<Wish, 'package'>): string {
  return canonicalJson({ ...wish, documents: documents?.toSorted() ?? null });
}

/**
 * The signed text of a wish, or why it is not: it must have been made of this very wish and begin with the bytes that were made then, as a
 * signature appends to them, and the signature must be an agency's (art. 41.1) and not invalid. Where only its chain or status is not known
 * yet it is taken, and written down as such.
 */
export async function signedCertification(deps: HandoverDeps, { package: of, ...wish }: Wish, given: KeptCertification, signed: Pick<StoredFile, 'name' | 'size' | 'sha256'>): Promise<Outcome<Signed, SignedCode> | Refusal<SignedCode>> {
  const { code, text } = given;
  if (given.package !== of || plainWish(wish) !== plainWish(given.wish)) return fail('certification-other', { file: signed.name });
  if (signed.size > mostBytes || !deps.store.blobs.has(signed.sha256)) return fail('certification-other', { file: signed.name });
  const { bytes } = await deps.store.blobs.range(signed.sha256, 0, mostBytes);
  if (createHash('sha256').update(bytes.subarray(0, text.size)).digest('hex') !== text.sha256) return fail('certification-other', { file: signed.name });
  const verdict = bytes.length === text.size ? undefined : await deps.lookAt(Uint8Array.from(bytes));
  const signature = verdict?.signatures.findLast(({ kind }) => kind === 'signature');
  if (verdict === undefined || signature === undefined) return fail('certification-unsigned', { file: signed.name });
  const { indication } = verdict;
  if (indication === 'failed' || signature.cryptography.indication !== 'passed' || signature.coverage.indication !== 'passed') return fail('certification-invalid', { file: signed.name });
  const { name = '', organization = '', capacity } = signature.signer ?? {};
  if (capacity === 'person') return fail('certification-person', { file: signed.name, signer: name });
  const signer = [...new Set([name, organization])].filter((part) => part !== '').join(', ');
  return ok({
    keep: () => keepPrinted(deps, printFacts(deps.store.read, deps.clock), { kind: 'hand-over', name: `van-ban-xac-thuc-${code}-da-ky`, format: 'pdf', bytes, detail: { package: of, code, signer, indication } }),
    file: { sha256: signed.sha256, size: bytes.length, name: `Văn bản xác thực ${code}.pdf`, mediaType: 'application/pdf', createdAt: given.issuedAt, verdict: null },
    certified: { code, copies: given.copies, signer, indication },
  });
}
