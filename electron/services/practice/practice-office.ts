import type { Correspondent } from './documents/correspondents.ts';

/**
 * The office one practises in. The code has the form of QĐ 20/2020 under a province in force, with a last group that
 * no commune has; the name says what it is.
 */
export const practiceAgency: Correspondent = { code: 'H29.99', name: 'Ủy ban nhân dân phường Luyện Tập' };

/** Who sits at the practice desk. */
export const practiceOperator = 'Nguyễn Thị Luyện Tập';
