import { expect, test } from 'vitest';
import { filesSent, filesToOpen } from '../../../electron/hosts/shell/files-to-open.ts';

test('of a start\'s words the edXML files are meant, as a path or as an address, and nothing else', () => {
  const words = ['/opt/app', '--practice', '/a/Giấy mời.edxml', 'gần.EDXML', 'file:///b/Gi%E1%BA%A5y.edxml', '/a/Giấy mời.edxml', 'x.pdf', '--flag=/c/y.edxml', '--profile', '/d/z.edxml', '--office', 'w.edxml', 'sau.edxml'];
  expect(filesToOpen(words, '/home/vt')).toEqual(['/a/Giấy mời.edxml', '/home/vt/gần.EDXML', '/b/Giấy.edxml', '/home/vt/sau.edxml']);
});

test.each(['file://may-khac/x.edxml', 'file:///%E0%A4%A.edxml', 'file:///a%2Fb.edxml'])('an address that leads to no file of this machine is passed over: %s', (word) => {
  expect(filesToOpen([word], '/')).toEqual([]);
});

test('no more than fifty are taken', () => {
  const words = Array.from({ length: 80 }, (_, index) => `/a/${String(index)}.edxml`);
  expect(filesToOpen(words, '/')).toHaveLength(50);
  expect(filesSent({ files: words })).toHaveLength(50);
});

test.each([undefined, null, 'x', 5, {}, { files: 'x' }, { files: [1, {}, null] }])('what another start sends is not trusted: %j', (data) => {
  expect(filesSent(data)).toEqual([]);
});
