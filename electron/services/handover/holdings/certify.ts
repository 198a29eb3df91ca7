import { randomUUID } from 'node:crypto';
import { fail, ok, type Certification, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf, type StoredFile, type UseCopy } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { one, sql, type ReadDb } from '../../../store/index.ts';
import { codeLists, objectIdOf, type PackageFile } from '../../packages/index.ts';
import { keepPrinted, printFacts } from '../../records/index.ts';
import { senderOf } from '../making/ordered.ts';
import type { HandoverDeps } from '../ports.ts';
import { certificationPage } from './certification-page.ts';
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

/** Makes the text of TT 05/2025/TT-BNV art. 42.2 for a use copy that is about to be given out; it waits for the archive's signature. */
export async function makeCertification(deps: HandoverDeps, { certification: wish, ...asked }: InputOf<Method>): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const order = copyOrder(deps.store.read, asked, true);
  if (!order.ok) return order;
  const certification = { ...wish, uuid: randomUUID().toUpperCase(), issuedAt: instantOf(deps.clock) };
  const made = await textOf(deps, asked, order.value, certification);
  if (made === undefined) return fail('packages-nothing');
  const facts = printFacts(deps.store.read, deps.clock);
  const detail = { package: asked.package, code: made.code, recipient: asked.recipient.name, request: asked.request.id, objectId: made.objectId };
  return ok({ certification, code: made.code, file: await keepPrinted(deps, facts, { kind: 'hand-over', name: `van-ban-xac-thuc-${made.code}`, format: 'pdf', bytes: made.bytes, detail }) });
}

/** Mã xác thực lưu trữ (art. 42.2.a): code of the archive, year, and what makes the package's UUID its own. */
function certificationCode(archive: string, { uuid, issuedAt }: Pick<Certification, 'uuid' | 'issuedAt'>): string {
  return [archive, vietnamDay(new Date(issuedAt)).slice(0, 4), uuid.replaceAll('-', '').slice(0, 12)].filter((part) => part !== '').join('.');
}

type Text = { readonly bytes: Uint8Array; readonly code: string; readonly objectId: string };

/** The text of a wish, the same bytes whenever it is asked for; undefined when the copy has no document. */
async function textOf(deps: HandoverDeps, { package: id, request, recipient, validUntil, documents }: Wish, { day }: CopyOrder, certification: Certification): Promise<Text | undefined> {
  const { read } = deps.store;
  const sender = senderOf(read);
  const chosen = documents === null ? null : new Set(documents);
  const certified = certifiedDocuments(read, id).filter(({ docCode }) => chosen?.has(docCode) !== false);
  if (certified.length === 0) return undefined;
  const code = certificationCode(sender.code, certification);
  const objectId = objectIdOf({ form: 'DIP', uuid: certification.uuid, sender });
  const head = { ...printFacts(read, deps.clock), at: certification.issuedAt };
  const bytes = await certificationPage(deps.fonts(), head, {
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
  return { bytes, code, objectId };
}

export type Signed = { readonly file: PackageFile; readonly certified: NonNullable<UseCopy['certified']>; /** keeps it among what was printed */ readonly keep: () => Promise<unknown> };
type SignedCode = 'certification-other' | 'certification-used' | 'certification-unsigned' | 'certification-invalid' | 'certification-person' | 'packages-nothing' | 'file-damaged';

/** More than the text and its signatures have. */
const mostBytes = 32 * 2 ** 20;

/**
 * The signed text of a wish, or why it is not: it must begin with the very bytes that were made of this wish, as a signature appends to them,
 * and it must be an agency's (art. 41.1) and not invalid. Where only its chain or status is not known yet it is taken, and written down as such.
 */
export async function signedCertification(deps: HandoverDeps, wish: Wish, order: CopyOrder, given: Certification & { readonly signed: StoredFile }): Promise<Outcome<Signed, SignedCode> | Refusal<SignedCode>> {
  const { signed, ...certification } = given;
  const made = await textOf(deps, wish, order, certification);
  if (made === undefined) return fail('packages-nothing');
  const known = one(deps.store.read, sql`SELECT 1 FROM use_copy WHERE object_id = ${made.objectId}`);
  if (known !== undefined) return fail('certification-used', { code: made.code });
  if (signed.size > mostBytes || !deps.store.blobs.has(signed.sha256)) return fail('certification-other', { file: signed.name });
  const { bytes } = await deps.store.blobs.range(signed.sha256, 0, mostBytes);
  if (!bytes.subarray(0, made.bytes.length).equals(made.bytes)) return fail('certification-other', { file: signed.name });
  const verdict = bytes.length === made.bytes.length ? undefined : await deps.lookAt(Uint8Array.from(bytes));
  const signature = verdict?.signatures.findLast(({ kind }) => kind === 'signature');
  if (verdict === undefined || signature === undefined) return fail('certification-unsigned', { file: signed.name });
  const { indication } = verdict;
  if (indication === 'failed' || signature.cryptography.indication !== 'passed' || signature.coverage.indication !== 'passed') return fail('certification-invalid', { file: signed.name });
  const { name = '', organization = '', capacity } = signature.signer ?? {};
  if (capacity === 'person') return fail('certification-person', { file: signed.name, signer: name });
  const signer = [...new Set([name, organization])].filter((part) => part !== '').join(', ');
  return ok({
    keep: () => keepPrinted(deps, printFacts(deps.store.read, deps.clock), { kind: 'hand-over', name: `van-ban-xac-thuc-${made.code}-da-ky`, format: 'pdf', bytes, detail: { package: wish.package, code: made.code, signer, indication } }),
    file: { sha256: signed.sha256, size: bytes.length, name: `Văn bản xác thực ${made.code}.pdf`, mediaType: 'application/pdf', createdAt: certification.issuedAt, verdict: null },
    certified: { code: made.code, copies: certification.copies, signer, indication },
  });
}
