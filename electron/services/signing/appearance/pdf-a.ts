import { catalogOf, streamData, viewOf, type PdfFile } from '../../../foundation/pdf/index.ts';
import { read } from '../refusals.ts';
import type { Masking } from './drawing.ts';

/**
 * How pictures have to be masked in this file: one that calls itself PDF/A-1 (in its XMP metadata, ISO 19005-1 6.7.11)
 * may have no soft masks; everything else may.
 */
export function maskingFor(file: PdfFile): Masking {
  const view = viewOf(file);
  const metadata = read(catalogOf(view)).value.entries.get('Metadata');
  const data = metadata?.kind === 'reference' ? streamData(view, metadata.number) : undefined;
  if (data?.ok !== true) return 'soft';
  return /pdfaid:part(?:\s*=\s*["']|>)\s*1\b/.test(Buffer.from(data.value).toString('latin1')) ? 'stencil' : 'soft';
}
