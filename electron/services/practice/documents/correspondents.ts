export type Correspondent = { readonly code: string; readonly name: string };

/**
 * Who writes to the practice agency. Ministries have their codes of QĐ 09/2025 (axis.md §3.7). The province is made
 * up, and its code H99 lies outside the list H01–H63, so that no practice message can pass for a real province's.
 */
export const correspondents = {
  governmentOffice: { code: 'G22', name: 'Văn phòng Chính phủ' },
  homeAffairs: { code: 'G09', name: 'Bộ Nội vụ' },
  science: { code: 'G06', name: 'Bộ Khoa học và Công nghệ' },
  province: { code: 'H99', name: 'Ủy ban nhân dân tỉnh Lam Giang' },
  provinceHomeAffairs: { code: 'H99.02', name: 'Sở Nội vụ tỉnh Lam Giang' },
  provinceFinance: { code: 'H99.05', name: 'Sở Tài chính tỉnh Lam Giang' },
  commune: { code: 'H99.31', name: 'Ủy ban nhân dân xã Bình An' },
} as const satisfies Readonly<Record<string, Correspondent>>;

/** The same as a list, for the directory of the practice axis. */
export const practiceCorrespondents: readonly Correspondent[] = Object.values(correspondents);
