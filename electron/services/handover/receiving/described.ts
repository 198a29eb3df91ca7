import type { DossierFields, MemberNotes, OwnFileFields, ReceivedFile } from '#contract';
import { codeLists, type Described } from '../../packages/index.ts';

type Fields = Readonly<Record<string, string>>;

/** `dd/MM/yyyy`, and ISO, as a day; null for what is none, or only a month or year. */
function dayOf(text: string | undefined): string | null {
  const found = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text ?? '');
  const day = found === null ? (text ?? '') : `${found[3] ?? ''}-${found[2] ?? ''}-${found[1] ?? ''}`;
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // V8 takes the 31st of February for the 3rd of March.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day) ? day : null;
}

const terms: Readonly<Record<string, number>> = { '02': 70, '03': 50, '04': 30, '05': 20, '06': 10 };

/** How long it is kept. A term that the circular has no code for stands in the note; one that nobody knows keeps it for good. */
function retentionOf(fields: Fields): DossierFields['retention'] {
  const code = fields['maintenance'] ?? '';
  const basis = `TT 05/2025/TT-BNV, maintenance ${code}`;
  const years = terms[code] ?? Number(/Thời hạn bảo quản: (\d{1,3}) năm/.exec(fields['description'] ?? '')?.[1] ?? 0);
  if (code === '01') return { kind: 'permanent', years: null, basis, scheduleRow: null };
  if (years > 0) return { kind: 'years', years, basis, scheduleRow: null };
  return { kind: 'permanent', years: null, basis: `${basis}: chưa rõ thời hạn, giữ đến khi xác định`, scheduleRow: null };
}

const oneOf = <T extends string>(value: string | undefined, allowed: readonly T[], otherwise: T): T => allowed.find((one) => one === value) ?? otherwise;

/** The whole number in a field; null for none. */
function count(text: string | undefined, most: number): number | null {
  const value = Number(text ?? '');
  return (text ?? '') === '' || !Number.isSafeInteger(value) || value < 1 ? null : Math.min(value, most);
}

/** A text as long as the circular has room for (PL III.II.2): a package of another profile is judged by none of its tables. */
const cut = (text: string | undefined, most: number): string => [...(text ?? '').slice(0, most * 2)].slice(0, most).join('');

/** A year that a plan of dossiers can have, else that of the day it came. */
const yearOf = (text: string, receivedOn: string): number => Number(/^(?:19|20|21)\d\d/.exec(text)?.[0] ?? receivedOn.slice(0, 4));

/** A received dossier in the words of this station; undefined when no dossier is described. Its code stays whole: it tells whose it was. */
export function dossierOf(described: readonly Described[], senderName: string, receivedOn: string): { readonly fields: DossierFields; readonly endDate: string } | undefined {
  const fields = described.find(({ kind }) => kind === 'package')?.fields;
  const code = fields?.['fileCode'] ?? fields?.['arcFileCode'] ?? '';
  if (fields === undefined || code === '') return undefined;
  const days = described.map((one) => dayOf(one.fields['issuedDate'])).filter((day) => day !== null).toSorted();
  const endDate = dayOf(fields['endDate']) ?? days.at(-1) ?? receivedOn;
  const startDate = dayOf(fields['startDate']) ?? days[0] ?? null;
  const year = yearOf(/(?:^|\.)((?:19|20|21)\d\d)(?:\.|$)/.exec(code)?.[1] ?? endDate, receivedOn);
  const languages = [...new Set((fields['language'] ?? '').split(/[,; ]+/).filter((one) => /^(0[1-9]|1[01])$/.test(one)))];
  return {
    endDate,
    fields: {
      catalog: year,
      notation: cut(code, 100).replaceAll(/[\s/\\]+/g, '-'),
      title: cut(fields['title'] === '' ? code : (fields['title'] ?? code), 1000),
      retention: retentionOf(fields),
      maker: { unit: null, unitName: senderName, person: null, personName: '' },
      useMode: fields['mode'] === '01' ? 'public' : 'conditional',
      language: languages.length === 0 ? '01' : languages.join(';'),
      keyword: cut(fields['keyword'], 100),
      infoSign: cut(fields['inforSign'], 30),
      condition: oneOf(fields['format'], ['01', '02', '03'], '01'),
      paperCode: cut(fields['paperFileCode'], 100),
      paperSheets: count(fields['numberOfPaper'], 999_999),
      description: cut(fields['description'], 2000),
      startDate: startDate !== null && startDate > endDate ? null : startDate,
      endDate,
    },
  };
}

export type Member = { readonly path: string; readonly fields: OwnFileFields; readonly notes: MemberNotes };

/** Kinds of documents by the circular's code; what stands under "Khác" has no name. */
const kinds: Readonly<Record<string, string>> = { ...codeLists.typeName, '32': '' };

/** The seven digits that files of one document begin with; the path itself where somebody named them otherwise. */
function stem(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^\d{7}(?=[._])/.exec(name)?.[0] ?? path;
}

/**
 * The files of a package that stand in its dossier, in the order of their documents: each document's own file, then what is
 * attached to it. What is neither stays with the package alone.
 */
export function membersOf(described: readonly Described[], files: readonly Pick<ReceivedFile, 'path'>[]): readonly Member[] {
  const documents = described.filter(({ kind }) => kind !== 'package').toSorted((a, b) => (a.fields['docCode'] ?? a.metadata).localeCompare(b.fields['docCode'] ?? b.metadata, 'en', { numeric: true }));
  const data = files.map(({ path }) => path).filter((path) => /(^|\/)data\//.test(path) && !path.endsWith('.fetch.txt') && !path.endsWith('.process.csv')).toSorted();
  const there = new Set(data);
  const alike = Map.groupBy(data, stem);
  const taken = new Set<string>(documents.flatMap((one) => one.files));
  const members: Member[] = [];
  for (const { fields, files: its } of documents) {
    for (const path of its) {
      if (!there.has(path)) continue;
      members.push({ path, fields: ownFields(fields), notes: notesOf(fields, fields['description'] ?? '') });
      for (const other of alike.get(stem(path)) ?? []) {
        if (taken.has(other)) continue;
        taken.add(other);
        members.push({ path: other, fields: ownFields(fields), notes: notesOf(fields, 'Tài liệu kèm theo') });
      }
    }
  }
  for (const path of data) {
    if (taken.has(path)) continue;
    const name = path.slice(path.lastIndexOf('/') + 1);
    members.push({ path, fields: { typeName: '', codeNumber: '', codeNotation: '', issuedDate: null, issuerName: '', subject: name.slice(0, 500), pageAmount: null }, notes: notesOf({}, 'Không có trường mô tả trong gói tin') });
  }
  return members;
}

function ownFields(fields: Fields): OwnFileFields {
  const subject = fields['subject'] ?? fields['imageTitle'] ?? fields['movieTitle'] ?? fields['eventName'] ?? '';
  return {
    typeName: kinds[fields['typeName'] ?? ''] ?? '',
    codeNumber: (fields['codeNumber'] ?? '').slice(0, 11),
    codeNotation: (fields['codeNotation'] ?? '').slice(0, 30),
    issuedDate: dayOf(fields['issuedDate'] ?? fields['photoTime'] ?? fields['recordDate']),
    issuerName: (fields['organName'] ?? fields['photographer'] ?? fields['recorder'] ?? '').slice(0, 200),
    subject: subject === '' ? (fields['docCode'] ?? '—') : subject.slice(0, 500),
    pageAmount: count(fields['numberOfPage'], 65_535),
  };
}

function notesOf(fields: Fields, note: string): MemberNotes {
  return { sheet: '', note: note.slice(0, 500), origin: oneOf(fields['confidenceLevel'], ['01', '02', '03'], '01'), autograph: cut(fields['autograph'], 2000) };
}
