import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../foundation/durable-file.ts';
import type { Result } from '../../foundation/outcome.ts';
import { readOwnerFile } from '../../platform/secrets/owner-file.ts';

const Kept = z.strictObject({ controlToken: z.string().min(16), systems: z.record(z.string(), z.string().min(1)) });
/** Secrets of a practice axis: the control token, and those of systems by their id. */
export type AxisSecrets = z.output<typeof Kept>;

/**
 * Reads the secrets of a practice axis from a file that only its owner may read; undefined when there is none yet.
 * Refused when others may read it, or when it holds something else.
 */
export async function readAxisSecrets(path: string): Promise<Result<AxisSecrets | undefined, { readonly path: string }>> {
  const read = await readOwnerFile(dirname(path), basename(path));
  if (!read.ok) return { ok: false, failure: { path } };
  if (read.value === undefined) return { ok: true, value: undefined };
  try {
    return { ok: true, value: Kept.parse(JSON.parse(read.value.toString('utf8'))) };
  } catch {
    return { ok: false, failure: { path } };
  }
}

/** Where the secrets of an axis lie that remembers in `folder`. */
export function secretsFileIn(folder: string): string {
  return join(folder, 'axis-secrets.json');
}

/** Makes what is missing and keeps it in the file, so that a station that was pointed here stays so after a restart. */
export async function keptAxisSecrets(
  path: string,
  systemIds: readonly string[],
): Promise<Result<AxisSecrets, { readonly path: string }>> {
  const read = await readAxisSecrets(path);
  if (!read.ok) return read;
  const kept = read.value ?? { controlToken: newSecret(), systems: {} };
  const missing = systemIds.filter((id) => !Object.hasOwn(kept.systems, id));
  if (read.value !== undefined && missing.length === 0) return { ok: true, value: kept };
  const systems = { ...kept.systems, ...Object.fromEntries(missing.map((id) => [id, newSecret()])) };
  const secrets = { ...kept, systems };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  replaceFile(path, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  return { ok: true, value: secrets };
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}
