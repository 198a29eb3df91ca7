import type { StoredFile } from '#contract';
import type { FormFile } from './use-draft-form.ts';

/** What a draft can begin with: a PDF, or a text that may be made into one. */
export const mainFileTypes = ['.pdf', '.docx', '.doc', '.odt', '.rtf'] as const;

export type MainFile = {
  /** the document, what it was made of, or both; a text is kept whether or not it could be made into a PDF */
  readonly files: readonly FormFile[];
  /** a text that no program of this machine makes into a PDF */
  readonly unconverted: boolean;
};

/**
 * A file as the document of a draft.
 * @param convert makes a PDF of a text; null when nothing on this machine can, undefined in its answer when it failed
 */
export async function asMainFile(file: StoredFile, convert: ((file: StoredFile) => Promise<StoredFile | undefined>) | null): Promise<MainFile> {
  if (/\.pdf$/i.test(file.name)) return { files: [{ ...file, role: 'main' }], unconverted: false };
  const source: FormFile = { ...file, role: 'source' };
  if (convert === null) return { files: [source], unconverted: true };
  const made = await convert(file);
  return { files: [...(made === undefined ? [] : [{ ...made, role: 'main' as const }]), source], unconverted: false };
}
