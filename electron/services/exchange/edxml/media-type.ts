import { extensionOf } from './zip-rule.ts';

const zip = [0x50, 0x4b];
const ole = [0xd0, 0xcf, 0x11, 0xe0];
const office = 'application/vnd.openxmlformats-officedocument';

/** By extension: media type, and how such a file must begin (null = cannot be told). */
const known: Readonly<Record<string, readonly [mediaType: string, head: readonly number[] | null]>> = {
  pdf: ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
  doc: ['application/msword', ole],
  xls: ['application/vnd.ms-excel', ole],
  ppt: ['application/vnd.ms-powerpoint', ole],
  docx: [`${office}.wordprocessingml.document`, zip],
  xlsx: [`${office}.spreadsheetml.sheet`, zip],
  pptx: [`${office}.presentationml.presentation`, zip],
  odt: ['application/vnd.oasis.opendocument.text', zip],
  ods: ['application/vnd.oasis.opendocument.spreadsheet', zip],
  zip: ['application/zip', zip],
  rar: ['application/vnd.rar', [0x52, 0x61, 0x72, 0x21]],
  '7z': ['application/x-7z-compressed', [0x37, 0x7a, 0xbc, 0xaf]],
  png: ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  jpg: ['image/jpeg', [0xff, 0xd8, 0xff]],
  jpeg: ['image/jpeg', [0xff, 0xd8, 0xff]],
  tif: ['image/tiff', null],
  tiff: ['image/tiff', null],
  txt: ['text/plain', null],
  csv: ['text/csv', null],
  rtf: ['application/rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  xml: ['application/xml', null],
};

/** Bytes of a file's beginning that `mediaTypeOf` wants to see. */
export const headLength = 8;

/**
 * Media type by name, confirmed by the first bytes; a file that does not begin as its name promises is
 * `application/octet-stream`. A PDF is one whatever it is called.
 */
export function mediaTypeOf(name: string, head: Uint8Array): string {
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  if (begins([0x25, 0x50, 0x44, 0x46])) return 'application/pdf';
  const extension = extensionOf(name);
  const entry = Object.hasOwn(known, extension) ? known[extension] : undefined;
  if (entry === undefined) return 'application/octet-stream';
  const [mediaType, expected] = entry;
  return expected === null || begins(expected) ? mediaType : 'application/octet-stream';
}
