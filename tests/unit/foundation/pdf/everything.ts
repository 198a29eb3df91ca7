import {
  auditPdf,
  catalogOf,
  formOf,
  isTrusted,
  memoryBytes,
  nextNumber,
  objectOf,
  openPdf,
  pagesOf,
  permissionsOf,
  revisionChanges,
  securityStoreOf,
  signatureCoverage,
  signaturesOf,
  streamData,
  viewOf,
  writeIncrement,
  type PdfFile,
  type PdfLimits,
} from '../../../../electron/foundation/pdf/index.ts';

/** Small enough that a hostile input ends soon, large enough for every sample. */
const limits: Partial<PdfLimits> = { work: 30_000_000, milliseconds: 5000, decodedBytes: 4 * 1024 * 1024 };

/**
 * Asks a file everything that can be asked, strictly and with repair; answers in one word what became of it. Throws only
 * when the reader does, or when two answers contradict each other.
 */
export function everything(bytes: Uint8Array): string {
  const strict = openPdf(memoryBytes(bytes), { limits });
  if (strict.ok && strict.value.isRepaired) throw new Error('a strict reading that was repaired');
  const verdict = strict.ok ? askAll(strict.value, bytes) : `stopped: ${strict.failure.code}`;
  const lenient = openPdf(memoryBytes(bytes), { limits, mayRepair: true });
  if (lenient.ok && !strict.ok) {
    if (!lenient.value.isRepaired || isTrusted(lenient.value.faults)) throw new Error('a repair that does not say so');
    askAll(lenient.value, bytes);
  }
  return verdict;
}

function askAll(file: PdfFile, bytes: Uint8Array): string {
  for (const { index } of file.revisions.slice(0, 4)) {
    for (const reading of ['full', 'table'] as const) {
      const view = viewOf(file, index, reading);
      catalogOf(view);
      pagesOf(view);
      formOf(view);
      permissionsOf(view);
      securityStoreOf(view);
      streamData(view, 4);
      objectOf(view, 6);
    }
    revisionChanges(file, index);
  }
  const signatures = signaturesOf(file);
  for (const signature of signatures.ok ? signatures.value.signatures : []) {
    const { faults, revision, byteRange } = signatureCoverage(file, signature);
    if ((faults.length === 0) !== (revision !== undefined)) throw new Error('a coverage that is sound and is not');
    if (revision !== undefined && byteRange !== undefined && byteRange[2] + byteRange[3] > bytes.length) throw new Error('covers what is not there');
    if (file.isRepaired && faults.length === 0) throw new Error('a sound signature in a made-up reading');
  }
  const audit = auditPdf(file);
  const increment = writeIncrement(file, { objects: [{ number: nextNumber(file), value: { text: 'thêm' } }] });
  if (!increment.ok) return audit.ok ? `refused: ${increment.failure.code}` : `stopped: ${audit.failure.code}`;
  const after = openPdf(memoryBytes(Buffer.concat([bytes, increment.value.bytes])), { limits });
  if (!after.ok) throw new Error(`what was appended cannot be read: ${after.failure.code}`);
  if (after.value.revisions.length !== file.revisions.length + 1) throw new Error('what was appended is no revision');
  return 'appended';
}
