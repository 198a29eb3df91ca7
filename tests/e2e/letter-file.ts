import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vietnamDay } from '../../electron/foundation/clock.ts';
import { documentFonts } from '../../electron/hosts/document-fonts.ts';
import { composeDecreeForm } from '../../electron/services/practice/documents/decree-form.ts';
import { ministry, ownAgency } from '../fakes/station/messages.ts';
import { scratchFolder } from '../unit/store/helpers.ts';

export const subject = 'phối hợp rà soát trang thiết bị số hóa';

/** A letter on paper as the decree lays it out, without number, in a folder of the test. */
export async function letterFile(name = 'cong-van.pdf', of: string = subject): Promise<string> {
  const { bytes } = await composeDecreeForm(
    {
      superior: '',
      agency: ownAgency.name,
      number: '',
      notation: 'UBND-VP',
      place: 'Luyện Tập',
      date: vietnamDay(new Date()),
      kind: '',
      subject: of,
      addressees: [ministry.name],
      urgency: 0,
      body: [{ text: 'Ủy ban nhân dân phường kính đề nghị quý cơ quan phối hợp./.' }],
      recipients: ['Như trên', 'Lưu: VT'],
      signer: { authority: ['TM. ỦY BAN NHÂN DÂN'], position: 'CHỦ TỊCH', fullName: 'Trần Văn Chủ Tịch' },
    },
    documentFonts(),
  );
  const path = join(scratchFolder(), name);
  writeFileSync(path, bytes);
  return path;
}
