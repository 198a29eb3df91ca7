import { expect, test } from 'vitest';
import type { DossierTable } from '#contract';
import { must, openDossiers, people, refusal } from './office.ts';

type Office = ReturnType<typeof openDossiers>;

/** A table as it is typed, with the columns as the program takes them to be. */
async function tableOf({ dossiers, file }: Office, text: string): Promise<DossierTable> {
  const stored = await file(`\uFEFF${text}`, 'ho-so-cu.csv');
  const [sheet] = (await must(dossiers.lookAtDossierTable({ file: stored }))).sheets;
  if (sheet?.header == null) throw new Error('no header was found');
  return { file: stored, sheet: sheet.name, header: sheet.header, kind: sheet.kind, columns: sheet.columns.map((column) => ({ index: column.index, field: column[sheet.kind] })) };
}

const page = { catalog: null, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 50 };

test('dossiers of TT 02/2019 come in by their own names, with values put into words of today; bad rows say why, and again changes nothing', async () => {
  const office = openDossiers();
  const { dossiers } = office;
  const table = await tableOf(
    office,
    [
      'Identifier,OrganId,FileCode,Title,Maintenance,Rights,Language,StartDate,EndDate,SheetNumber,Format,Description',
      '1,G09,G09.2018.01.TCCB,Hồ sơ tuyển dụng,Vĩnh viễn,Không hạn chế,Tiếng Việt; Tiếng Anh,05/01/2018,20/12/2018,120,Tốt,Kho 2',
      '2,G09,G09.2018.02.TCCB,Hồ sơ nâng lương,05,Hạn chế,,,,,Bình thường,',
      '3,G09,G09.2018.03.TCCB,Hồ sơ mật,10 năm,Mật,,,,,,',
      '4,G09,,Không mã,10 năm,,,,,,,',
      '5,G09,G09.2018.05.TCCB,,mãi,Ai cũng xem,Klingon,31/02/2018,,x,,',
      '6,G09,G09.2018.01.TCCB,Lặp lại,10 năm,,,,,,,',
      ',,,,,,,,,,,',
    ].join('\n'),
  );
  expect(table.columns.map(({ field }) => field)).toEqual(['ignore', 'ignore', 'fileCode', 'title', 'retention', 'useMode', 'language', 'startDate', 'endDate', 'paperSheets', 'condition', 'description']);
  const preview = await must(dossiers.previewDossierTable(table));
  expect(preview.counts).toEqual({ good: 2, known: 0, bad: 4, skipped: 0 });
  expect(preview.bad.map(({ row, problems }) => [row, problems.map(({ code, column }) => `${code} ${column}`)])).toEqual([
    [4, ['secret F']],
    [5, ['code-missing C']],
    [6, ['title-missing D', 'retention-unreadable E', 'mode-unknown F', 'language-unknown G', 'sheets-unreadable J', 'day-unreadable H']],
    [7, ['code-twice C']],
  ]);
  expect((await must(dossiers.list(page))).items).toEqual([]);
  expect((await must(dossiers.importDossierTable(table))).counts.good).toBe(2);
  const { items } = await must(dossiers.list(page));
  expect(items.map(({ catalog, notation, title, state }) => [catalog, notation, title, state])).toEqual([[2018, '02.TCCB', 'Hồ sơ nâng lương', 'open'], [2018, '01.TCCB', 'Hồ sơ tuyển dụng', 'open']]);
  const [second, first] = await Promise.all(items.map(async ({ id }) => (await must(dossiers.get({ id }))).fields));
  expect(first).toMatchObject({ retention: { kind: 'permanent', years: null }, useMode: 'public', language: '01;02', startDate: '2018-01-05', endDate: '2018-12-20', paperSheets: 120, condition: '01', description: 'Kho 2' });
  expect(second).toMatchObject({ retention: { kind: 'years', years: 20 }, useMode: 'conditional', language: '01', condition: '02' });
  expect((await must(dossiers.importDossierTable(table))).counts).toEqual({ good: 0, known: 3, bad: 3, skipped: 0 });
  expect(await refusal(dossiers.previewDossierTable({ ...table, columns: table.columns.filter(({ field }) => field !== 'retention') }))).toBe('columns-missing');
});

test('documents of a table are put into open dossiers where the registers have them; what is unknown or in doubt is told', async () => {
  const office = openDossiers();
  const { dossiers, arrive, issued, open } = office;
  const made = await open({ notation: '07.TC' });
  const letter = await arrive({ codeNumber: '123', codeNotation: 'SNV-VP', issuedDate: '2026-02-03', issuer: { organId: 'H29.1', name: 'Sở Nội vụ' } });
  await arrive({ codeNumber: '9', codeNotation: 'BC', issuedDate: '2026-02-03', issuer: { organId: 'H29.1', name: 'Sở Nội vụ' } });
  await arrive({ codeNumber: '9', codeNotation: 'BC', issuedDate: '2026-03-04', issuer: { organId: 'H29.2', name: 'Sở Tài chính' } });
  const own = await issued({ issuedDate: '2026-04-05' });
  const table = await tableOf(
    office,
    [
      'Năm,Hồ sơ số,"Số, ký hiệu văn bản",Ngày văn bản,Tác giả',
      '2026,07.TC,123/SNV-VP,03/02/2026,',
      '2026,07.TC,1/UBND-VP,,',
      '2026,07.TC,9/BC,,',
      '2026,07.TC,9/BC,,SỞ TÀI CHÍNH',
      '2026,08.TC,123/SNV-VP,,',
      '2026,07.TC,77/X,,',
    ].join('\n'),
  );
  expect(table.kind).toBe('documents');
  const done = await must(dossiers.importDossierTable(table));
  expect(done.counts).toEqual({ good: 3, known: 0, bad: 3, skipped: 0 });
  expect(done.bad.map(({ row, problems }) => [row, problems.map(({ code }) => code)])).toEqual([[4, ['document-unsure']], [6, ['dossier-unknown']], [7, ['document-unknown']]]);
  const { items } = await must(dossiers.members({ dossier: made.id, after: 0, limit: 9 }));
  expect(items.map(({ document, issuedDate }) => [document, issuedDate])).toEqual([[letter, '2026-02-03'], [items[1]?.document, '2026-03-04'], [own, '2026-04-05']]);
  expect((await must(dossiers.importDossierTable(table))).counts).toEqual({ good: 0, known: 3, bad: 3, skipped: 0 });
});

test('whoever may not read a dossier puts nothing into it by a table, and is not told that it is there', async () => {
  const office = openDossiers();
  const { dossiers, arrive, open, sit } = office;
  const made = await open({ notation: '09.TC', maker: { unit: null, unitName: '', person: null, personName: '' } });
  const rule = { named: [{ kind: 'person' as const, id: people.chair }] };
  const { seen } = await must(dossiers.previewAccess({ dossier: made.id, member: null, rule }));
  await must(dossiers.saveAccess({ dossier: made.id, member: null, rule, reason: 'Nhân sự', seen }));
  await arrive({ codeNumber: '5', codeNotation: 'SNV' });
  const table = await tableOf(office, 'Năm,Hồ sơ số,"Số, ký hiệu văn bản"\n2026,09.TC,5/SNV');
  sit(people.officer);
  expect((await must(dossiers.importDossierTable(table))).bad.map(({ problems }) => problems[0]?.code)).toEqual(['dossier-unknown']);
  sit(people.chair);
  expect((await must(dossiers.importDossierTable(table))).counts.good).toBe(1);
});
