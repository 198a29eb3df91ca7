import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64Decoder } from '../../../electron/services/exchange/edxml/base64.ts';
import { mediaTypeOf } from '../../../electron/services/exchange/edxml/media-type.ts';
import {
  bareContentId,
  countFromWire,
  dayFromWire,
  fullCode,
  instantFromWire,
  urgencyFromWire,
  wireDay,
  wireInstant,
} from '../../../electron/services/exchange/edxml/values.ts';

describe('values of the wire', () => {
  test.each([
    ['2026/11/22', '2026-11-22'],
    ['2026-11-22', '2026-11-22'],
    ['2026/1/5', '2026-01-05'],
    ['22/11/2026', '2026-11-22'],
    ['2026/11/22 08:00:00', '2026-11-22'],
    ['2026-11-21T17:00:00Z', '2026-11-22'],
    ['2026-11-21T17:00:00.000Z', '2026-11-22'],
    ['2026-11-21T16:59:59Z', '2026-11-21'],
    ['2026-11-22T00:00:00+07:00', '2026-11-22'],
    ['2026-11-22T00:00:00.0000000+0700', '2026-11-22'],
    ['2026-11-22T23:30:00-05:00', '2026-11-23'],
    ['2026-11-22T00:00:00', '2026-11-22'],
    ['2026-11-22Z', '2026-11-22'],
    ['22/11/2026 12:00:00 SA', '2026-11-22'],
    ['2026/02/30', null],
    ['2026/13/01', null],
    ['', null],
    ['hôm nay', null],
  ])('day %j is %j', (wire, day) => {
    expect(dayFromWire(wire)).toBe(day);
  });

  test.each([
    ['2026/11/22 00:30:05', '2026-11-21T17:30:05.000Z'],
    ['2026-11-22T08:00', '2026-11-22T01:00:00.000Z'],
    ['2026/11/22', null],
    ['2026-11-22T08:00:00Z', '2026-11-22T08:00:00.000Z'],
    ['2026-11-22T08:00:00.123+07:00', '2026-11-22T01:00:00.000Z'],
    ['2026-11-22T08:00:00+0000', '2026-11-22T08:00:00.000Z'],
    ['22/11/2026 02:30:00 CH', '2026-11-22T07:30:00.000Z'],
    ['22/11/2026 12:30:00 SA', '2026-11-21T17:30:00.000Z'],
    ['22/11/2026 2:30 PM', '2026-11-22T07:30:00.000Z'],
    ['22/11/2026 12:30 PM', '2026-11-22T05:30:00.000Z'],
    ['22/11/2026 14:30 PM', null],
    ['2026/11/22 25:00:00', null],
  ])('timestamp %j is %j', (wire, instant) => {
    expect(instantFromWire(wire)).toBe(instant);
  });

  test('written in Vietnam time, whatever the machine has', () => {
    expect(wireInstant(new Date('2026-11-21T17:30:05.999Z'))).toBe('2026/11/22 00:30:05');
    expect(wireDay('2026-11-22')).toBe('2026/11/22');
  });

  test('urgency, counts, codes', () => {
    expect(['0', '1', '4', ' 2 ', '', '7', 'khẩn'].map(urgencyFromWire)).toEqual([0, 1, 4, 2, 0, 0, 0]);
    expect(['3', ' 12 ', '', '-1', '99999', '1.5'].map(countFromWire)).toEqual([3, 12, null, null, null, null]);
    expect(fullCode({ codeNumber: '7816', codeNotation: 'VPCP-TTĐT' })).toBe('7816/VPCP-TTĐT');
    expect(fullCode({ codeNumber: '7816', codeNotation: '' })).toBe('7816');
    expect(['cid:a', 'CID:a', 'a'].map(bareContentId)).toEqual(['a', 'a', 'a']);
  });
});

describe('Base64', () => {
  test('the second padding letter may come later', () => {
    const decoder = base64Decoder();
    decoder.push('QQ=');
    expect(decoder.complete()).toBe(false);
    expect(decoder.push(' = \n')).toEqual({ bytes: Buffer.from('A') });
    expect(decoder.complete()).toBe(true);
  });

  test('a large text at once', () => {
    const bytes = Buffer.alloc(8_000_001, 7);
    expect(base64Decoder().push(bytes.toString('base64'))).toEqual({ bytes });
  });

  test('letters alone are taken at once, line breaks among them; anything else is left as it was', () => {
    const decoder = base64Decoder();
    expect(decoder.plain('QUJ')).toEqual(Buffer.from(''));
    expect(decoder.plain('DQU\r\nJD')).toEqual(Buffer.from('ABCABC'));
    for (const odd of ['QUI=', 'QUJD-_AA', 'QUJDQQ\u00e0A', 'QUJ QUJD', 'QUJD<', 'Q-']) expect(decoder.plain(odd)).toBeNull();
    expect(decoder.push('QQ==')).toEqual({ bytes: Buffer.from('A') });
    expect(decoder.plain('QUJD')).toBeNull();
    expect(decoder.push('QUJD-_')).toEqual({ offending: '-' });
  });

  test('in pieces of any size it decodes as it does at once', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(30)), fc.constantFrom('', '\n', '\r\n'), (bytes, cuts, end) => {
        const text = Buffer.from(bytes).toString('base64').replace(/.{20}/g, `$&${end}`);
        const decoder = base64Decoder();
        const parts: Uint8Array[] = [];
        let at = 0;
        for (const cut of [...cuts, text.length]) {
          const result = decoder.push(text.slice(at, at + cut));
          at += cut;
          if ('bytes' in result) parts.push(result.bytes);
        }
        expect(Buffer.concat(parts)).toEqual(Buffer.from(bytes));
        expect(decoder.complete()).toBe(true);
      }),
    );
  });
});

test.each([
  ['a.pdf', '%PDF-1.7', 'application/pdf'],
  ['a.doc', '%PDF-1.7', 'application/pdf'],
  ['a.pdf', 'MZ', 'application/octet-stream'],
  ['a.XLSX', 'PK\u0003\u0004', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['a.docx', 'none', 'application/octet-stream'],
  ['a.txt', 'x', 'text/plain'],
  ['constructor', 'x', 'application/octet-stream'],
  ['a.constructor', 'x', 'application/octet-stream'],
])('media type of %s beginning %j is %s', (name, head, mediaType) => {
  expect(mediaTypeOf(name, Buffer.from(head, 'latin1'))).toBe(mediaType);
});
