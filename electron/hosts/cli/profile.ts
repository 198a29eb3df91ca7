import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CodeOf, Contract, InputOf, Outcome, OutputOf, StartFailureCode } from '#contract';
import type { Result } from '../../foundation/outcome.ts';
import type { KeyFailure, ObtainedKey } from '../../platform/secrets/keeper.ts';
import { keyFile } from '../../platform/secrets/key-file.ts';
import { hasPassphrase, passphrase } from '../../platform/secrets/passphrase.ts';
import { openStore, profileExists, type Store } from '../../store/index.ts';
import { startCore, type Core, type CoreOptions } from '../compose.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { UsageError } from './command.ts';

/** The profile folder of a call: `--profile`, else the environment's TVT_PROFILE. */
export function profileFolder(context: CommandContext): string {
  const folder = context.options['profile'] ?? process.env['TVT_PROFILE'];
  if (typeof folder !== 'string' || folder === '') throw new UsageError('--profile DIR');
  return resolve(folder);
}

/**
 * The profile's key: its key file, or its passphrase taken from the environment variable that `--passphrase-env`
 * names. A new profile gets a passphrase when one is named, else a key file.
 */
export async function obtainKey(context: CommandContext, folder: string): Promise<Result<ObtainedKey, KeyFailure>> {
  const isNew = !profileExists(folder);
  if (isNew) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const variable = context.options['passphrase-env'];
  if (!hasPassphrase(folder) && !(isNew && typeof variable === 'string')) return keyFile(folder).obtain(isNew);
  return passphrase(folder, () =>
    Promise.resolve((typeof variable === 'string' ? process.env[variable] : undefined) ?? null),
  ).obtain(isNew);
}

/** Opens the profile as the station does, runs `work`, and closes it. */
export async function withCore(
  context: CommandContext,
  work: (core: Core) => Promise<CommandResult>,
  more: Partial<CoreOptions> = {},
): Promise<CommandResult> {
  const folder = profileFolder(context);
  const key = await obtainKey(context, folder);
  if (!key.ok) return { ok: false, code: `start.${key.failure.code}`, params: { folder, ...key.failure.params } };
  const core = await startCore({
    profileDir: folder,
    key: { ok: true, value: key.value.key },
    practice: 'as-stored',
    background: false,
    version: context.version,
    log: context.log,
    ...more,
  });
  try {
    const status = await core.dispatcher.answer('station', 'status', {}, 'host');
    const failure = status.ok ? (status.value as OutputOf<Contract['station']['status']>).failure : null;
    if (failure !== null) return startFailure(failure.code, failure.params);
    return await work(core);
  } finally {
    await core.close();
  }
}

/** Opens the profile's store for looking only, also beside a station that is open. */
export async function withStoreToRead(
  context: CommandContext,
  work: (store: Store) => CommandResult,
): Promise<CommandResult> {
  const folder = profileFolder(context);
  if (!profileExists(folder)) return startFailure('folder-missing', { folder });
  const key = await obtainKey(context, folder);
  if (!key.ok) return startFailure(key.failure.code, { folder, ...key.failure.params });
  const opened = openStore({
    folder,
    key: key.value.key,
    programVersion: context.version,
    mayCreate: false,
    readOnly: true,
  });
  if (!opened.ok) return startFailure(opened.failure.code, opened.failure.params);
  try {
    return work(opened.value);
  } finally {
    opened.value.close();
  }
}

/** Calls a contract method as the host: who has the profile's key needs no other password. */
export async function ask<D extends keyof Contract, M extends keyof Contract[D] & string>(
  core: Core,
  domain: D,
  method: M,
  input: InputOf<Contract[D][M]>,
): Promise<Outcome<OutputOf<Contract[D][M]>, CodeOf<Contract[D][M]>>> {
  const outcome = await core.dispatcher.answer(domain, method, input, 'host');
  return outcome as Outcome<OutputOf<Contract[D][M]>, CodeOf<Contract[D][M]>>;
}

/** A contract failure as a command's. */
export function refused(outcome: Extract<Outcome<unknown, string>, { ok: false }>): CommandResult {
  const { code, params, incident } = outcome.failure;
  return { ok: false, code, ...(params === undefined ? {} : { params }), incident };
}

function startFailure(code: StartFailureCode, params: Readonly<Record<string, string | number>>): CommandResult {
  return { ok: false, code: `start.${code}`, params };
}

/** All bytes of a stored file, asked for in pieces. */
export async function wholeFile(core: Core, fileId: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of filePieces(core, fileId)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A stored file piece by piece, in bounded memory. Throws FileRefused when the core refuses it. */
export async function* filePieces(core: Core, fileId: string): AsyncGenerator<Uint8Array> {
  const piece = 4 * 1024 * 1024;
  for (let at = 0, size = Infinity; at < size; at += piece) {
    const part = await core.readFile(fileId, at, piece, 'host');
    if (!part.ok) throw new FileRefused(part.failure.code);
    size = part.value.size;
    yield part.value.bytes;
  }
}

/** The core has no such file, or it is damaged; `code` is the contract's. */
export class FileRefused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'FileRefused';
    this.code = code;
  }
}
