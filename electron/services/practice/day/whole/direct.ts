import { vietnamDay } from '../../../../foundation/clock.ts';
import { composeDecreeForm } from '../../documents/decree-form.ts';
import { practiceDays } from '../../documents/practice-days.ts';
import { practiceSet } from '../../documents/practice-set.ts';
import { practiceAgency } from '../../practice-office.ts';
import { answerOf, countText, inWords, listIncoming, must, type Day } from '../day.ts';
import { keepPrinted } from './prints.ts';
import type { Desks } from './roles.ts';

/** A letter that came as a file is entered with what its text suggests, and gets its number. */
export async function enterWithSuggestions(day: Day): Promise<void> {
  day.chapter('Vào sổ một văn bản nhận bằng tệp, trường điền sẵn từ nội dung');
  const paper = practiceSet(practiceAgency.name, practiceDays(day.clock.now())).find(({ typeName }) => typeName === 'Quyết định');
  if (paper === undefined) throw new Error('the practice set holds a decision');
  // Another number, as the same decision has come over the axis.
  const form = { ...paper.form, number: '1999' };
  const { bytes, pages } = await composeDecreeForm(form, day.fonts);
  const file = { name: 'quyet-dinh-1999.pdf', mediaType: 'application/pdf', ...(await day.storeFile(bytes)) };
  const waiting = must(await day.client.intake.takeFile({ file }));
  const read = must(await day.client.intake.suggest({ file: waiting.id }));
  const best = new Map(read.fields.map(({ field, best: one }) => [field, one?.value ?? '']));
  const meant: Readonly<Record<string, string>> = {
    codeNumber: form.number,
    codeNotation: form.notation,
    issuedDate: form.date,
    typeName: paper.typeName,
    signerName: form.signer.fullName,
    place: form.place,
    pageAmount: String(pages),
  };
  const right = Object.entries(meant).filter(([field, value]) => best.get(field as 'codeNumber')?.toLowerCase() === value.toLowerCase());
  day.check('Các trường gợi ý đúng với văn bản', right.length === Object.keys(meant).length, `${countText(right.length, Object.keys(meant).length)}: số ${best.get('codeNumber') ?? '—'}/${best.get('codeNotation') ?? '—'}, ngày ${best.get('issuedDate') ?? '—'}, ${best.get('signerName') ?? '—'} ký`);
  const or = (field: Parameters<typeof best.get>[0], otherwise: string): string => {
    const value = best.get(field) ?? '';
    return value === '' ? otherwise : value;
  };
  const added = must(
    await day.client.intake.addIncoming({
      fields: {
        codeNumber: or('codeNumber', ''),
        codeNotation: or('codeNotation', ''),
        issuedDate: or('issuedDate', '') === '' ? null : or('issuedDate', ''),
        place: or('place', ''),
        typeName: or('typeName', paper.typeName),
        subject: or('subject', form.subject),
        issuerName: or('issuerName', form.agency),
        issuerOrganId: '',
        arrivedOn: vietnamDay(day.clock.now()),
        signerName: or('signerName', ''),
        signerPosition: or('signerPosition', ''),
        signerCompetence: or('signerCompetence', '').slice(0, 100),
        urgency: 0,
        dueDate: null,
        holders: '',
        language: 'Tiếng Việt',
        pageAmount: pages,
        description: 'Nhận bằng tệp (luyện tập)',
      },
      source: 'file',
      files: [waiting.id],
      register: true,
    }),
  );
  day.check('Vào sổ với các trường ấy', added.arrivalNumber !== null, `số đến ${String(added.arrivalNumber ?? '—')}`);
}

/**
 * The urgent message of the province is presented, directed to who leads and who joins with a day, worked on and ended by the
 * one who has it. The sender hears of each step once.
 */
export async function directWork(day: Day, desks: Desks): Promise<void> {
  day.chapter('Trình, chỉ đạo, giao việc, hạn giải quyết');
  const urgent = (await listIncoming(day, 'registered')).find(({ typeName }) => typeName === 'Công điện');
  if (urgent === undefined) throw new Error('the practice set holds an urgent message');
  const { id } = urgent;
  const [leader, officer, joint] = [desks.person('leader'), desks.person('officer'), desks.person('unitHead')];
  must(await day.client.handling.present({ id, leader: leader.id, leaderName: leader.name, note: 'Kính trình Chủ tịch cho ý kiến.' }));
  const twice = await day.client.handling.present({ id, leader: leader.id, leaderName: leader.name, note: '' });
  day.check('Đã trình thì không trình lần hai', answerOf(twice) === 'step-not-allowed', inWords(answerOf(twice)));

  await desks.sit('leader');
  const { inTwoDays, today } = practiceDays(day.clock.now());
  const party = (person: typeof officer) => ({ unit: person.unit, unitName: person.unitName, person: person.id, personName: person.name, deadline: null });
  const directed = must(
    await day.client.handling.direct({
      id,
      text: 'Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì, Văn phòng phối hợp; trực ban 24/24 giờ, báo cáo trước hạn.',
      leader: leader.id,
      leaderName: leader.name,
      delegatedAs: '',
      givenOn: today,
      fromPaper: false,
      deadline: inTwoDays,
      assignees: [{ part: 'lead', ...party(officer) }, { part: 'joint', ...party(joint) }],
      withdraw: false,
      reason: '',
    }),
  );
  const told = directed.assignments.map(({ part, personName }) => `${part === 'lead' ? 'chủ trì' : 'phối hợp'} ${personName}`);
  day.check('Có chỉ đạo, người chủ trì, người phối hợp và hạn', told.length === 2 && directed.due === inTwoDays && directed.standing === 'assigned', `${told.join('; ')}; hạn ${directed.due ?? '—'}`);
  const board = must(await day.client.handling.board({ by: 'person' }));
  const onBoard = board.rows.find(({ name }) => name === officer.name);
  day.check('Bảng theo dõi đếm việc của người chủ trì', onBoard !== undefined && onBoard.overdue === 0, onBoard === undefined ? 'không thấy' : `${String(onBoard.soon + onBoard.later)} việc trong hạn`);

  await desks.sit('officer');
  must(await day.client.handling.progress({ id, note: 'Đã phân công trực ban, rà soát điểm sạt lở.' }));
  const done = must(await day.client.handling.finish({ id, result: 'filed', answer: null, note: 'Đã báo cáo qua điện thoại, lưu hồ sơ.' }));
  day.check('Người xử lý kết thúc trong hạn', done.standing === 'done' && done.result === 'filed', inWords(done.standing));
  await desks.sit('clerk');
  await day.exchange();
  const { documentId } = must(await day.client.records.incomingGet({ id }));
  const codes = (await day.axis.statuses(documentId)).map(({ message }) => message.statusCode).toSorted();
  day.check('Nơi gửi nghe 01, 03, 04, 05, 06, mỗi trạng thái một lần', codes.join(' ') === '01 03 04 05 06', codes.join(' '));
  await keepPrinted(day, 'in-an/phieu-giai-quyet-van-ban-den.pdf', must(await day.client.printing.makeHandlingSlip({ incoming: id })));
}
