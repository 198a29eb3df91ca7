import type { EntryKind } from '../appearance/entries.ts';
import type { LetteringFace } from '../appearance/lettering.ts';

/** Names of the reserved fields: the leader's and the agency's signature, and what the clerk enters. */
export const reservedNames = { person: 'NguoiKy', agency: 'CoQuan' } as const;

type EntryField = {
  readonly name: string;
  /** what readers call the field (/TU) */
  readonly title: string;
  /** numbers upright, dates italic (NĐ 30/2020 Annex I.II.3 and 4) */
  readonly face: LetteringFace;
  readonly side: 'left' | 'right' | 'middle';
};

/** The number stands against the slash behind it, a number with its symbol behind `Số:`, day and month in the middle of their gaps. */
export const entryFields: Readonly<Record<EntryKind, EntryField>> = {
  number: { name: 'SoVanBan', title: 'Số', face: 'regular', side: 'right' },
  code: { name: 'SoKyHieu', title: 'Số, ký hiệu', face: 'regular', side: 'left' },
  day: { name: 'NgayBanHanh', title: 'Ngày', face: 'italic', side: 'middle' },
  month: { name: 'ThangBanHanh', title: 'Tháng', face: 'italic', side: 'middle' },
  year: { name: 'NamBanHanh', title: 'Năm', face: 'italic', side: 'middle' },
};
