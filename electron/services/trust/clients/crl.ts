import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { folderSynced, replaceFile } from '../../../foundation/durable-file.ts';
import type { Result } from '../../../foundation/outcome.ts';
import type { Certificate } from '../certificate/read-certificate.ts';
import type { TrustAnswer } from '../ports.ts';
import { openCrl, type Crl } from '../revocation/crl.ts';
import { startCrlIndex } from '../revocation/crl-index.ts';
import { startCrlScan, type CrlFacts, type CrlFailure } from '../revocation/crl-scan.ts';
import { call, noAnswer, type CallFailure, type ClientDeps, type Limits } from './call.ts';

const limits: Limits = { timeoutMs: 15 * 60_000, idleMs: 30_000, maxBytes: 512 * 1024 * 1024 };
/** The row stays when the list has run out: it says what was had, so that nothing older is taken in its place. */
const rowDays = 3650;

export type CrlDeps = ClientDeps & {
  /** where lists and their indexes lie; the program's own */
  readonly folder: string;
};

/** `crl-older`: the address gave an older list than it gave before, which hides what was revoked meanwhile. */
export type CrlClientFailure = CallFailure | CrlFailure | { readonly code: 'crl-older'; readonly thisUpdate: Date };

/**
 * `path`: the list's file, for the evidence. It stays at least until the next but one list of the address. `asked`: the
 * address answered just now that this is its list, be it a new one or the kept one.
 */
export type CrlOutcome = { readonly crl: Crl; readonly path: string; readonly kept: boolean; readonly asked: boolean };

const Row = z.strictObject({
  issuer: z.string(),
  etag: z.string(),
  lastModified: z.string(),
  indexSha256: z.string(),
  previous: z.string().nullable(),
  facts: z.strictObject({
    thisUpdate: z.iso.datetime(),
    nextUpdate: z.iso.datetime().nullable(),
    number: z.string().nullable(),
    authorityKeyId: z.string().nullable(),
    count: z.number(),
    size: z.number(),
    sha256: z.string(),
    scope: z.enum(['all', 'users', 'authorities']),
    // Lists that were kept before this was looked at lie under the address that the certificate names.
    points: z.array(z.string()).optional(),
    signedWith: z.string(),
  }),
});
type Row = z.infer<typeof Row>;

export type CrlClient = {
  /**
   * The list of an address: the kept one while it is valid, else, or with `renew`, the one that lies there now. It is
   * asked for by condition, written to the disk while it arrives and checked meanwhile; nothing holds it whole.
   */
  readonly fetch: (url: string, issuer: Certificate, renew?: boolean) => Promise<Result<CrlOutcome, CrlClientFailure>>;
  /** The kept list, whatever its age; undefined when there is none or its files are not what they were. */
  readonly kept: (url: string, issuer: Certificate) => Promise<CrlOutcome | undefined>;
};

/** What is known of a kept list; dates as ISO 8601 UTC. `previous`: hash of the list before it. */
export type ListFacts = Pick<Row['facts'], 'thisUpdate' | 'nextUpdate' | 'count' | 'size' | 'sha256'> & { readonly previous: string | null };

/** Reads the row that this client keeps of a list; undefined when it is none. */
export function listIn(bytes: Uint8Array): ListFacts | undefined {
  const row = Row.safeParse(parsed(bytes)).data;
  if (row === undefined) return undefined;
  const { thisUpdate, nextUpdate, count, size, sha256 } = row.facts;
  return { thisUpdate, nextUpdate, count, size, sha256, previous: row.previous };
}

/** A client for lists of revoked certificates over one folder, which no other client may use at the same time. */
export function createCrlClient(deps: CrlDeps): CrlClient {
  sweep(deps.folder);
  /** lists whose files were compared with their hashes since the program started */
  const compared = new Set<string>();
  const running = new Map<string, ReturnType<CrlClient['fetch']>>();
  const listPath = (sha256: string): string => join(deps.folder, `${sha256}.crl`);
  const indexPath = (sha256: string): string => join(deps.folder, `${sha256}.idx`);

  function rowOf(url: string, issuer: Certificate): Row | undefined {
    const bytes = deps.cache.get(`crl:${url}`, deps.clock.now());
    const row = bytes === undefined ? undefined : Row.safeParse(parsed(bytes)).data;
    return row?.issuer === issuer.sha256 ? row : undefined;
  }

  async function opened(row: Row, issuer: Certificate): Promise<CrlOutcome | undefined> {
    const { sha256 } = row.facts;
    const path = listPath(sha256);
    if (!compared.has(sha256)) {
      if ((await hashOf(path)) !== sha256 || (await hashOf(indexPath(sha256))) !== row.indexSha256) return undefined;
      compared.add(sha256);
    }
    return { crl: openCrl(path, indexPath(sha256), factsOf(row, issuer)), path, kept: true, asked: false };
  }

  async function renewed(url: string, issuer: Certificate, renew: boolean): Promise<Result<CrlOutcome, CrlClientFailure>> {
    const row = rowOf(url, issuer);
    const kept = row === undefined ? undefined : await opened(row, issuer);
    const until = kept?.crl.facts.nextUpdate;
    if (kept !== undefined && !renew && until !== undefined && deps.clock.now() <= until) return { ok: true, value: kept };
    const condition = row === undefined || kept === undefined ? [] : conditionOf(row);
    const answer = await call(deps, { url, headers: condition, ...limits });
    if (!answer.ok) return answer;
    const { status, abort } = answer.value;
    if (status === 200) return taken(url, issuer, row, answer.value);
    abort();
    if (status === 304 && kept !== undefined) return { ok: true, value: { ...kept, asked: true } };
    return { ok: false, failure: { code: 'http-status', status } };
  }

  async function taken(url: string, issuer: Certificate, before: Row | undefined, answer: TrustAnswer): Promise<Result<CrlOutcome, CrlClientFailure>> {
    await mkdir(deps.folder, { recursive: true });
    const part = join(deps.folder, `${randomUUID()}.part`);
    const index = startCrlIndex();
    try {
      const read = await written(part, answer, startCrlScan(issuer, index.sink));
      if (!read.ok) return read;
      const facts = read.value;
      if (before !== undefined && facts.thisUpdate < new Date(before.facts.thisUpdate)) {
        return { ok: false, failure: { code: 'crl-older', thisUpdate: facts.thisUpdate } };
      }
      const path = listPath(facts.sha256);
      const made = index.finish();
      replaceFile(indexPath(facts.sha256), made);
      await rename(part, path);
      await folderSynced(deps.folder);
      keep(url, rowFor(issuer, answer, facts, sha256Of(made), before), before);
      compared.add(facts.sha256);
      return { ok: true, value: { crl: openCrl(path, indexPath(facts.sha256), facts), path, kept: false, asked: true } };
    } finally {
      rmSync(part, { force: true });
    }
  }

  function keep(url: string, row: Row, before: Row | undefined): void {
    deps.cache.put(`crl:${url}`, Buffer.from(JSON.stringify(row)), new Date(deps.clock.now().getTime() + rowDays * 86_400_000));
    const gone = before?.previous;
    if (gone == null || gone === row.facts.sha256 || gone === row.previous) return;
    for (const path of [listPath(gone), indexPath(gone)]) rmSync(path, { force: true });
  }

  return {
    fetch(url, issuer, renew = false) {
      const key = `${issuer.sha256} ${url}`;
      const already = running.get(key);
      if (already !== undefined) return already;
      const asked = renewed(url, issuer, renew).finally(() => running.delete(key));
      running.set(key, asked);
      return asked;
    },
    async kept(url, issuer) {
      const row = rowOf(url, issuer);
      return row === undefined ? undefined : opened(row, issuer);
    },
  };
}

/** Writes and scans an answer, piece by piece. */
async function written(path: string, answer: TrustAnswer, scan: ReturnType<typeof startCrlScan>): Promise<Result<CrlFacts, CrlClientFailure>> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const piece of answer.body) {
      if (!piece.ok) return { ok: false, failure: noAnswer(piece.failure) };
      const failure = scan.take(piece.value);
      if (failure !== undefined) return { ok: false, failure };
      await file.writeFile(piece.value);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return scan.end();
}

function conditionOf({ etag, lastModified }: Row): (readonly [string, string])[] {
  return [...(etag === '' ? [] : [['If-None-Match', etag] as const]), ...(lastModified === '' ? [] : [['If-Modified-Since', lastModified] as const])];
}

function rowFor(issuer: Certificate, { headers }: TrustAnswer, facts: CrlFacts, indexSha256: string, before: Row | undefined): Row {
  const { thisUpdate, nextUpdate, number, authorityKeyId, count, size, sha256, scope, points, signedWith } = facts;
  return {
    issuer: issuer.sha256,
    etag: headers['etag'] ?? '',
    lastModified: headers['last-modified'] ?? '',
    indexSha256,
    previous: before === undefined ? null : before.facts.sha256 === sha256 ? before.previous : before.facts.sha256,
    facts: {
      thisUpdate: thisUpdate.toISOString(),
      nextUpdate: nextUpdate?.toISOString() ?? null,
      number: number ?? null,
      authorityKeyId: authorityKeyId ?? null,
      count,
      size,
      sha256,
      scope,
      ...(points === undefined ? {} : { points: [...points] }),
      signedWith,
    },
  };
}

function factsOf({ facts }: Row, issuer: Certificate): CrlFacts {
  return {
    ...facts,
    issuer: issuer.subject,
    thisUpdate: new Date(facts.thisUpdate),
    nextUpdate: facts.nextUpdate === null ? undefined : new Date(facts.nextUpdate),
    number: facts.number ?? undefined,
    authorityKeyId: facts.authorityKeyId ?? undefined,
    points: facts.points,
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What was still arriving when the program ended. */
function sweep(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(join(folder, name), { force: true });
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function hashOf(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}
