import { z } from 'zod';
import { AgencyKind, type AgencyIssues, type DocumentKind } from '#contract';
import type { ReadDb, WriteDb } from '../../../store/index.ts';
import { readSetting, saveSetting } from '../../settings/index.ts';
import { folded } from './kinds.ts';

/**
 * Which legal-normative kinds agencies of each kind issue, by their codes. The act itself was not compared: so this only orders
 * what an office is offered first, and no kind is refused to anybody.
 */
const legalKinds: Readonly<Record<AgencyKind, readonly string[]>> = {
  government: ['legal-NĐ', 'legal-NQ', 'legal-QĐ'],
  ministry: ['legal-TT', 'legal-TTLT'],
  // Resolutions of the council and decisions of the committee, which share a văn thư in many places.
  province: ['legal-NQ', 'legal-QĐ'],
  commune: ['legal-NQ', 'legal-QĐ'],
  other: [],
};
const source = 'Luật Ban hành văn bản quy phạm pháp luật 64/2025/QH15, Điều 4, sửa đổi bởi Luật 87/2025/QH15';

const organs = ['UBND', 'Ủy ban nhân dân', 'HĐND', 'Hội đồng nhân dân', 'HĐND và UBND', 'Hội đồng nhân dân và Ủy ban nhân dân'].map(folded);
const places = ([['xã', 'commune'], ['phường', 'commune'], ['đặc khu', 'commune'], ['tỉnh', 'province'], ['thành phố', 'province']] as const).map(([word, kind]) => [folded(word), kind] as const);
const whole = new Map<string, AgencyKind>([
  ...(['Chính phủ', 'Thủ tướng Chính phủ'].map((name) => [folded(name), 'government'] as const)),
  ...(['Ngân hàng Nhà nước Việt Nam', 'Thanh tra Chính phủ', 'Văn phòng Chính phủ', 'Tòa án nhân dân tối cao', 'Viện kiểm sát nhân dân tối cao', 'Kiểm toán Nhà nước'].map(
    (name) => [folded(name), 'ministry'] as const,
  )),
]);
/** What else begins like the name of a ministry. */
const noMinistries = ['Bộ Chỉ huy', 'Bộ Tư lệnh', 'Bộ phận', 'Bộ môn'].map(folded);

/** What an agency is by its name; what is not told by it (sở, phòng, cục, trường) is `other`, of which there are most. */
export function agencyKindOf(name: string): AgencyKind {
  const words = folded(name);
  const known = whole.get(words) ?? places.find(([place]) => organs.some((organ) => words.startsWith(`${organ} ${place} `)))?.[1];
  if (known !== undefined) return known;
  return words.startsWith(`${folded('Bộ')} `) && !noMinistries.some((other) => words.startsWith(other)) ? 'ministry' : 'other';
}

const Said = z.strictObject({ office: z.string(), kind: AgencyKind });

/** What kind of agency an office is, as somebody said or else by its name, and which legal-normative kinds are usual there. */
export function agencyIssues(db: ReadDb, office: { readonly id: string; readonly name: string }): AgencyIssues {
  const said = readSetting(db, 'agency-kind', Said);
  const isSaid = said?.office === office.id;
  const kind = isSaid ? said.kind : agencyKindOf(office.name);
  return { kind, isSaid, legalKinds: [...legalKinds[kind]], source, confidence: 'known' };
}

/** Writes down what somebody said of it; it holds for this office and no other that follows it. */
export function saveAgencyKind(db: WriteDb, office: string, kind: AgencyKind, at: string): void {
  saveSetting(db, 'agency-kind', { office, kind } satisfies z.infer<typeof Said>, at);
}

/** Whether a series is offered first: all but those of legal-normative kinds that such an agency does not issue and nobody began. */
export function isOffered({ legalKinds: usual }: AgencyIssues, { scope, begun }: { readonly scope: string; readonly begun: boolean }, kinds: readonly DocumentKind[]): boolean {
  if (begun || !scope.startsWith('legal:')) return true;
  const code = scope.slice('legal:'.length);
  return usual.includes(code) || kinds.some((kind) => kind.code === code && kind.confidence === 'office');
}
