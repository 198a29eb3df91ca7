import { closeSync, fstatSync, openSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { fileBytes, openPdf, viewOf, type PdfFile } from '../../../foundation/pdf/index.ts';
import type { Result } from '../../../foundation/outcome.ts';
import { onDisk, read, refusals, type SigningRefusal } from '../refusals.ts';
import type { SigningLevel } from '../wish.ts';
import { assess, type Lack, type Target, type Trust } from './assess.ts';
import { factsOf, nameOf, rangeDigests, type ProvenTime, type SignatureFacts } from './facts.ts';
import { materialIn } from './material.ts';

/**
 * What a signature lacks. `unsound`: the signature itself does not hold; `unread`: it is of a form that is not read here. `no-time`, `no-archive-time`: nobody but the
 * signer says when it was there, nobody says when the evidence was. The others as in `Lack`, `name` being whose certificate.
 */
export type LevelLack = { readonly code: 'unsound' | 'unread' | 'no-time' | 'no-archive-time' | Lack['code']; readonly name: string; readonly detail: string };

/** The level that a signature has reached, read from the file alone. */
export type SignatureLevel = {
  readonly field: string;
  /** by the certificate; '' when there is none */
  readonly signer: string;
  /** null: it does not hold or is not read, and what surrounds it says nothing about it */
  readonly level: SigningLevel | null;
  /** false: of another profile than PAdES baseline; the level tells what surrounds it */
  readonly isBaseline: boolean;
  /** when it was there at the latest, and whether the signature itself says so or a document time-stamp does */
  readonly time: string | null;
  readonly timeBy: 'signature' | 'document' | null;
  /** why the next level is not reached */
  readonly lacks: readonly LevelLack[];
  /** when the certificate of the newest time-stamp runs out: another must have been made by then */
  readonly renewBefore: string | null;
};

/** Tells the levels of a file's signatures, oldest first. Nothing is asked for on the network; the file is only read. */
export function levelOf(path: string, trust: Trust): Result<readonly SignatureLevel[], SigningRefusal> {
  return refusals(() => {
    const handle = onDisk('file-unreadable', () => openSync(path, 'r'));
    try {
      const file = read(openPdf(fileBytes(handle, fstatSync(handle).size)));
      return levelsIn(file, factsOf(file, rangeDigests()), trust);
    } finally {
      closeSync(handle);
    }
  });
}

/** `levelOf` for an open file. */
export function levelsIn(file: PdfFile, facts: readonly SignatureFacts[], trust: Trust): readonly SignatureLevel[] {
  return facts.filter(({ kind }) => kind === 'signature').map((one) => levelIn(file, one, facts, trust));
}

function levelIn(file: PdfFile, one: SignatureFacts, facts: readonly SignatureFacts[], trust: Trust): SignatureLevel {
  const time = timeOf(one, facts);
  const newest = stampsAfter(one, facts).at(-1)?.times[0] ?? time?.proven;
  const base = {
    field: one.field,
    signer: one.certificate === undefined ? '' : nameOf(one.certificate),
    isBaseline: one.isBaseline,
    time: time?.proven.at.toISOString() ?? null,
    timeBy: time === undefined ? null : time.by === one ? ('signature' as const) : ('document' as const),
    renewBefore: newest?.authority.notAfter.toISOString() ?? null,
  };
  const lack = (code: 'unsound' | 'unread' | 'no-time' | 'no-archive-time'): LevelLack[] => [{ code, name: '', detail: '' }];
  if (!one.isSound) return { ...base, level: null, lacks: lack(one.isRead ? 'unsound' : 'unread') };
  if (time === undefined) return { ...base, level: 'B', lacks: lack('no-time') };
  const material = materialIn(viewOf(file), facts);
  const lacks = targetsOf(one, facts).flatMap(({ target }) => assess(target, material, trust).lacks);
  if (lacks.length > 0) {
    const words = lacks.map(told);
    return { ...base, level: 'T', lacks: words.filter((lack, index) => words.findIndex((other) => isDeepStrictEqual(lack, other)) === index) };
  }
  const isArchived = stampsAfter(one, facts).some((stamp) => {
    const { revision = 0 } = stamp;
    if (stamp === time.by) return false;
    const then = materialIn(viewOf(file, revision), facts);
    return targetsOf(one, facts, revision).every(({ target }) => assess(target, then, trust).lacks.length === 0);
  });
  return isArchived ? { ...base, level: 'LTA', lacks: [] } : { ...base, level: 'LT', lacks: lack('no-archive-time') };
}

function told(lack: Lack): LevelLack {
  const detail = lack.code === 'path' ? lack.problem : lack.code === 'status' ? lack.why : lack.code === 'revoked' ? `${lack.since.toISOString()} ${lack.reason}` : '';
  return { code: lack.code, name: nameOf(lack.certificate), detail };
}

/** Who proves when a signature was there: a time-stamp over it, else the first over the document after it. */
type Time = { readonly proven: ProvenTime; readonly by: SignatureFacts };

export function timeOf(one: SignatureFacts, facts: readonly SignatureFacts[], until = Infinity): Time | undefined {
  const [own] = one.times;
  if (own !== undefined) return { proven: own, by: one };
  const by = stampsAfter(one, facts).find(({ revision = 0 }) => revision < until);
  const proven = by?.times[0];
  return by === undefined || proven === undefined ? undefined : { proven, by };
}

/** Sound document time-stamps over a revision that has this signature or time-stamp, oldest first. */
function stampsAfter({ revision: own = Infinity }: SignatureFacts, facts: readonly SignatureFacts[]): readonly SignatureFacts[] {
  return facts.filter(({ kind, isSound, revision = 0 }) => kind === 'time-stamp' && isSound && revision > own).toSorted((a, b) => (a.revision ?? 0) - (b.revision ?? 0));
}

/** What must be checkable later, and what it stands for: a signature's own `contents`, or the token that proves its time. */
export type NamedTarget = { readonly target: Target; readonly of: SignatureFacts; readonly time: ProvenTime | undefined };

/** Signer and time-stamping authority of a signature that has a time; as of revision `until`, which is a time-stamp's. */
export function targetsOf(one: SignatureFacts, facts: readonly SignatureFacts[], until = Infinity): readonly NamedTarget[] {
  const time = timeOf(one, facts, until);
  if (time === undefined || one.certificate === undefined) return [];
  const signer: Target = { purpose: 'signing', certificate: one.certificate, at: time.proven.at, provenAt: undefined };
  return [{ target: signer, of: one, time: undefined }, stampTarget(time, facts, until)];
}

/** The authority of a time-stamp, when it stamped. */
export function stampTarget({ proven, by }: Time, facts: readonly SignatureFacts[], until = Infinity): NamedTarget {
  const provenAt = stampsAfter(by, facts).find(({ revision = 0 }) => revision <= until)?.times[0]?.at;
  return { target: { purpose: 'time-stamping', certificate: proven.authority, at: proven.at, provenAt }, of: by, time: proven };
}
