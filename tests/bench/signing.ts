import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signingThreads } from '../../electron/hosts/threads/signing-threads.ts';
import { attributesOf, finish, prepare, signBatch } from '../../electron/services/signing/index.ts';
import { good, testPki } from '../fakes/pki/pki.ts';
import { pin, softHsm } from '../token/soft-token.ts';
import { make } from '../unit/foundation/pdf/make.ts';
import { figure, median, type Figure } from './figures.ts';
import { signingLater } from './signing-later.ts';
import { benchToken, slowMs, type BenchToken } from './signing-token.ts';

/**
 * Issue 5's speed table. One signature from file to file within one login of the token process (SoftHSM, RSA-2048), less what
 * C_SignInit and C_Sign alone take in a process of the same kind; beside it, in turn with it, what the machine takes to read,
 * digest and write the same bytes durably.
 */
export async function signing(): Promise<readonly Figure[]> {
  const pki = await testPki();
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    const token = benchToken(pki, scratch);
    if (token === undefined) throw new Error('SoftHSM is not here: sudo apt install softhsm2 opensc');
    const bare = await token.bare(300);
    const small = await oneByOne(token, scratch, written(scratch, 3, 3_000), 60);
    const middle = await oneByOne(token, scratch, written(scratch, 50, 100_000), 15);
    const dense = await oneByOne(token, scratch, written(scratch, 600, 8_000), 60);
    const large = await oneByOne(token, scratch, written(scratch, 200, 500_000), 5);
    const limit = ({ copying }: Measured): number => 1.5 * copying + 5;
    const own = ({ whole }: Measured): number => whole - bare;
    const beside = 'read, SHA-256, write and fsync, ms';
    const figures = [
      figure({ name: 'C_Sign alone', value: bare, unit: 'ms', reference: 'the same', referenceValue: bare, target: 'for the others', met: true }),
      figure({ name: '3 pages, 10 kB, above C_Sign', value: own(small), unit: 'ms', reference: beside, referenceValue: small.copying, target: '≤ 5 ms', met: own(small) <= 5 }),
      figure({ name: '5 MB, 50 pages, above C_Sign', value: own(middle), unit: 'ms', reference: beside, referenceValue: middle.copying, target: '≤ 1.5 × + 5 ms', met: own(middle) <= limit(middle) }),
      figure({ name: '5 MB, 600 pages, above C_Sign', value: own(dense), unit: 'ms', reference: beside, referenceValue: dense.copying, target: '≤ 1.5 × + 5 ms', met: own(dense) <= limit(dense) }),
      figure({ name: '100 MB, above C_Sign', value: own(large), unit: 'ms', reference: beside, referenceValue: large.copying, target: '≤ 1.5 × + 5 ms', met: own(large) <= limit(large) }),
      await ofOneGigabyte(scratch),
      ...(await signingLater(pki, scratch)),
    ];
    return token.slow === undefined ? figures : [...figures, await busyToken(token, token.slow, scratch)];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A file of some pages with a picture on each, as scanned documents are; `bytes` in each picture. */
function written(scratch: string, pages: number, bytes: number): string {
  const path = join(scratch, `${String(pages)}-${String(bytes)}.pdf`);
  const objects: [number, string | Buffer][] = [[1, '<</Type/Catalog/Pages 2 0 R>>']];
  const kids = Array.from({ length: pages }, (_, index) => 3 + 3 * index);
  objects.push([2, `<</Type/Pages/Kids[${kids.map((kid) => `${String(kid)} 0 R`).join(' ')}]/Count ${String(pages)}/MediaBox[0 0 595 842]>>`]);
  for (const kid of kids) {
    const side = Math.floor(Math.sqrt(bytes));
    const picture = Buffer.concat([Buffer.from(`<</Type/XObject/Subtype/Image/Width ${String(side)}/Height ${String(side)}/ColorSpace/DeviceGray/BitsPerComponent 8/Length ${String(side * side)}>>\nstream\n`), randomBytes(side * side), Buffer.from('\nendstream')]);
    const drawn = '595 0 0 842 0 0 cm /P Do';
    objects.push([kid, `<</Type/Page/Parent 2 0 R/Contents ${String(kid + 1)} 0 R/Resources<</XObject<</P ${String(kid + 2)} 0 R>>>>>>`]);
    objects.push([kid + 1, `<</Length ${String(drawn.length)}>>\nstream\n${drawn}\nendstream`], [kid + 2, picture]);
  }
  writeFileSync(path, make({ kind: 'table', objects }));
  return path;
}

type Measured = { readonly whole: number; readonly copying: number };

/** Signs a file again and again within one login, in turn with a plain copy of it; medians in milliseconds. */
async function oneByOne(token: BenchToken, scratch: string, source: string, runs: number): Promise<Measured> {
  const target = join(scratch, 'signed.pdf');
  const device = token.open();
  let got: (signature: Uint8Array) => void = () => undefined;
  const line = device.signFed(token.request(), ({ signature }) => {
    got(signature);
  });
  const sign = (data: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve) => {
      got = resolve;
      line.feed([{ id: 'pdf', data }]);
    });
  const whole: number[] = [];
  const copying: number[] = [];
  for (let run = -Math.ceil(runs / 5); run < runs; run += 1) {
    const from = performance.now();
    const prepared = good(prepare({ source, target }, { ...token.signer, level: 'B', field: { kind: 'new', page: 1 }, at: new Date() }));
    good(finish(prepared, await sign(attributesOf(prepared))));
    const signed = performance.now() - from;
    rmSync(target);
    const copied = copy(source, target);
    rmSync(target);
    if (run < 0) continue;
    whole.push(signed);
    copying.push(copied);
  }
  line.close();
  await line.end;
  device.stop();
  return { whole: median(whole), copying: median(copying) };
}

/** Reads, digests and writes piece by piece, and has it on the disk; milliseconds. */
function copy(source: string, target: string): number {
  const from = performance.now();
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(1024 * 1024);
  const input = openSync(source, 'r');
  const output = openSync(target, 'w');
  for (let count = readSync(input, piece); count > 0; count = readSync(input, piece)) {
    hash.update(piece.subarray(0, count));
    writeSync(output, piece, 0, count);
  }
  hash.digest();
  fsyncSync(output);
  closeSync(input);
  closeSync(output);
  return performance.now() - from;
}

const measure = `
  const [program, ...words] = process.argv.slice(1);
  process.argv = [process.execPath, program, ...words];
  process.on('exit', () => console.log(process.resourceUsage().maxRSS));
  import(program);
`;

/** The greatest memory of the whole terminal program, threads and all, while it signs 1 GB. */
function ofOneGigabyte(scratch: string): Promise<Figure> {
  const peak = (bytes: number): number => {
    const place = join(scratch, String(bytes));
    mkdirSync(place);
    const source = join(scratch, `${String(bytes)}.pdf`);
    hugeFile(source, bytes);
    const program = fileURLToPath(new URL('../../electron/hosts/cli/main.ts', import.meta.url));
    const words = ['sign', source, '--out-dir', place, '--module', softHsm, '--token', 'Văn thư', '--cert', 'leader', '--pin-env', 'BENCH_PIN', '--level', 'B', '--json'];
    const { stdout } = spawnSync(process.execPath, ['-e', measure, program, ...words], { encoding: 'utf8', env: { ...process.env, BENCH_PIN: pin } });
    if (!stdout.includes('"signed":1') || statSync(join(place, `${String(bytes)}.pdf`)).size <= bytes) throw new Error(`1 GB: ${stdout}`);
    rmSync(place, { recursive: true });
    rmSync(source);
    return Number(stdout.trim().split('\n').at(-1)) / 1024;
  };
  const small = peak(10_000);
  const value = peak(1_000_000_000);
  return Promise.resolve(figure({ name: '1 GB signed, resident at most', value, unit: 'MiB', reference: '10 kB signed, MiB', referenceValue: small, target: '≤ 1536 MiB', met: value <= 1536 }));
}

function hugeFile(path: string, bytes: number): void {
  const [head = '', tail = ''] = make({
    kind: 'table',
    objects: [[1, '<</Type/Catalog/Pages 2 0 R>>'], [2, '<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>'], [3, '<</Type/Page/Parent 2 0 R>>'], [4, `<</Length ${String(bytes)}>>\nstream\nHERE\nendstream`]],
  })
    .toString('latin1')
    .split('HERE');
  const moved = tail.replace(/startxref\n(\d+)/, (_, place: string) => `startxref\n${String(Number(place) + bytes - 4)}`);
  const handle = openSync(path, 'w');
  writeSync(handle, head, null, 'latin1');
  const piece = Buffer.alloc(10_000, 'x');
  for (let written = 0; written < bytes; written += piece.length) writeSync(handle, piece);
  writeSync(handle, moved, null, 'latin1');
  closeSync(handle);
}

/** 500 files while each C_Sign takes 200 ms: how much of the whole time, login and all, the token was at work. */
async function busyToken(token: BenchToken, slow: string, scratch: string): Promise<Figure> {
  const count = 500;
  const out = join(scratch, 'batch');
  mkdirSync(out);
  const source = join(scratch, '3-3000.pdf');
  const once = await token.bare(10, slow);
  const device = token.open(slow);
  const work = signingThreads(() => undefined);
  const from = performance.now();
  const { files } = await signBatch(
    { http: () => Promise.reject(new Error('nobody is asked')), hosts: {}, clock: { now: () => new Date() }, work, openToken: (onSigned) => device.signFed(token.request(), onSigned) },
    {
      signer: token.signer,
      files: Array.from({ length: count }, (_, index) => ({ id: String(index), source, target: join(out, `${String(index)}.pdf`), steps: [{ level: 'B', field: { kind: 'new', page: 1 } }] })),
      tsa: null,
      journals: out,
    },
  ).end;
  const took = performance.now() - from;
  device.stop();
  await work.close();
  const signed = files.filter(({ outcome }) => outcome.kind === 'signed').length;
  const value = (100 * signed * once) / took;
  return figure({ name: `${String(count)} files, token busy (C_Sign + ${String(slowMs)} ms)`, value, unit: '%', reference: 'C_Sign alone × files, s', referenceValue: (signed * once) / 1000, target: '≥ 90 %', met: signed === count && value >= 90 });
}
