import { createHash } from 'node:crypto';
import type { PackageContent } from '../model.ts';
import { formProfiles, shared, type FormProfile } from '../profile/forms.ts';

/** Ids of the parts of one package. They come from its UUID and their own name, so that the same order gives the same bytes. */
export type Ids = {
  /** `uuid-{UUID}` for an element, by a name unique in the package */
  readonly of: (name: string) => string;
  /** `ID-{UUID}` for `<file>`, by path */
  readonly file: (path: string) => string;
};

export function idsOf(content: Pick<PackageContent, 'uuid'>): Ids {
  const derived = (name: string): string => {
    const digest = createHash('sha256').update(`${content.uuid}\n${name}`).digest();
    // RFC 9562 §5.8: version 8, for UUIDs made by a rule of one's own.
    digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
    digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
    const hex = digest.toString('hex').toUpperCase();
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  };
  return { of: (name) => `${shared.idPrefix}${derived(name)}`, file: (path) => `${shared.fileIdPrefix}${derived(path)}` };
}

/** OBJID: `uuid-{UUID}`, or `urn:{mã phông}:uuid:{UUID}` for archival packages (PL I.II.1.b, PL III.II.1.b). */
export function objectIdOf({ form, uuid, sender }: Pick<PackageContent, 'form' | 'uuid' | 'sender'>): string {
  return formProfiles[form].objectId === 'uuid' ? `uuid-${uuid}` : `urn:${sender.code}:uuid:${uuid}`;
}

/** Name of the package's folder (PL I.I.2): OBJID with ":" as "_". */
export function folderNameOf(content: Pick<PackageContent, 'form' | 'uuid' | 'sender'>): string {
  return objectIdOf(content).replaceAll(':', '_');
}

/** Name of the ZIP (PL III.II.5): number in the batch and OBJID, where the form has such a number. */
export function zipNameOf(content: Pick<PackageContent, 'form' | 'uuid' | 'sender' | 'batchOrdinal'>): string {
  const ordinal = formProfiles[content.form].zipName === 'ordinal' && content.batchOrdinal !== null ? String(content.batchOrdinal) : '';
  return `${ordinal}${folderNameOf(content)}.zip`;
}

/** `2023-01-13T15:46:25.073+07:00` for an instant. */
export function localTime(instant: string): string {
  const at = new Date(Date.parse(instant) + 7 * 3_600_000);
  return `${at.toISOString().slice(0, -1)}${shared.zone}`;
}

/** Parts of a code joined as the profile says. */
function joinedCode(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(shared.codeSeparator);
}

/** arcFileCode and arcDocCode have the archive's code first (PL I.II.2). */
export function archivalCode(profile: FormProfile, content: Pick<PackageContent, 'archive'>, code: string): string {
  return profile.oais === 'SIP' ? code : joinedCode(content.archive?.code ?? '', code);
}
