import type { SigningRole } from '#contract';

/** What a file of a batch is called in its journal: enough to note it after a crash, and nothing of what it says. */
export type FileName = {
  readonly role: SigningRole;
  /** of the draft or register row */
  readonly subject: string;
  readonly version: number;
  /** hash of the file that is signed */
  readonly sha256: string;
};

export function fileName({ role, subject, version, sha256 }: FileName): string {
  return [role, subject, String(version), sha256].join(':');
}

/** undefined for what this desk did not name */
export function readFileName(text: string): FileName | undefined {
  const [, role, subject, version, sha256] = /^(person|agency):([0-9a-f-]{36}):(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (role === undefined || subject === undefined || version === undefined || sha256 === undefined) return undefined;
  return { role: role === 'person' ? 'person' : 'agency', subject, version: Number(version), sha256 };
}
