import type { Contract, DraftDetail, InputOf, OutgoingDetail, SigningProgress, SigningRole } from '#contract';
import { vietnamDay } from '../../../../foundation/clock.ts';
import { composeDecreeForm, type DecreeForm, type Paragraph } from '../../documents/decree-form.ts';
import { practiceAgency, practiceStaff } from '../../practice-office.ts';
import { practiceSeal, practiceSignature } from '../../pictures.ts';
import { answerOf, codeOf, countText, inWords, must, partners, safeName, type Day } from '../day.ts';
import { deliveryTo, departmentSays, partnersMove } from '../dispatch.ts';
import type { Desks } from './roles.ts';
import type { SignedArrival } from './signed-arrivals.ts';
import type { OwnSigning, WholeDay } from './whole-day.ts';

const { commune, department } = partners;

type Draft = { readonly typeName: string; readonly subject: string; readonly symbol: string; readonly body: readonly Paragraph[]; readonly repliesTo: string | null };

/** Registers what signing takes: the practice root as an anchor of this practice profile, how the office signs, pictures, the driver. */
export async function furnishSigning(day: Day, { root, leader, tsa, own }: WholeDay, desks: Desks): Promise<void> {
  day.chapter('Ký số luyện tập: gốc tin cậy, dấu thời gian, thiết bị, mẫu chữ ký và con dấu');
  const { signingSettings } = day.client;
  const added = must(await signingSettings.addAnchor({ certificate: Buffer.from(root.der).toString('base64'), sha256: root.sha256, reason: 'Gốc của ngày luyện tập' }));
  day.check('Gốc luyện tập chỉ có hiệu lực trong hồ sơ luyện tập', added.origin === 'practice', added.name);
  const usual = must(await signingSettings.settings({}));
  must(await signingSettings.saveSettings({ ...usual, tsa, level: tsa === '' ? 'B' : 'LT', keepPinMinutes: 0 }));
  const picture = async (kind: 'signature' | 'seal', person: string | null, bytes: Uint8Array, widthMm: number): Promise<void> => {
    const file = { name: `${kind}.png`, mediaType: 'image/png', ...(await day.storeFile(bytes)) };
    must(await signingSettings.savePicture({ kind, person, file, widthMm, reason: 'Mẫu luyện tập' }));
  };
  await picture('signature', desks.person('leader').id, practiceSignature(), 40);
  await picture('seal', null, practiceSeal(), 36);
  const looked = must(await signingSettings.checkCertificate({ certificate: Buffer.from(leader).toString('base64') }));
  const wanted = tsa === '' ? ['none'] : ['now'];
  day.check(tsa === '' ? 'Chứng thư số của lãnh đạo: chưa hỏi được trạng thái (không có OpenSSL)' : 'Chứng thư số của lãnh đạo: hỏi trạng thái trực tuyến, còn hiệu lực', looked.result !== 'refuse' && wanted.includes(looked.online), `${looked.certificate.subject}: ${looked.status}, ${looked.online}`);
  if (own.by === 'token') {
    must(await day.client.tokens.useModule({ path: own.module }));
    const state = must(await day.client.tokens.look({}));
    const names = state.devices.flatMap(({ token, verdict }) => (token === null ? [] : [`${token.label} (${verdict})`]));
    day.check('Thiết bị ký (SoftHSM) nhận qua tiến trình riêng', [own.labels.person, own.labels.agency].every((label) => state.devices.some(({ token }) => token?.label === label)), names.join(', '));
  } else day.say(`  Không có thiết bị ký (thiếu ${own.missing}): dùng khóa phần mềm luyện tập, ký ngoài chương trình rồi nạp tệp đã ký.`);
}

/** Two letters of ours from draft to issue; the first answers what the department asked. Each goes to both partners. */
export async function signAndSend(day: Day, whole: WholeDay, desks: Desks, asked: SignedArrival): Promise<readonly OutgoingDetail[]> {
  day.chapter('Soạn thảo, hai lượt kiểm tra, lãnh đạo ký số');
  const drafts = await Promise.all(outlines(asked).map((draft) => composed(day, desks, draft)));
  await desks.sit('officer');
  const checked: DraftDetail[] = [];
  for (const draft of drafts) {
    const { id } = must(await day.client.drafting.create(draft));
    checked.push(must(await day.client.drafting.submit({ id, comment: 'Kính trình kiểm tra.' })));
  }
  await desks.sit('unitHead');
  for (const { id, version } of checked) must(await day.client.drafting.checkContent({ id, version, person: '', comment: 'Nội dung đúng thẩm quyền.' }));
  const [first] = checked;
  const again = await day.client.drafting.checkForm({ id: first?.id ?? '', version: first?.version ?? 0, person: '', comment: '', hints: [] });
  day.check('Một người không tự kiểm tra cả hai lượt', !again.ok, inWords(answerOf(again)));
  await desks.sit('clerk');
  for (const { id, version } of checked) must(await day.client.drafting.checkForm({ id, version, person: '', comment: 'Đúng thể thức.', hints: [] }));

  await desks.sit('leader');
  const ids = checked.map(({ id }) => id);
  await signAll(day, whole, 'person', ids);
  const signed = await Promise.all(ids.map(async (id) => must(await day.client.drafting.get({ id }))));
  day.check('Lãnh đạo đã ký cả hai dự thảo bằng một lần nhập PIN', signed.every(({ state }) => state === 'signed'), signed.map(({ acts }) => acts.at(-1)?.signed?.form ?? '—').join(', '));

  day.chapter('Số, ngày và con dấu trong một lượt; phát hành tới hai nơi');
  await desks.sit('clerk');
  const outcomes = must(await day.client.drafting.number({ drafts: ids, day: vietnamDay(day.clock.now()) }));
  const documents = outcomes.map(({ document }) => document?.id ?? '');
  day.check('Mỗi văn bản được cấp số', documents.every((id) => id !== ''), outcomes.map(({ document, failure }) => document === null ? (failure?.code ?? '—') : codeOf(document)).join(', '));
  await signAll(day, whole, 'agency', documents);
  const issued: OutgoingDetail[] = [];
  for (const document of documents) {
    must(await day.client.drafting.issue({ document, send: true }));
    issued.push(must(await day.client.records.outgoingGet({ id: document })));
  }
  await day.exchange();
  for (const document of issued) await arrivedSigned(day, document, whole.own);
  const [answer] = documents;
  const leader = desks.person('leader');
  must(await day.client.handling.present({ id: asked.id, leader: leader.id, leaderName: leader.name, note: 'Kính trình, đã có văn bản trả lời.' }));
  const answered = must(await day.client.handling.finish({ id: asked.id, result: 'answered', answer: answer ?? null, note: '' }));
  day.check(`${asked.code} được trả lời bằng ${issued[0] === undefined ? '—' : codeOf(issued[0])}`, answered.answeredBy.some(({ id }) => id === answer), answered.answeredBy.map(({ code }) => code).join(', '));
  await day.exchange();
  return issued;
}

/** The axis got the signed file, both recipients said what they did with it. */
async function arrivedSigned(day: Day, document: OutgoingDetail, own: OwnSigning): Promise<void> {
  const [file] = document.files;
  const bytes = await day.readFile(file?.id ?? '');
  day.keep(`van-ban-di-ky-so/${safeName(codeOf(document))}.pdf`, bytes);
  const [seen, ...more] = await day.axis.documents(document.documentId);
  const same = seen?.files.join() === file?.sha256 && more.length === 0;
  day.check(`${codeOf(document)}: trục nhận đúng tệp đã ký, một lần, hai nơi nhận`, same && seen?.to.join() === `${commune.code},${department.code}`, `SHA-256 ${file?.sha256.slice(0, 16) ?? '—'}…, ${own.by === 'token' ? 'thiết bị ký' : 'khóa phần mềm luyện tập'}`);
  await departmentSays(day, document, '03', 'Đã tiếp nhận, vào sổ văn bản đến');
  await partnersMove(day, 2);
  const rows = [await deliveryTo(day, document, commune), await deliveryTo(day, document, department)];
  day.check(`${codeOf(document)}: trạng thái của hai nơi trở về`, rows.every(({ statuses }) => statuses.some(({ code }) => code === '03')), rows.map(({ name, statusCode }) => `${name} ${statusCode}`).join('; '));
}

/** Signs with one PIN through the token's process, or outside of the program where there is no token. */
async function signAll(day: Day, whole: WholeDay, role: SigningRole, ids: readonly string[]): Promise<void> {
  const { own } = whole;
  if (own.by === 'software') {
    for (const id of ids) await signOutside(day, whole, role, id);
    return;
  }
  const { signing, tokens } = day.client;
  const { devices } = must(await tokens.look({}));
  const found = devices.find(({ token }) => token?.label === own.labels[role]);
  const certificate = found?.certificates.find(({ privateKey }) => privateKey !== 'none')?.sha256;
  if (found === undefined || certificate === undefined) throw new Error(`the practice token ${own.labels[role]} has no certificate`);
  const device = { device: found.id, certificate };
  const { items } = must(await signing.plan({ role, ids: [...ids] }));
  const refused = items.flatMap(({ refusal }) => (refusal === null ? [] : [refusal.code]));
  day.check(role === 'person' ? 'Xem trước: chỗ ký tìm được theo thể thức' : 'Xem trước: số, ngày, con dấu đúng chỗ', refused.length === 0 && items.length === ids.length, refused.length === 0 ? `${String(items.length)} văn bản, ${items.map(({ signatures }) => `${String(signatures)} chữ ký`).join(', ')}` : refused.join(', '));
  const { check, warnings } = must(await signing.check({ role, ids: [...ids], ...device }));
  day.say(`  Chứng thư số ${check.certificate.subject}: ${check.result}, trạng thái ${check.status}${warnings.length === 0 ? '' : `; cảnh báo đã xem: ${warnings.map(({ code, params }) => String(params['doubt'] ?? code)).join(', ')}`}`);
  const pin = { kind: 'typed' as const, pin: [...new TextEncoder().encode(own.pin)], finalTryAccepted: false, asTyped: false };
  const order = { role, items: ids.map((id) => ({ id, version: items.find((one) => one.id === id)?.version ?? 0, place: null, opened: true })), ...device, pin, seen: warnings.map(({ key }) => key) };
  const { batch } = must(await signing.start(order));
  const end = await ended(own, batch);
  const levels = end.items.map(({ level, state, cause, missing }) => (state === 'done' ? `mức ${level ?? '—'}${missing === null ? '' : ` (thiếu: ${missing.why})`}` : (cause?.code ?? state)));
  const wanted = whole.tsa === '' ? 'B' : 'LT';
  day.check(role === 'person' ? 'Chữ ký của lãnh đạo' : 'Chữ ký của cơ quan', end.done === ids.length && end.items.every(({ level }) => level === wanted), `${countText(end.done, end.total)}, ${levels.join(', ')}`);
}

/** Waits until a batch has ended; a change tells only what changed, so its items are put together. */
function ended(own: Extract<OwnSigning, { by: 'token' }>, batch: string): Promise<SigningProgress> {
  return new Promise((resolve) => {
    const items = new Map<string, SigningProgress['items'][number]>();
    const end = own.onProgress((progress) => {
      if (progress?.id !== batch) return;
      for (const item of progress.items) items.set(item.id, item);
      if (progress.endedAt === null) return;
      // The listener may be told before it is known how to end it.
      setImmediate(() => {
        end();
      });
      resolve({ ...progress, items: [...items.values()] });
    });
  });
}

/** As an office does that signs with another program: the file goes out, is signed there and comes back. */
async function signOutside(day: Day, { outside }: WholeDay, role: SigningRole, id: string): Promise<void> {
  const { drafting, records } = day.client;
  const stored = async (name: string, bytes: Uint8Array) => ({ name, mediaType: 'application/pdf', ...(await day.storeFile(bytes)) });
  if (role === 'person') {
    const draft = must(await drafting.get({ id }));
    const main = draft.files.find((file) => file.role === 'main');
    const bytes = await outside.leader(await day.readFile(main?.id ?? ''), draft.fields.signerName, practiceSignature());
    must(await drafting.sign({ id, version: draft.version, form: 'file', file: await stored(main?.name ?? 'a.pdf', bytes) }));
    return;
  }
  const document = must(await records.outgoingGet({ id }));
  const [main] = document.files;
  const bytes = await outside.agency(await day.readFile(main?.id ?? ''), { code: codeOf(document), date: document.issuedDate, seal: practiceSeal() });
  must(await drafting.seal({ document: id, form: 'file', file: await stored(main?.name ?? 'a.pdf', bytes) }));
}

function outlines({ id, code }: SignedArrival): readonly [Draft, Draft] {
  return [
    {
      typeName: 'Công văn',
      subject: 'trả lời đề nghị phối hợp kiểm kê tài sản công',
      symbol: 'UBND-KTHTĐT',
      repliesTo: id,
      body: [
        { text: `Ủy ban nhân dân phường Luyện Tập nhận được Công văn số ${code} của Sở Tài chính và có ý kiến như sau:` },
        { text: '1. Thống nhất cử công chức phối hợp kiểm kê trong tuần tới.' },
        { text: '2. Số liệu kiểm kê được gửi qua Trục liên thông văn bản quốc gia./.' },
      ],
    },
    {
      typeName: 'Kế hoạch',
      subject: 'Kiểm kê tài sản công của phường',
      symbol: 'KH-UBND',
      repliesTo: null,
      body: [
        { lead: 'I. MỤC ĐÍCH', text: '' },
        { text: 'Xác định số lượng, giá trị tài sản công; làm cơ sở lập dự toán năm sau.' },
        { lead: 'II. TIẾN ĐỘ', text: '' },
        { text: 'Hoàn thành trong ba mươi ngày kể từ ngày ký./.' },
      ],
    },
  ];
}

/** A draft with its PDF: room for number and signature, dated today. */
async function composed(day: Day, desks: Desks, draft: Draft): Promise<InputOf<Contract['drafting']['create']>> {
  const date = vietnamDay(day.clock.now());
  const leader = desks.person('leader');
  const isLetter = draft.typeName === 'Công văn';
  const to = [commune, department];
  const form: DecreeForm = {
    superior: '',
    agency: practiceAgency.name,
    number: '',
    notation: draft.symbol,
    place: practiceStaff.place,
    date,
    kind: isLetter ? '' : draft.typeName,
    subject: draft.subject,
    addressees: isLetter ? to.map(({ name }) => name) : [],
    urgency: 0,
    body: draft.body,
    recipients: [...(isLetter ? ['Như trên'] : to.map(({ name }) => name)), 'Lưu: VT'],
    signer: { authority: ['TM. Ủy ban nhân dân'], position: 'Chủ tịch', fullName: leader.name },
  };
  const { bytes, pages } = await composeDecreeForm(form, day.fonts);
  const file = { name: `${isLetter ? 'cong-van' : 'ke-hoach'}.pdf`, mediaType: 'application/pdf', ...(await day.storeFile(bytes)), role: 'main' as const };
  const officer = desks.person('officer');
  return {
    fields: {
      typeName: draft.typeName,
      subject: isLetter ? `V/v ${draft.subject}` : draft.subject,
      place: practiceStaff.place,
      urgency: 0,
      secrecy: 0,
      dueDate: null,
      language: 'Tiếng Việt',
      pageAmount: pages,
      description: '',
      unit: officer.unit,
      unitName: officer.unitName,
      body: '',
      signerAuthority: 'TM.',
      authorityLines: ['TM. ỦY BAN NHÂN DÂN'],
      signerPosition: 'CHỦ TỊCH',
      signerName: leader.name,
      toPlaces: [...form.recipients],
      recipients: to.map(({ code, name }) => ({ organId: code, name })),
      paperRecipients: [],
      issuedAmount: 1,
      keepUnit: 'VT',
      fileCatalog: null,
      fileNotation: '',
      repliesTo: draft.repliesTo,
      corrects: null,
      replaces: null,
    },
    files: [file],
  };
}
