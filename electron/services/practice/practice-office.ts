import type { StaffOutline } from '../people/index.ts';
import type { Correspondent } from './documents/correspondents.ts';

/**
 * The office one practises in. The code has the form of QĐ 20/2020 under a province in force, with a last group that
 * no commune has; the name says what it is.
 */
export const practiceAgency: Correspondent = { code: 'H29.99', name: 'Ủy ban nhân dân phường Luyện Tập' };

/** Who sits at the practice desk. */
export const practiceOperator = 'Nguyễn Thị Luyện Tập';

/** The office's own: what symbols and signatures are built from, and the people one works with. */
export const practiceStaff: StaffOutline = {
  parentName: 'Ủy ban nhân dân tỉnh Luyện Tập',
  abbreviation: 'UBND',
  place: 'Luyện Tập',
  collective: 'Ủy ban nhân dân',
  headPosition: 'Chủ tịch',
  units: [
    { name: 'Văn phòng', abbreviation: 'VP' },
    { name: 'Phòng Văn hóa - Xã hội', abbreviation: 'VHXH' },
    { name: 'Phòng Kinh tế, Hạ tầng và Đô thị', abbreviation: 'KTHTĐT' },
  ],
  persons: [
    { name: 'Trần Văn Thực Hành', position: 'Chủ tịch', standing: 'head', unit: '', roles: ['leader'] },
    { name: 'Lê Thị Thử Nghiệm', position: 'Phó Chủ tịch', standing: 'deputy', unit: '', roles: ['leader'] },
    { name: practiceOperator, position: 'Văn thư', standing: 'staff', unit: 'Văn phòng', roles: ['clerk', 'administrator'] },
    { name: 'Phạm Văn Học Việc', position: 'Chánh Văn phòng', standing: 'staff', unit: 'Văn phòng', roles: ['officer'] },
    { name: 'Hoàng Thị Bài Tập', position: 'Trưởng phòng', standing: 'staff', unit: 'Phòng Văn hóa - Xã hội', roles: ['officer'] },
    { name: 'Đỗ Văn Thí Dụ', position: 'Trưởng phòng', standing: 'staff', unit: 'Phòng Kinh tế, Hạ tầng và Đô thị', roles: ['officer'] },
    { name: 'Vũ Thị Lưu Mẫu', position: 'Lưu trữ', standing: 'staff', unit: 'Văn phòng', roles: ['archivist'] },
  ],
};

/** The archive that takes over what the practice office hands over; a practice profile of its own. */
export const practiceArchive: Correspondent = { code: 'H99.08', name: 'Trung tâm Lưu trữ lịch sử tỉnh Lam Giang' };

/** Who sits there. */
export const practiceArchivist = 'Ngô Thị Tiếp Nhận';
