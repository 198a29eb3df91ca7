import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../electron/hosts/compose.ts';
import { documentFonts } from '../../electron/hosts/document-fonts.ts';
import { composeDecreeForm } from '../../electron/services/practice/documents/decree-form.ts';
import type { TestPki } from '../fakes/pki/pki.ts';
import { sealPicture, signaturePicture } from '../fakes/signing/png.ts';
import { drafted, stored, type MustDraft } from '../fakes/station/drafts.ts';
import { ministry, ownAgency } from '../fakes/station/messages.ts';
import { importKey, makeToken } from '../token/soft-token.ts';
import { ask } from './office.ts';

/** What the tests of signing share: a leader and the agency on one token, their pictures, and drafts that wait. */

/** Named in the leader's certificate of the test PKI. */
export const leaderName = 'Nguyễn Thị Thử';
export const signerPosition = 'CHỦ TỊCH';
export const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

/** A letter on paper as the decree lays it out, without number. */
export async function letterPdf(subject: string, lines = 1): Promise<Buffer> {
  const { bytes } = await composeDecreeForm(
    {
      superior: '',
      agency: ownAgency.name,
      number: '',
      notation: 'UBND-VP',
      place: 'Luyện Tập',
      date: today,
      kind: '',
      subject,
      addressees: [ministry.name],
      urgency: 0,
      body: Array.from({ length: lines }, (_, nth) => ({
        text: `${lines > 1 ? `${String(nth + 1)}. ` : ''}Ủy ban nhân dân phường đề nghị quý cơ quan phối hợp rà soát, cung cấp số liệu và cử cán bộ đầu mối theo dõi, gửi kết quả trước ngày 05 của tháng sau để tổng hợp./.`,
      })),
      recipients: ['Như trên', 'Lưu: VT'],
      signer: { authority: ['TM. ỦY BAN NHÂN DÂN'], position: signerPosition, fullName: leaderName },
    },
    documentFonts(),
  );
  return Buffer.from(bytes);
}

/** The leader's and the agency's keys on one token in the present token folder. */
export function tokenWithBoth(pki: TestPki, folder: string, label = 'VGCA Token'): void {
  const token = makeToken(label);
  for (const [id, name] of [['01', 'leader'], ['02', 'agency']] as const) {
    const certificate = join(folder, `${name}.der`);
    writeFileSync(certificate, pki.der(name));
    importKey(token, { id, name, key: join(pki.folder, `${name}.key`), certificate });
  }
}

const mustOf = (core: Core): MustDraft => (method, input) => ask(core, 'drafting', method, input);

/** Pictures of the signature and the seal; the leader is a person of the office. */
export async function withPictures(core: Core): Promise<void> {
  const person = await ask<{ id: string }>(core, 'people', 'savePerson', { id: null, name: leaderName, position: 'Chủ tịch', standing: 'head', unit: null, roles: ['leader'], validFrom: null, since: null });
  const reason = 'Mẫu đăng ký';
  await ask(core, 'signingSettings', 'savePicture', { kind: 'signature', person: person.id, file: await stored(core, 'chu-ky.png', signaturePicture()), widthMm: 42, reason });
  await ask(core, 'signingSettings', 'savePicture', { kind: 'seal', person: null, file: await stored(core, 'con-dau.png', sealPicture()), widthMm: 36, reason });
}

/** A letter whose form was checked, so that it waits for its signature. Answers its id. */
export async function waitingDraft(core: Core, subject: string, pdf?: Uint8Array): Promise<string> {
  const must = mustOf(core);
  const file = await stored(core, 'cong-van.pdf', pdf ?? (await letterPdf(subject)));
  const draft = await drafted(core, must, { fields: { subject, signerName: leaderName, signerPosition }, files: [{ ...file, role: 'main' }] });
  const { id, version } = draft;
  await must('submit', { id, comment: '' });
  await must('checkContent', { id, version, person: 'Lê Thị Trưởng Phòng', comment: '' });
  await must('checkForm', { id, version, person: 'Phạm Văn Thể Thức', comment: '', hints: [] });
  return id;
}
