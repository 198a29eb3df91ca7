import type { StoredFile } from '#contract';
import { BlobDamaged, BlobMissing, type Blobs } from '../../../store/index.ts';
import { csvTable } from './csv.ts';
import { tableLimits, TableRefused } from './refused.ts';
import type { Table } from './table.ts';
import { workbookTable } from './workbook.ts';

/** What password-protected and old binary workbooks lie in (MS-CFB 2.2). */
const compoundFile = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encryptedPart = Buffer.from('EncryptedPackage', 'utf16le');

/** Opens a stored file as a table, by what it is and not by its name. Throws TableRefused. */
export async function openTable(blobs: Blobs, file: StoredFile): Promise<Table> {
  if (file.size === 0) throw new TableRefused('table-empty');
  if (file.size > tableLimits.file) throw new TableRefused('file-too-large', { file: file.name, most: tableLimits.file / 1024 / 1024 });
  const bytes = await bytesOf(blobs, file);
  if (bytes.subarray(0, 8).equals(compoundFile)) throw new TableRefused(bytes.includes(encryptedPart) ? 'table-password' : 'table-xls');
  if (bytes.readUIntBE(0, Math.min(4, bytes.length)) === 0x504b0304) return workbookTable(bytes);
  const head = bytes.subarray(0, 512).toString('latin1');
  if (/^\s*(?:ï»¿)?\s*<(?:!doctype|html|\?xml|table|meta)/i.test(head)) throw new TableRefused('table-html');
  if (/^%PDF|^\{\\rtf|^\x89PNG|^Rar!|^7z|^\xff\xd8/.test(head)) throw new TableRefused('table-unknown');
  return csvTable(bytes);
}

async function bytesOf(blobs: Blobs, { sha256, name }: StoredFile): Promise<Buffer> {
  try {
    const { bytes } = await blobs.range(sha256, 0, tableLimits.file);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) throw new TableRefused('file-damaged', { file: name });
    throw error;
  }
}
