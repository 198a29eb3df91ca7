import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentMessage, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

test('tvt shows an edXML file without keeping anything, takes it in when asked, and says why it can not', () => {
  const place = scratchFolder();
  const p = ['--profile', join(place, 'profile')];
  json(['settings', 'station', ...p, '--organ-id', ownAgency.code, '--name', ownAgency.name, '--operator', 'Trần Thị Văn Thư']);
  const file = join(place, 'giấy mời.edxml');
  writeFileSync(file, documentMessage({ number: '5' }));
  const looked = tvt(['incoming', 'message', '--file', file, ...p]);
  expect(looked).toMatchObject({ exit: 0, err: '' });
  for (const words of ['5/BNV-VP', 'Bộ Nội vụ (G09) → Ủy ban nhân dân phường Luyện Tập', 'cong-van.pdf: Không có chữ ký số']) expect(looked.out).toContain(words);
  const list = (): unknown => json(['incoming', 'list', ...p]).value;
  expect(JSON.stringify(list())).not.toContain('BNV-VP');
  expect(json(['incoming', 'message', '--file', file, '--take', ...p])).toMatchObject({ exit: 0, value: { message: { codeNumber: '5' } } });
  expect(JSON.stringify(list())).toContain('BNV-VP');
  expect(tvt(['incoming', 'message', '--file', file, ...p]).out).toContain('có thể đã có');

  const recall = join(place, 'thu hồi.edxml');
  writeFileSync(recall, documentMessage({ number: '6', business: { bussinessDocType: '1', bussinessDocReason: 'nhầm' } }));
  expect(json(['incoming', 'message', '--file', recall, '--take', ...p])).toMatchObject({ exit: 1, failure: { code: 'message-no-document' } });
  writeFileSync(recall, 'không phải XML');
  expect(tvt(['incoming', 'message', '--file', recall, '--lang', 'en', ...p])).toMatchObject({ exit: 1, err: expect.stringContaining('is no electronic document') as string });
  expect(tvt(['incoming', 'message', '--file', join(place, 'không có.edxml'), ...p]).exit).toBe(2);
});
