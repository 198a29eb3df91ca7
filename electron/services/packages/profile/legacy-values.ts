import { folded } from '../../../foundation/pasted-table.ts';
import { codeLists, type CodeList } from './codes.ts';

/** How sure a line of the table is: R read in notes on the primary text, K known from practice and not compared. */
type Confidence = 'R' | 'K';
type Line = { readonly list: CodeList; readonly code: string; readonly said: readonly string[]; readonly source: string; readonly confidence: Confidence };

const circular = 'TT 05/2025/TT-BNV, bảng trường Phụ lục I–V';
const older = 'TT 02/2019/TT-BNV, dữ liệu gặp trong thực tế';
const decree = 'NĐ 30/2020/NĐ-CP Phụ lục VI';

/**
 * What NĐ 30/2020, TT 02/2019/TT-BNV and people write in words where TT 05/2025 wants a code. The names of the code lists
 * themselves are known without being here. Numbers of years that have no code are 07 (khác).
 */
const lines: readonly Line[] = [
  { list: 'maintenance', code: '01', said: ['vv', 'vinh vien', 'bao quan vinh vien', 'lau dai'], source: decree, confidence: 'K' },
  { list: 'mode', code: '01', said: ['khong han che', 'public', 'cong khai rong rai'], source: older, confidence: 'K' },
  { list: 'mode', code: '02', said: ['han che', 'co dieu kien', 'tiep can co dieu kien', 'conditional'], source: older, confidence: 'K' },
  { list: 'language', code: '01', said: ['viet', 'vi', 'vie', 'vn', 'vietnamese'], source: older, confidence: 'K' },
  { list: 'language', code: '02', said: ['anh', 'en', 'eng', 'english'], source: older, confidence: 'K' },
  { list: 'language', code: '03', said: ['phap', 'fr', 'fra', 'french'], source: older, confidence: 'K' },
  { list: 'language', code: '04', said: ['nga', 'ru', 'rus', 'russian'], source: older, confidence: 'K' },
  { list: 'language', code: '05', said: ['trung', 'trung quoc', 'zh', 'zho', 'chinese'], source: older, confidence: 'K' },
  { list: 'format', code: '01', said: ['con tot', 'nguyen ven'], source: older, confidence: 'K' },
  { list: 'format', code: '02', said: ['trung binh'], source: older, confidence: 'K' },
  { list: 'format', code: '03', said: ['kem', 'rach', 'hu hong'], source: older, confidence: 'K' },
  { list: 'confidenceLevel', code: '01', said: ['ban goc dien tu', 'dien tu', 'goc'], source: circular, confidence: 'K' },
  { list: 'confidenceLevel', code: '02', said: ['so hoa tu giay', 'ban so hoa', 'scan'], source: circular, confidence: 'K' },
  { list: 'typeName', code: '31', said: ['ban ve'], source: circular, confidence: 'R' },
];

const known = new Map<string, string>([
  ...Object.entries(codeLists).flatMap(([list, codes]) => Object.entries(codes).map(([code, name]): [string, string] => [`${list} ${folded(name)}`, code])),
  ...lines.flatMap(({ list, code, said }) => said.map((words): [string, string] => [`${list} ${words}`, code])),
]);

/** The code of a value as older systems and people have written it; undefined for one that nobody knows. A code stays one. */
export function codeOfValue(list: CodeList, value: string): string | undefined {
  const said = folded(value).replaceAll(/\s+/g, ' ').trim();
  if (said in codeLists[list]) return said;
  const digit = `0${said}`;
  if (list !== 'maintenance' && /^\d$/.test(said) && digit in codeLists[list]) return digit;
  const found = known.get(`${list} ${said}`);
  if (found !== undefined || list !== 'maintenance') return found;
  const years = /^0*([1-9]\d{0,2})(?: nam)?$/.exec(said)?.[1];
  return years === undefined ? undefined : (known.get(`maintenance ${years} nam`) ?? '07');
}

/** Codes of several values, parted by signs; undefined where one of them is not known. */
export function codesOfValues(list: CodeList, value: string): readonly string[] | undefined {
  const codes = value.split(/[;,]/).flatMap((part) => (part.trim() === '' ? [] : [codeOfValue(list, part)]));
  return codes.every((code) => code !== undefined) ? codes : undefined;
}
