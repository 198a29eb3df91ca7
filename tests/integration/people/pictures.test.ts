import { expect, test } from 'vitest';
import { sealPicture, signaturePicture } from '../../fakes/signing/png.ts';
import { openDesk, password } from './desk.ts';

test('one’s own signature is one’s own matter, the seal that of who keeps it; an administrator may see and set all', async () => {
  const desk = await openDesk();
  const ids = {
    admin: await desk.addPerson('Lê Quản Trị', ['administrator']),
    clerk: await desk.addPerson('Trần Văn Thư', ['clerk']),
    head: await desk.addPerson('Nguyễn Chủ Tịch', ['leader']),
    deputy: await desk.addPerson('Phạm Phó', ['leader']),
  };
  for (const person of Object.values(ids)) {
    await desk.must('people', 'setPassword', { person, password });
    if (person === ids.admin) await desk.must('people', 'signIn', { person, password });
  }
  const stored = async (content: Uint8Array): Promise<{ name: string; mediaType: string; size: number; sha256: string }> => {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(content);
    }
    return { name: 'hinh.png', mediaType: 'image/png', ...(await desk.core.storeFile(bytes())) };
  };
  const seal = { kind: 'seal', person: null, widthMm: 36, reason: 'Con dấu', file: await stored(sealPicture()) } as const;
  const signature = (person: string) => ({ kind: 'signature', person, widthMm: 40, reason: 'Mẫu', file: signatureFile }) as const;
  const signatureFile = await stored(signaturePicture());
  const refused = { ok: false, failure: { code: 'not-your-picture' } };
  const asPerson = async (person: string): Promise<void> => {
    const fresh = `${password} của ${person.slice(-4)}`;
    await desk.must('people', 'signOut', {});
    const signedIn = await desk.ask('people', 'signIn', { person, password });
    if (!signedIn.ok) await desk.must('people', 'signIn', { person, password: fresh });
    else if (signedIn.value.state === 'to-change') await desk.must('people', 'changePassword', { old: password, password: fresh });
  };
  const shown = async (): Promise<(string | null)[]> => (await desk.must('signingSettings', 'pictures', { ended: false })).map(({ person }) => person);

  await asPerson(ids.head);
  const own = await desk.must('signingSettings', 'savePicture', signature(ids.head));
  expect(await desk.ask('signingSettings', 'savePicture', signature(ids.deputy))).toMatchObject(refused);
  expect(await desk.ask('signingSettings', 'savePicture', seal)).toMatchObject(refused);
  expect(await desk.ask('signingSettings', 'saveSettings', await desk.must('signingSettings', 'settings', {}))).toMatchObject({ failure: { code: 'not-allowed' } });
  expect(await desk.core.readFile(own.file.id, 0, 10)).toMatchObject({ ok: true });

  await asPerson(ids.clerk);
  const itsSeal = await desk.must('signingSettings', 'savePicture', seal);
  expect(await desk.ask('signingSettings', 'endPicture', { id: own.file.id, reason: 'Nhầm' })).toMatchObject(refused);
  expect(await shown()).toEqual([null]);
  expect(await desk.core.readFile(own.file.id, 0, 10)).toMatchObject({ ok: false, failure: { code: 'not-found' } });

  await asPerson(ids.deputy);
  expect(await shown()).toEqual([]);
  expect(await desk.core.readFile(itsSeal.file.id, 0, 10)).toMatchObject({ ok: false });

  await asPerson(ids.admin);
  expect((await shown()).toSorted()).toEqual([ids.head, null].toSorted());
  await desk.must('signingSettings', 'endPicture', { id: own.file.id, reason: 'Đổi mẫu' });
  expect((await desk.closedLog()).filter(({ action }) => action.startsWith('signing.picture')).map(({ action, actor }) => [action, actor])).toEqual([
    ['signing.picture-saved', 'Nguyễn Chủ Tịch'],
    ['signing.picture-saved', 'Trần Văn Thư'],
    ['signing.picture-ended', 'Lê Quản Trị'],
  ]);
});
