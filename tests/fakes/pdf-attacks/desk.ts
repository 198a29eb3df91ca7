import { auditDisguised, auditPdf, isTrusted, memoryBytes, openPdf, pagesOf, signatureCoverage, signaturesOf, viewOf, type PdfFile } from '../../../electron/foundation/pdf/index.ts';
import { differencesSince, type Change, type DifferencesContext, type LaterSignature } from '../../../electron/services/verification/differences/differences.ts';
import { rulesOf } from '../../../electron/services/verification/differences/find-differences.ts';
import type { ChangeClass } from '../../../electron/services/verification/differences/policy.ts';

/** What is told of the signatures of a file by field name; sound, passing and of the agency where nothing is said. */
export type Facts = Readonly<Record<string, { readonly isSound?: boolean; readonly passes?: boolean; readonly isUndecided?: boolean; readonly agency?: string; readonly signer?: string }>>;

/** `broken`: structure or coverage refuse the file, whatever the comparison, as far as there is one, says besides. */
export type Answer = { readonly overall: ChangeClass | 'broken'; readonly changes: readonly Change[]; readonly why: string };

const broken = (why: string): Answer => ({ overall: 'broken', changes: [], why });

/**
 * Parts (1) without the CMS and (2) of a verdict for the signature of a file that covers least, as the caller of the
 * analysis puts them together: reading, audit, coverage, changes.
 */
export function deskAnswer(bytes: Uint8Array, facts: Facts = {}, inkIn?: DifferencesContext<string>['inkIn']): Answer {
  const opened = openPdf(memoryBytes(bytes), { mayRepair: true });
  if (!opened.ok) return broken(opened.failure.code);
  const file = opened.value;
  if (file.isRepaired) return broken(`repaired: ${file.faults[0]?.code ?? ''}`);
  const listed = signaturesOf(file);
  if (!listed.ok) return broken(listed.failure.code);
  const [unread] = listed.value.unread;
  if (unread !== undefined) return broken(`unread: ${unread.fault.code}`);
  const signatures = listed.value.signatures.map((signature) => ({ signature, coverage: signatureCoverage(file, signature) }));
  const whole = signatures.filter(({ coverage }) => coverage.revision !== undefined);
  const [first] = whole.toSorted((a, b) => (a.coverage.revision ?? 0) - (b.coverage.revision ?? 0));
  const fault = signatures.flatMap(({ coverage }) => coverage.faults)[0];
  if (first?.coverage.revision === undefined) return broken(`coverage: ${String(fault)}`);
  const answer = differencesSince(file, first.coverage.revision, contextOf(signatures, facts, inkIn));
  const changes = answer.ok ? answer.value.changes : [];
  const spoilt = (why: string): Answer => ({ ...broken(why), changes });
  if (fault !== undefined) return spoilt(`coverage: ${fault}`);
  if (signatures.some(({ signature }) => !signature.isInNewest)) return spoilt('signature hidden or removed');
  const read = auditPdf(file);
  const audited = read.ok ? auditDisguised(file, first.coverage.revision) : read;
  const pages = pagesOf(viewOf(file));
  if (!audited.ok) return spoilt(audited.failure.code);
  if (!pages.ok) return spoilt(pages.failure.code);
  if (!answer.ok) return spoilt(`changes: ${answer.failure.code}`);
  if (!isTrusted(file.faults)) return spoilt(worst(file));
  if (first.coverage.laterRevisions.length === 0 && !first.coverage.coversFile) return spoilt('tail');
  const { overall } = answer.value;
  const codes = changes.filter((one) => one.class === overall).map(({ code }) => code);
  return { overall, changes, why: [...new Set(codes)].sort().join(', ') };
}

function worst(file: PdfFile): string {
  return file.faults.find((one) => !isTrusted([one]))?.code ?? '';
}

type Listed = { readonly signature: Extract<ReturnType<typeof signaturesOf>, { ok: true }>['value']['signatures'][number]; readonly coverage: ReturnType<typeof signatureCoverage> };

export function contextOf(signatures: readonly Listed[], facts: Facts, inkIn?: DifferencesContext<string>['inkIn']): DifferencesContext<string> {
  const rules = signatures.flatMap(({ signature, coverage }) => rulesOf(signature, coverage.revision ?? signature.since));
  const later = signatures.map(({ signature, coverage }): LaterSignature<string> => {
    const fact = facts[signature.fields[0] ?? ''];
    const agency = `${fact?.agency ?? 'BTN'}|${fact?.signer ?? signature.fields[0] ?? ''}`;
    return { dictionary: signature.dictionary.holder.number, revision: coverage.revision ?? null, isSound: fact?.isSound ?? true, passes: fact?.passes ?? true, isUndecided: fact?.isUndecided ?? false, agency };
  });
  const part = (of: string, n: number): string => of.split('|')[n] ?? '';
  return {
    rules,
    later,
    agency: later[0]?.agency ?? '',
    sameAgency: (a, b) => part(a, 0) === part(b, 0),
    sameSigner: (a, b) => a === b,
    ...(inkIn === undefined ? {} : { inkIn }),
  };
}
