import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { failureParams, type BuildFailure } from '../../../electron/services/packages/index.ts';
import en from '../../../resources/locales/en.json' with { type: 'json' };
import vi from '../../../resources/locales/vi.json' with { type: 'json' };

test.each<[BuildFailure, string]>([
  [{ code: 'packages-content', problems: [{ code: 'field-empty', document: 3, place: 'docId', detail: 'required' }] }, 'docId'],
  [{ code: 'packages-target-exists', path: '/ra/x.zip' }, '/ra/x.zip'],
  [{ code: 'packages-target-gone', detail: 'EIO' }, 'EIO'],
  [{ code: 'packages-target-refused', detail: 'EROFS' }, 'EROFS'],
  [{ code: 'packages-disk-full', needed: 2_100_000_000, free: 5 }, '2100'],
  [{ code: 'packages-disk-full', needed: 0, free: 0 }, ''],
  [{ code: 'packages-file-limit', path: 'phim.mp4' }, 'phim.mp4'],
  [{ code: 'packages-source-unreadable', path: 'data/1.pdf', sha256: 'ab', detail: 'BlobMissing' }, 'data/1.pdf'],
  [{ code: 'packages-written-differs', path: 'data/1.pdf' }, 'data/1.pdf'],
  [{ code: 'packages-cancelled' }, ''],
])('the sentence for %j has all that it tells, in both languages', (failure, told) => {
  for (const [language, words] of [
    ['vi', vi],
    ['en', en],
  ] as const) {
    const sentence = String(new IntlMessageFormat(words[`failure.${failure.code}`], language).format(failureParams(failure))).replaceAll(/[.,](?=\d{3})/g, '');
    expect(sentence).toContain(told);
    expect(sentence).not.toMatch(/[{}]|undefined/);
  }
});
