/** Sent with everything the window loads. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Documents must not be left in the browser's disk cache, outside the encrypted store.
  'Cache-Control': 'no-store',
};

/**
 * The page's policy. Nothing from elsewhere, no inline script, no form that posts. `wasm-unsafe-eval` is for pdf.js
 * decoders; styles carry the nonce of this load (Griffel inserts `<style>` elements).
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/** Media type of a built file by its ending. */
export function mediaTypeOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return mediaTypes[fileName.slice(dot).toLowerCase()] ?? 'application/octet-stream';
}

/** Shown in the window; everything else is offered for saving only. SVG is left out: it can hold scripts. */
const inlineTypes = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']);

/** How a stored file may be shown, whatever its sender called it. */
export function fileHeaders(mediaType: string, name: string): Readonly<Record<string, string>> {
  const type = mediaType.toLowerCase().split(';')[0]?.trim() ?? '';
  const inline = inlineTypes.has(type);
  return {
    // A type from a message is believed only where the browser shows it inertly.
    'Content-Type': inline ? type : 'application/octet-stream',
    'Content-Disposition': `${inline ? 'inline' : 'attachment'}; ${dispositionName(name)}`,
    // A file opened by itself runs nothing and reaches nothing.
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Accept-Ranges': 'bytes',
  };
}

/** RFC 6266: an ASCII name for old readers and the whole one in UTF-8, neither with a path or control characters. */
function dispositionName(name: string): string {
  const base = name.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- control and direction characters are what is taken out
  const clean = base.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').slice(0, 180);
  const safe = clean === '' || /^\.+$/.test(clean) ? 'tep' : clean.toWellFormed();
  const ascii = safe
    .normalize('NFD')
    .replaceAll(/[đĐ]/g, (letter) => (letter === 'đ' ? 'd' : 'D'))
    .replaceAll(/[^\x20-\x7e]|["%;\\]/g, (character) => (/\p{Mark}/u.test(character) ? '' : '_'));
  const encoded = encodeURIComponent(safe).replaceAll(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

export type ByteRange = { readonly first: number; readonly last: number };

/**
 * Reads a `Range` header (RFC 9110 §14) for one range. `undefined`: the whole file is sent, as for any form that is not
 * understood; `unsatisfiable`: the range lies behind the end.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (match === null) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const count = Math.min(Number(to), size);
    return count === 0 ? 'unsatisfiable' : { first: size - count, last: size - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return undefined;
  if (first >= size) return 'unsatisfiable';
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}
