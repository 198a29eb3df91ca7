import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { ok, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { wholeFile } from '../../../electron/hosts/cli/profile.ts';

type Key = Buffer;

/** A station of an office, without a window. */
export type Profile = {
  readonly core: Core;
  readonly folder: string;
  readonly key: Key;
  /** What a method promised; throws its failure otherwise. */
  readonly must: <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Contract[D][M]>) => Promise<OutputOf<Contract[D][M]>>;
  /** The code of what was refused; undefined when it was not. */
  readonly refusal: <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Contract[D][M]>) => Promise<string | undefined>;
  readonly file: (id: string) => Promise<Buffer>;
  readonly store: (name: string, mediaType: string, bytes: Uint8Array) => Promise<{ readonly name: string; readonly mediaType: string; readonly sha256: string; readonly size: number }>;
};

export const giver = { organId: 'H29.61', name: 'Ủy ban nhân dân phường Bến Nghé' };
export const taker = { organId: 'H29.08', name: 'Trung tâm Lưu trữ lịch sử Thành phố' };

/** Opens a profile, a new one where there is none. `place`: the folder that its window puts packages into and takes them from. */
export async function openProfile(folder: string, office: { readonly organId: string; readonly name: string }, more: { readonly key?: Key; readonly place?: string; readonly drives?: readonly string[] } = {}): Promise<Profile> {
  mkdirSync(folder, { recursive: true });
  const key = more.key ?? randomBytes(32);
  const core = await startCore({
    profileDir: folder,
    key: ok(Buffer.from(key)),
    practice: 'as-stored',
    background: false,
    version: '0.1.0',
    log: (line) => void process.stderr.write(`${line}\n`),
    ...(more.place === undefined ? {} : { exportPlace: more.place }),
    drives: () => Promise.resolve(more.drives ?? []),
  });
  const answer = <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Contract[D][M]>) =>
    core.dispatcher.answer(domain, method, input, 'host') as Promise<Outcome<OutputOf<Contract[D][M]>, CodeOf<Contract[D][M]>>>;
  const profile: Profile = {
    core,
    folder,
    key,
    must: async (domain, method, input) => {
      const outcome = await answer(domain, method, input);
      if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
      return outcome.value;
    },
    refusal: async (domain, method, input) => {
      const outcome = await answer(domain, method, input);
      return outcome.ok ? undefined : outcome.failure.code;
    },
    file: (id) => wholeFile(core, id),
    store: async (name, mediaType, bytes) => ({ name, mediaType, ...(await core.storeFile(one(bytes))) }),
  };
  if (more.key === undefined) await profile.must('station', 'saveStation', { ...office, operator: 'Phạm Thị Lưu Trữ' });
  return profile;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
