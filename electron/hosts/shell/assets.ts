import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { CoreLink } from './core-link.ts';
import { fileChunkBytes, type FileRange } from './core-protocol.ts';
import { commonHeaders, contentSecurityPolicy, fileHeaders, mediaTypeOf, parseRange } from './headers.ts';

export type AssetRequest = {
  readonly method: string;
  /** Path as it stands in the address, still percent-encoded, with or without a query */
  readonly path: string;
  /** Names in lower case */
  readonly headers: Readonly<Record<string, string>>;
};

export type AssetResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Stored files come as a stream of pieces; a stream that fails must not look like a complete answer. */
  readonly body: Uint8Array | ReadableStream<Uint8Array>;
};

export type Serve = (request: AssetRequest) => Promise<AssetResponse>;

export type AssetOptions = {
  /** The built window, `dist/renderer` */
  readonly rendererDir: string;
  readonly readFile: CoreLink['readFile'];
};

/**
 * Answers everything the window may load: the built files, known by name when the host starts, and stored files by
 * their id. Both hosts serve through this one function.
 */
export function assetServer(options: AssetOptions): Serve {
  // A list made once: no address can name anything that the build did not make.
  const known = listFiles(options.rendererDir);
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return plain(405, 'method not allowed', { Allow: 'GET, HEAD' });
    }
    const path = decodePath(request.path);
    if (path === undefined) return plain(400, 'bad path');
    const fileId = /^\/files\/([0-9a-z-]{1,64})$/.exec(path)?.[1];
    const answer = fileId === undefined ? serveBuilt(known, path) : await serveStored(options.readFile, fileId, request);
    return request.method === 'HEAD' ? withoutBody(answer) : answer;
  };
}

/** By names alone: inside Electron's archive the richer ways of listing a folder differ from Node's. */
function listFiles(folder: string): ReadonlyMap<string, string> {
  const files: string[] = [];
  const walk = (place: string): void => {
    for (const path of readdirSync(place).map((name) => join(place, name))) {
      if (statSync(path).isDirectory()) walk(path);
      else files.push(path);
    }
  };
  if (existsSync(folder)) walk(folder);
  return new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]));
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path.split(/[?#]/, 1)[0] ?? '');
  } catch {
    return undefined;
  }
}

function serveBuilt(known: ReadonlyMap<string, string>, path: string): AssetResponse {
  const name = path === '/' ? '/index.html' : path;
  const file = known.get(name);
  if (file === undefined) return plain(404, 'not found');
  const bytes = readFileSync(file);
  const headers = { ...commonHeaders, 'Content-Type': mediaTypeOf(name) };
  if (!name.endsWith('.html')) return complete(200, headers, bytes);
  const nonce = randomBytes(18).toString('base64');
  const page = Buffer.from(bytes.toString('utf8').replaceAll('__NONCE__', nonce), 'utf8');
  return complete(200, { ...headers, 'Content-Security-Policy': contentSecurityPolicy(nonce) }, page);
}

async function serveStored(
  readFile: CoreLink['readFile'],
  fileId: string,
  request: AssetRequest,
): Promise<AssetResponse> {
  const asked = request.headers['range'];
  // The first piece also tells the size, which a suffix range needs before it can be placed.
  const plainStart = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(asked?.trim() ?? '');
  const from = plainStart === null ? 0 : Number(plainStart[1]);
  const to = plainStart === null || plainStart[2] === '' ? Infinity : Number(plainStart[2]);
  const headOnly = request.method === 'HEAD' || (asked !== undefined && plainStart === null);
  const wanted = headOnly ? 1 : Math.max(1, Math.min(fileChunkBytes, to - from + 1));
  const opened = await readFile(fileId, from, wanted);
  if (!opened.ok) return refusal(opened.failure.code);
  const { size, mediaType, name } = opened.value;
  const range = parseRange(asked, size);
  const headers = { ...commonHeaders, ...fileHeaders(mediaType, name) };
  if (range === 'unsatisfiable') return complete(416, { ...headers, 'Content-Range': `bytes */${size}` }, Buffer.alloc(0));
  const first = range?.first ?? 0;
  const last = range?.last ?? size - 1;
  const piece = first === from && !headOnly ? opened.value : undefined;
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...headers,
      'Content-Length': String(last - first + 1),
      ...(range === undefined ? {} : { 'Content-Range': `bytes ${first}-${last}/${size}` }),
    },
    body: request.method === 'HEAD' ? Buffer.alloc(0) : pieces(readFile, fileId, first, last, piece),
  };
}

/** Reads on only as fast as the other side takes it. */
function pieces(
  readFile: CoreLink['readFile'],
  fileId: string,
  first: number,
  last: number,
  opened: FileRange | undefined,
): ReadableStream<Uint8Array> {
  let at = first;
  let ready = opened?.bytes;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (at > last) {
          controller.close();
          return;
        }
        let bytes = ready;
        ready = undefined;
        if (bytes === undefined) {
          const next = await readFile(fileId, at, Math.min(fileChunkBytes, last - at + 1));
          if (!next.ok) throw new Error(next.failure.code);
          bytes = next.value.bytes;
        }
        if (bytes.length === 0) throw new Error('file-shorter-than-stated');
        const taken = bytes.subarray(0, last - at + 1);
        at += taken.length;
        controller.enqueue(taken);
      },
    },
    { highWaterMark: 0 },
  );
}

function refusal(code: string): AssetResponse {
  if (code === 'not-found') return plain(404, 'not-found');
  // The code is what the window shows a sentence for.
  return plain(code === 'core-gone' || code === 'station-not-open' ? 503 : 500, code);
}

function plain(status: number, text: string, more: Readonly<Record<string, string>> = {}): AssetResponse {
  return complete(status, { ...commonHeaders, 'Content-Type': 'text/plain; charset=utf-8', ...more }, Buffer.from(text));
}

function complete(status: number, headers: Readonly<Record<string, string>>, body: Uint8Array): AssetResponse {
  return { status, headers: { 'Content-Length': String(body.length), ...headers }, body };
}

function withoutBody(answer: AssetResponse): AssetResponse {
  return { ...answer, body: new Uint8Array() };
}

/** Reads a body whole, for a host that cannot stream. A failure half-way is thrown, never a short body. */
export async function wholeBody(body: AssetResponse['body']): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}
