import type { Formatter } from '../../i18n/formatter.ts';

/** Size of a file in bytes, KB or MB. */
export function sizeWords(t: Formatter, bytes: number): string {
  if (bytes < 1024) return t('size.bytes', { size: bytes });
  if (bytes < 1024 * 1024) return t('size.kilobytes', { size: Math.round(bytes / 1024) });
  return t('size.megabytes', { size: Math.round((bytes / 1024 / 1024) * 10) / 10 });
}
