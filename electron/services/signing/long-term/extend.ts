import { writeIncrement, viewOf } from '../../../foundation/pdf/index.ts';
import type { Missing } from '../missing.ts';
import { Refused, refusedIncrement } from '../refusals.ts';
import type { SigningLevel } from '../wish.ts';
import type { Lack } from './assess.ts';
import { factsOf, nameOf, rangeDigests, type SignatureFacts } from './facts.ts';
import { gathered, gathering, type EvidenceDeps, type Gathering } from './gather.ts';
import { levelsIn, stampTarget, targetsOf, timeOf, type NamedTarget, type SignatureLevel } from './level.ts';
import { insideOf, materialIn } from './material.ts';
import { append, openedPart, type Part } from './part.ts';
import { hasOwnRoom, stampDocument, stampSignature } from './stamp.ts';
import { storePlan, vriKey, type StoreEntry } from './store.ts';

export type ExtensionWish = {
  readonly level: Exclude<SigningLevel, 'B'>;
  /** address of the time-stamping authority */
  readonly tsa: string | null;
  /** the field whose signature it is about; all of the file when none is named */
  readonly only?: string;
};

export type Extension = {
  /** how a missing time came in: into the signature's own room, or as a document time-stamp; null when none did */
  readonly way: 'signature' | 'document' | null;
  readonly levels: readonly SignatureLevel[];
  /** the first thing that did not come; null when all is as wished */
  readonly missing: Missing | null;
};

const noAddress: Missing = { why: 'unreachable', detail: 'no-address' };

/**
 * Brings the signatures of a part to a level, as far as what that takes can be had: time, evidence, time over the evidence.
 * Refuses what was revoked when it signed or stamped.
 */
export async function extended(deps: EvidenceDeps, part: Part, { level, tsa, only }: ExtensionWish): Promise<Extension> {
  const digests = rangeDigests();
  const now = (): readonly SignatureFacts[] => factsOf(openedPart(part), digests);
  const isMeant = (one: SignatureFacts): boolean => one.kind === 'signature' && one.isSound && (only === undefined || one.field === only);
  const facts = now();
  if (!facts.some(isMeant)) throw new Refused({ code: 'nothing-to-complete' });
  const missing: Missing[] = [];
  const untimed = facts.filter((one) => isMeant(one) && timeOf(one, facts) === undefined);
  const way = await timed(deps, part, untimed, tsa, missing);
  if (level !== 'T') {
    const isLong = await withEvidence(deps, part, now(), { isMeant, withStamps: only === undefined, freshAt: level === 'LTA' ? deps.clock.now() : undefined }, missing);
    if (isLong && level === 'LTA') {
      const why = tsa === null ? noAddress : await stampDocument(deps, part, tsa);
      if (why !== undefined) missing.push(why);
    }
  }
  return { way, levels: levelsIn(openedPart(part), now(), deps), missing: missing[0] ?? null };
}

async function timed(deps: EvidenceDeps, part: Part, untimed: readonly SignatureFacts[], tsa: string | null, missing: Missing[]): Promise<Extension['way']> {
  const [only, other] = untimed;
  if (only === undefined) return null;
  if (tsa === null) {
    missing.push(noAddress);
    return null;
  }
  if (other === undefined && hasOwnRoom(only)) {
    const why = await stampSignature(deps, part, only, tsa);
    if (why === undefined) return 'signature';
    if (why.why !== 'too-large') {
      missing.push(why);
      return null;
    }
  }
  const why = await stampDocument(deps, part, tsa);
  if (why === undefined) return 'document';
  missing.push(why);
  return null;
}

type Scope = {
  readonly isMeant: (one: SignatureFacts) => boolean;
  /** document time-stamps as well */
  readonly withStamps: boolean;
  readonly freshAt: Date | undefined;
};

/** Gathers and appends the evidence for those signatures that can be checked later with it; whether there is one. */
async function withEvidence(deps: EvidenceDeps, part: Part, facts: readonly SignatureFacts[], { isMeant, withStamps, freshAt }: Scope, missing: Missing[]): Promise<boolean> {
  // What a new time-stamp is to prove must be known to be good until then, not only from the day when it was made.
  const renewed = (named: NamedTarget): NamedTarget => (named.time === undefined || named.target.provenAt !== undefined ? named : { ...named, target: { ...named.target, freshAt } });
  const file = openedPart(part);
  const all = gathering(materialIn(viewOf(file), facts));
  const entries: StoreEntry[] = [];
  let isLong = false;
  for (const one of facts.filter(isMeant)) {
    const targets = targetsOf(one, facts).map(renewed);
    const own = targets.length === 0 ? undefined : await entriesOf(deps, targets, all, missing);
    if (own === undefined) continue;
    entries.push(...own);
    isLong = true;
  }
  // What time-stamps of the document rest on is kept with them, or another one over them would prove nothing.
  for (const one of withStamps ? facts : []) {
    const time = one.kind === 'time-stamp' ? one.times[0] : undefined;
    if (time !== undefined) entries.push(...((await entriesOf(deps, [renewed(stampTarget({ proven: time, by: one }, facts))], all, missing)) ?? []));
  }
  const plan = storePlan(file, entries);
  if (plan !== undefined && entries.length > 0) {
    const increment = writeIncrement(file, plan);
    if (!increment.ok) throw refusedIncrement(increment.failure);
    append(part, increment.value.bytes);
  }
  return isLong;
}

/** What goes into the store for these targets; undefined when something of it cannot be had. */
async function entriesOf(deps: EvidenceDeps, targets: readonly NamedTarget[], all: Gathering, missing: Missing[]): Promise<readonly StoreEntry[] | undefined> {
  const entries: StoreEntry[] = [];
  let isWhole = true;
  for (const { target, of, time } of targets) {
    const { lacks, used } = await gathered(deps, target, all);
    for (const lack of lacks) missing.push(missingOf(lack, all));
    if (lacks.length > 0) isWhole = false;
    // What lies in the signature or in the token is not kept a second time.
    const inside = insideOf(time === undefined ? { signed: of.signed, times: [] } : { signed: time.token.signed, times: [] });
    entries.push({
      key: vriKey(time === undefined || of.kind === 'time-stamp' ? of.contents : time.der),
      certificates: used.certificates.filter(({ sha256 }) => !inside.certificates.some((known) => known.sha256 === sha256)).map(({ der }) => der),
      pieces: used.pieces.filter(({ der }) => !inside.pieces.some((known) => Buffer.compare(known.der, der) === 0)),
    });
  }
  return isWhole ? entries : undefined;
}

function missingOf(lack: Lack, { failures }: Gathering): Missing {
  const name = nameOf(lack.certificate);
  if (lack.code === 'revoked') throw new Refused({ code: 'certificate-revoked', name, since: lack.since.toISOString(), reason: lack.reason });
  const detail = lack.code === 'path' ? lack.problem : (failures.get(lack.certificate.sha256) ?? (lack.code === 'status' ? lack.why : ''));
  return { why: lack.code, detail: detail === '' ? name : `${name}: ${detail}` };
}
