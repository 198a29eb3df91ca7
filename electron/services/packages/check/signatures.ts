import type { PackageFile } from '../read/source.ts';
import type { ReadFile } from './digests.ts';
import type { Findings } from './findings.ts';
import { short } from './needs.ts';

/** A file whose signatures are asked for; `diskPath` is null inside a ZIP, where `pieces` gives the content. */
export type SignedFile = Pick<PackageFile, 'size' | 'diskPath' | 'pieces'> & { readonly path: string };

/** What a host knows of a file's signatures; `why` is a code of its verdict, '' none. */
export type SignatureState = { readonly indication: 'none' | 'passed' | 'failed' | 'indeterminate' | 'unchecked'; readonly why: string; readonly signer: string; /** the signatures in the file, each as Base64; left out where they are not known */ readonly values?: readonly string[] };

export type VerdictOf = (file: SignedFile) => Promise<SignatureState>;

/**
 * Asks what is to be believed of a PDF's signatures and warns of what is not good: whoever receives the package decides, as a
 * certificate that has run out since says nothing of the day of signing (TT 05/2025/TT-BNV Điều 24). Answers the signatures in it, as far as
 * they are known.
 */
export async function judgeSignature(found: Findings, { path, file, read }: { readonly path: string; readonly file: PackageFile; readonly read: ReadFile }, verdictOf: VerdictOf): Promise<readonly string[] | undefined> {
  if (!read.head.startsWith('%PDF-')) return undefined;
  const { indication, why, signer, values } = await verdictOf({ path, size: file.size, diskPath: file.diskPath, pieces: file.pieces });
  if (indication !== 'none' && indication !== 'passed') found.add(`signature.${indication}`, { file: path }, { why: short(why), signer: short(signer) });
  return values;
}
