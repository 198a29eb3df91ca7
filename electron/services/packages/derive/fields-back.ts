import type { CollectionFields, DocumentFields, DossierFields } from '../model.ts';

/** Elements of a field file by their names. */
type Elements = Readonly<Record<string, string>>;

const text = (fields: Elements, name: string): string => fields[name] ?? '';
const count = (fields: Elements, name: string): number | null => (/^\d+$/.test(text(fields, name)) ? Number(text(fields, name)) : null);
const codes = (fields: Elements, name: string): readonly string[] => text(fields, name).split(/[,; ]+/).filter((code) => code !== '');
/** `DD/MM/YYYY`, `MM/YYYY` or `YYYY` as the model has it. */
const day = (fields: Elements, name: string): string => text(fields, name).split('/').toReversed().join('-');

/** A code without that of the archive before it, which the writers put there. */
function ownCode(code: string, archive: string): string {
  return code.startsWith(`${archive}.`) ? code.slice(archive.length + 1) : code;
}

const codeOf = (fields: Elements, archive: string, ...names: readonly string[]): string => ownCode(names.map((name) => text(fields, name)).find((code) => code !== '') ?? '', archive);

/** What the file about a package says (PL I–IV, mục II.2), in the words of the model. `archive`: its code. */
export function headBack(fields: Elements, archive: string): DossierFields | CollectionFields {
  const fileCode = codeOf(fields, archive, 'fileCode', 'arcFileCode');
  const common = { fileCode, title: text(fields, 'title'), description: text(fields, 'description') };
  if (!('startDate' in fields)) return { kind: 'tailieu', ...common, source: text(fields, 'source') };
  return {
    kind: 'hoso',
    ...common,
    maintenance: text(fields, 'maintenance'),
    mode: text(fields, 'mode'),
    languages: codes(fields, 'language'),
    startDate: day(fields, 'startDate'),
    endDate: day(fields, 'endDate'),
    keyword: text(fields, 'keyword'),
    numberOfPaper: count(fields, 'numberOfPaper'),
    numberOfPage: count(fields, 'numberOfPage'),
    format: text(fields, 'format'),
    inforSign: text(fields, 'inforSign'),
    confidenceLevel: text(fields, 'confidenceLevel'),
    paperFileCode: text(fields, 'paperFileCode'),
    riskRecovery: text(fields, 'riskRecovery') === '1',
    riskRecoveryStatus: text(fields, 'riskRecoveryStatus'),
  };
}

/** What the file about a document says, in the words of the model. */
export function documentBack(kind: DocumentFields['kind'], fields: Elements, archive: string): DocumentFields {
  const plain = <const N extends string>(...names: readonly N[]): Readonly<Record<N, string>> => Object.fromEntries(names.map((name) => [name, text(fields, name)])) as Record<N, string>;
  const common = {
    ...plain('maintenance', 'inforSign', 'mode', 'format', 'riskRecoveryStatus', 'description'),
    docCode: codeOf(fields, archive, 'docCode', 'arcDocCode'),
    riskRecovery: text(fields, 'riskRecovery') === '1',
  };
  const docAttached = text(fields, 'docAttached') === '1';
  if (kind === 'pic') return { kind, ...common, docAttached, ...plain('typePic', 'archivesNumber', 'eventName', 'imageTitle', 'photographer', 'photoPlace', 'colour', 'filmSize'), photoTime: day(fields, 'photoTime') };
  const languages = codes(fields, 'language');
  if (kind === 'media') return { kind, ...common, docAttached, languages, ...plain('typeMedia', 'archivesNumber', 'eventName', 'movieTitle', 'recorder', 'recordPlace', 'playTime', 'quality'), recordDate: day(fields, 'recordDate') };
  return {
    kind,
    ...common,
    ...plain('docId', 'typeName', 'codeNumber', 'codeNotation', 'organName', 'subject', 'keyword', 'confidenceLevel', 'autograph'),
    issuedDate: day(fields, 'issuedDate'),
    languages,
    numberOfPage: count(fields, 'numberOfPage'),
  };
}
