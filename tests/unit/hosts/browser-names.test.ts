import { expect, test } from 'vitest';
import { namesAsUtf8 } from '../../../electron/hosts/chromium/launch.ts';

test.runIf(process.platform === 'linux')('a browser is told to read names of files as UTF-8 only where no locale says so (needs Linux)', () => {
  for (const env of [{ LANG: 'vi_VN.UTF-8' }, { LANG: 'C', LC_CTYPE: 'C.utf8' }, { LANG: 'C', LC_ALL: 'en_US.UTF-8' }, { LANG: 'vi_VN.UTF-8', LC_ALL: '' }]) expect(namesAsUtf8(env)).toEqual({});
  for (const env of [{}, { LANG: 'C' }, { LANG: 'vi_VN' }, { LC_CTYPE: 'POSIX', LANG: 'C.UTF-8' }]) expect(namesAsUtf8(env)).toEqual({ LC_CTYPE: 'C.UTF-8' });
  // It stands above the other two.
  expect(namesAsUtf8({ LC_ALL: 'C', LANG: 'C.UTF-8' })).toEqual({ LC_ALL: 'C.UTF-8' });
});
