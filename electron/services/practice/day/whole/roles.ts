import { randomBytes } from 'node:crypto';
import { practiceStaff } from '../../practice-office.ts';
import { must, type Day } from '../day.ts';

/** Whoever sits at the desk for a part of the day. */
export type Seat = 'clerk' | 'leader' | 'officer' | 'unitHead' | 'archivist';

export type SeatedPerson = { readonly id: string; readonly name: string; readonly unit: string | null; readonly unitName: string };

export type Desks = {
  readonly person: (seat: Seat) => SeatedPerson;
  /** That person signs in; whoever was there before has signed out. */
  readonly sit: (seat: Seat) => Promise<void>;
};

/** By their places in `practiceStaff`. */
const seats: Readonly<Record<Seat, string>> = {
  clerk: 'Văn thư',
  leader: 'Chủ tịch',
  officer: 'Đỗ Văn Thí Dụ',
  unitHead: 'Chánh Văn phòng',
  archivist: 'Lưu trữ',
};
const titles: Readonly<Record<Seat, string>> = { clerk: 'văn thư', leader: 'lãnh đạo', officer: 'người xử lý', unitHead: 'thủ trưởng đơn vị soạn thảo', archivist: 'lưu trữ' };

/** Every person of the day gets a password of their own; from here on the station asks who sits at it. */
export async function openDesks(day: Day): Promise<Desks> {
  day.chapter('Ba vai: văn thư, lãnh đạo, lưu trữ; mỗi người một tài khoản');
  const { people } = day.client;
  const { persons, units } = must(await people.staff({ ended: false }));
  const found = new Map<Seat, SeatedPerson>();
  for (const seat of Object.keys(seats) as Seat[]) {
    const outline = practiceStaff.persons.find(({ position, name }) => position === seats[seat] || name === seats[seat]);
    const one = persons.find(({ name }) => name === outline?.name);
    if (one === undefined) throw new Error(`the practice office has no ${seat}`);
    found.set(seat, { id: one.id, name: one.name, unit: one.unit, unitName: units.find(({ id }) => id === one.unit)?.name ?? '' });
  }
  const person = (seat: Seat): SeatedPerson => {
    const known = found.get(seat);
    if (known === undefined) throw new Error(`nobody sits at ${seat}`);
    return known;
  };
  const passwords = new Map<Seat, string>();
  const sit = async (seat: Seat): Promise<void> => {
    const { id, name } = person(seat);
    const session = must(await people.session({}));
    if (session.person?.id === id && session.state === 'signed-in') return;
    if (session.person !== null) must(await people.signOut({}));
    const password = passwords.get(seat) ?? '';
    const entered = must(await people.signIn({ person: id, password }));
    if (entered.state === 'to-change') {
      const own = newPassword();
      must(await people.changePassword({ old: password, password: own }));
      passwords.set(seat, own);
    }
    day.say(`  Tại bàn: ${name} (${titles[seat]})`);
  };
  // The first account must be an administrator's: the clerk keeps the station here.
  for (const seat of ['clerk', 'leader', 'officer', 'unitHead', 'archivist'] as const) {
    passwords.set(seat, newPassword());
    must(await people.setPassword({ person: person(seat).id, password: passwords.get(seat) ?? '' }));
    if (seat === 'clerk') await sit('clerk');
  }
  await sit('archivist');
  const refused = await people.savePerson({ id: null, name: 'Ai Đó', position: '', standing: 'staff', unit: null, roles: ['administrator'], validFrom: null, since: null });
  day.check('Lưu trữ không làm thay được quản trị', !refused.ok && refused.failure.code === 'not-allowed', refused.ok ? 'được nhận' : 'không có quyền');
  await sit('clerk');
  return { person, sit };
}

/** Four classes of characters and enough entropy (QCVN 12:2026/BCA 3.7). */
function newPassword(): string {
  return `Lt1.${randomBytes(12).toString('base64url')}`;
}
