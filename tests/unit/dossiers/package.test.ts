import { expect, test } from 'vitest';
import { dossierForPackage, type ActWords, type PackagedDocument, type PackagedDossier, type PackagedFile } from '../../../electron/services/dossiers/index.ts';
import { docId, languageCodes, maintenanceCode, typeCode } from '../../../electron/services/dossiers/package/codes.ts';
import { run, sql } from '../../../electron/store/index.ts';
import { fields, must, openDossiers } from './office.ts';

test('a dossier is handed to a package builder with codes, documents in order, files by hash, verdicts of now and the trace of the log', async () => {
  const { dossiers, arrive, issued, open, store, clock, file } = openDossiers();
  const letter = await arrive({ issuedDate: '2026-11-10', typeName: 'Quyết định', codeNumber: '15', codeNotation: 'QĐ-SNV', subject: 'V/v bổ nhiệm' });
  const paper = await arrive({ issuedDate: '2026-11-11', subject: 'Thư giấy' });
  const reply = await issued({ repliesTo: letter, issuedDate: '2026-11-12' }, ['chính', 'phụ lục']);
  store.write((db) => {
    run(db, sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256) VALUES ('f', ${letter}, 1, 'qd.pdf', 'application/pdf', 7, ${'ab'.repeat(32)})`);
    run(db, sql`UPDATE office SET organ_id = 'H29.99', name = 'UBND phường'`);
  });
  const made = await open({ notation: '05.TCCB', retention: { kind: 'permanent', years: null, basis: 'x', scheduleRow: null }, paperSheets: 12 }, [
    { kind: 'incoming', id: letter },
    { kind: 'incoming', id: paper },
    { kind: 'outgoing', id: reply },
  ]);
  const own = { typeName: '', codeNumber: '', codeNotation: '', issuedDate: '2026-11-13', issuerName: '', subject: 'Ảnh', pageAmount: null };
  await must(dossiers.addFile({ dossier: made.id, file: await file('ảnh', 'ảnh 1.png'), fields: own, notes: { sheet: '', note: 'chụp', origin: '02', autograph: '' } }));
  const words: ActWords = (action) => `việc ${action}`;
  const packaged: PackagedDossier | undefined = dossierForPackage(store.read, clock, made.id, words);
  expect(packaged?.sender).toEqual({ name: 'UBND phường', code: 'H29.99' });
  expect(packaged?.head).toMatchObject({ kind: 'hoso', fileCode: 'H29.99.2026.05.TCCB', title: fields.title, maintenance: '01', mode: '01', languages: ['01'], numberOfPaper: 12, confidenceLevel: '03', format: '01' });
  expect(packaged?.documents.map(({ fields: { docCode, typeName, codeNumber, issuedDate }, attachments, trace }) => [docCode, typeName, codeNumber, issuedDate, attachments.length, trace !== null])).toEqual([
    ['H29.99.2026.05.TCCB.0000001', '02', '15', '2026-11-10', 0, true],
    ['H29.99.2026.05.TCCB.0000003', '22', expect.any(String), '2026-11-12', 1, true],
    ['H29.99.2026.05.TCCB.0000004', '32', '', '2026-11-13', 0, false],
  ]);
  expect(packaged?.withoutFile).toEqual([{ ordinal: 2, docCode: 'H29.99.2026.05.TCCB.0000002', subject: 'Thư giấy', destroyed: false }]);
  const [first]: readonly PackagedDocument[] = packaged?.documents ?? [];
  const main: PackagedFile | undefined = first?.content.file;
  expect(first?.trace?.map(({ act, auditHash }) => [act, auditHash.length])).toEqual([['việc document.arrived', 64], ['việc document.registered', 64]]);
  expect(main).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), verdict: null });
  expect(first?.fields.docId).toMatch(/^[0-9A-Z]{20,25}$/);
  expect(dossierForPackage(store.read, clock, letter, String)).toBeUndefined();
});

test('codes are those of the circular', () => {
  expect([10, 20, 30, 50, 70, 15].map((years) => maintenanceCode({ kind: 'years', years }))).toEqual(['06', '05', '04', '03', '02', '07']);
  expect(['Công văn', 'quyết định ', 'Giấy uỷ quyền', 'Nghị định', ''].map(typeCode)).toEqual(['22', '02', '16', '32', '32']);
  expect(['', 'Tiếng Việt', 'Anh', '01;02', 'Lào'].map(languageCodes)).toEqual([['01'], ['01'], ['02'], ['01', '02'], ['11']]);
  expect(docId('ffffffff-ffff-7fff-bfff-ffffffffffff')).toHaveLength(25);
});
