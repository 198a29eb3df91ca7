import type { IncrementRefusal, PdfFault, PdfFaultCode } from '../../foundation/pdf/index.ts';
import { isTrusted } from '../../foundation/pdf/index.ts';
import type { Result } from '../../foundation/outcome.ts';
import type { Missing } from './missing.ts';

/**
 * Why a file is not signed. Nothing was written when one of these is answered.
 * - `file-changed`: somebody wrote to it while it was read
 * - `pdf-damaged`: read in more than one way, or not at all; nothing is signed on such a reading
 * - `changes-forbidden`: an earlier signature allows no change at all (DocMDP P=1, ISO 32000-1 12.8.2.2)
 * - `field-locked`: an earlier signature locked this field (FieldMDP, 12.8.2.4)
 * - `field-demands`: the field has seed values that must be kept to (12.7.4.5), which are not read here
 * - `certify-not-first`: only the first signature of a file may certify it
 * - `signature-wrong`: what came back is not the signature of this certificate over this file
 * - `time-wrong`: the time-stamp is not one over this signature
 * - `copy-changed`: the prepared copy is not as it was left
 * - `no-room`: bytes of CMS
 * - `nothing-to-complete`: no signature of the file holds, or it has none
 * - `level-reached`: all that the wished level takes is there
 * - `not-completed`: nothing of what is missing could be had; `why` and `detail` as in `Missing`
 * - `certificate-revoked`: that of the signer, of an issuer or of a time-stamping authority, when it was used
 * - `field-not-text`, `field-filled`: a field that number or date are to go into is none for text with one place, or has a value
 * - `after-signature`: fields are reserved before the first signature only, as later ones may not add to the form
 * - `place-unknown`: what it is about was not found in the text and nobody pointed at it
 * - `number-wrong`, `date-wrong`: not like `12/UBND-VX`, no day of the calendar
 * - `number-differs`, `symbol-differs`, `date-differs`, `year-differs`: what is printed on the document is not what is to be entered
 * - `entry-taken`: something is shown there already; `entry-does-not-fit`: too long for its gap; `letters-missing`: not in the font
 * - `person-not-signed`: the agency signs after the competent person only (NĐ 30/2020 art. 32.2.d)
 * - `seal-does-not-fit`: the reserved field is too small for the seal in true size
 */
export type SigningRefusal =
  | { readonly code: 'file-unreadable'; readonly detail: string }
  | { readonly code: 'file-changed' }
  | { readonly code: 'target-exists' }
  | { readonly code: 'target-unwritable'; readonly detail: string }
  | { readonly code: 'pdf-damaged'; readonly fault: PdfFaultCode; readonly at: number }
  | { readonly code: 'pdf-encrypted' }
  | { readonly code: 'pdf-too-large' }
  | { readonly code: 'changes-forbidden' }
  | { readonly code: 'field-unknown'; readonly field: string }
  | { readonly code: 'field-not-signature'; readonly field: string }
  | { readonly code: 'field-signed'; readonly field: string }
  | { readonly code: 'field-locked'; readonly field: string }
  | { readonly code: 'field-demands'; readonly field: string }
  | { readonly code: 'field-name-taken'; readonly field: string }
  | { readonly code: 'field-name-wrong'; readonly field: string }
  | { readonly code: 'page-unknown'; readonly page: number; readonly pages: number }
  | { readonly code: 'certify-not-first' }
  | { readonly code: 'certificate-not-current'; readonly from: string; readonly to: string }
  | { readonly code: 'key-does-not-fit'; readonly kind: string; readonly key: string }
  | { readonly code: 'field-not-text'; readonly field: string }
  | { readonly code: 'field-filled'; readonly field: string }
  | { readonly code: 'after-signature' }
  | { readonly code: 'place-unknown'; readonly what: 'number' | 'date' | 'signer' | 'person' }
  | { readonly code: 'number-wrong'; readonly number: string }
  | { readonly code: 'date-wrong'; readonly date: string }
  | { readonly code: 'symbol-differs'; readonly printed: string; readonly number: string }
  | { readonly code: 'number-differs'; readonly printed: string; readonly number: string }
  | { readonly code: 'date-differs'; readonly printed: string; readonly date: string }
  | { readonly code: 'year-differs'; readonly printed: string; readonly date: string }
  | { readonly code: 'entry-taken'; readonly text: string }
  | { readonly code: 'entry-does-not-fit'; readonly text: string }
  | { readonly code: 'letters-missing'; readonly letters: string }
  | { readonly code: 'person-not-signed' }
  | { readonly code: 'seal-does-not-fit'; readonly millimetres: number }
  | { readonly code: 'signature-wrong' }
  | { readonly code: 'time-wrong' }
  | { readonly code: 'copy-changed' }
  | { readonly code: 'no-room'; readonly needed: number; readonly room: number }
  | { readonly code: 'nothing-to-complete' }
  | { readonly code: 'level-reached' }
  | ({ readonly code: 'not-completed' } & Missing)
  | { readonly code: 'certificate-revoked'; readonly name: string; readonly since: string; readonly reason: string };

/** Ends the work from any depth; `refusals` turns it into a value, and no function of this domain's door lets it out. */
export class Refused extends Error {
  readonly refusal: SigningRefusal;
  constructor(refusal: SigningRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Runs a step; what it refuses becomes the failure. Everything else passes through. */
export function refusals<T>(work: () => T): Result<T, SigningRefusal> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, failure: error.refusal };
    throw error;
  }
}

/** `refusals` for work that waits. */
export async function refusalsOf<T>(work: () => Promise<T>): Promise<Result<T, SigningRefusal>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, failure: error.refusal };
    throw error;
  }
}

/** What was read of a PDF, or the refusal of the file. */
export function read<T>(result: Result<T, PdfFault>): T {
  if (!result.ok) throw damaged([result.failure]);
  return result.value;
}

/** Refuses a file by the fault that weighs most against it. */
export function damaged(faults: readonly PdfFault[]): Refused {
  const worst = faults.find((one) => !isTrusted([one])) ?? faults[0];
  return new Refused({ code: 'pdf-damaged', fault: worst?.code ?? 'no-xref-section', at: worst?.at ?? 0 });
}

/** Why nothing can be appended, in this domain's words. A plan with wrong numbers or places is this program's mistake. */
export function refusedIncrement(refusal: IncrementRefusal): Error {
  if (refusal.code === 'damaged') return damaged(refusal.faults);
  if (refusal.code === 'encrypted') return new Refused({ code: 'pdf-encrypted' });
  return refusal.code === 'too-large' ? new Refused({ code: 'pdf-too-large' }) : new Error(`increment: ${refusal.code}`);
}

/** Runs a call into the file system; what it throws becomes a refusal with the system's code. */
export function onDisk<T>(code: 'file-unreadable' | 'target-unwritable', work: () => T): T {
  try {
    return work();
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Refused({ code, detail });
  }
}
