import type { StreamBody } from '../ports.ts';
import { framed } from './message-body.ts';

/**
 * Body of the broker's `sendEdoc` (axis.md §1.8 [S]): `multipart/form-data` (RFC 7578) with the fields `messageType`
 * and `edocFile`. The small field goes first, for servers that read the parts as they come. `boundary` must not occur
 * in the file.
 */
export function lgspSendBody(send: {
  readonly boundary: string;
  readonly messageType: string;
  readonly fileName: string;
  readonly file: StreamBody;
}): StreamBody {
  const { boundary, messageType, fileName, file } = send;
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="messageType"',
    '',
    messageType,
    `--${boundary}`,
    `Content-Disposition: form-data; name="edocFile"; filename="${fileName}"`,
    'Content-Type: application/octet-stream',
    '',
    '',
  ];
  return framed(Buffer.from(head.join('\r\n'), 'latin1'), file, Buffer.from(`\r\n--${boundary}--\r\n`, 'latin1'));
}
