import { execFileSync, fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Contract, InputOf, Outcome, OutputOf, ToWindow } from '#contract';
import type { FromTokenProcess, ModuleReport } from '../../../native/pkcs11/index.ts';
import { coreLink, type CoreLink } from '../../../electron/hosts/shell/core-link.ts';
import type { FromCoreProcess } from '../../../electron/hosts/shell/core-protocol.ts';
import { coreFlags } from '../../../electron/hosts/shell/fork-core.ts';
import { batchFields } from '../../fakes/handover/hand-over.ts';
import { giver, type Profile } from '../../fakes/handover/profile.ts';
import { makeYear } from '../../fakes/handover/year.ts';
import { drawnDocument, plainLayout } from '../../fakes/intake/drawn-document.ts';
import { factsOf } from '../../fakes/intake/facts.ts';
import { until } from '../../integration/hosts/desktop-run.ts';
import { fonts } from '../../unit/practice/pdf-tools.ts';
import { ownDriver, ownFolder, pack, project, takenOut } from './packing.ts';

/**
 * The packed core under plain Node, in a folder from which no file or package of the project can be reached and with
 * nothing of the suite's environment: what it would miss in an office it misses here.
 */
const softToken = '/usr/lib/softhsm/libsofthsm2.so';
let app: string;
let profileDir: string;
let place: string;
let link: CoreLink;
let must: Profile['must'];
const lines: string[] = [];

beforeAll(async () => {
  app = takenOut(await pack('linux'));
  profileDir = join(ownFolder('profile'), 'main');
  mkdirSync(profileDir);
  place = ownFolder('place');
  link = startCore();
  const opened = link.open({ profileDir, key: { ok: true, value: randomBytes(32) }, practice: false, version: '9.9.9', exportPlace: place });
  must = caller(link);
  await opened;
});
afterAll(async () => {
  await link.close();
});

/** As `fork-core.ts` does, but from the packed folder. */
function startCore(): CoreLink {
  const started = fork(join(app, 'dist/electron/core-worker.js'), [], {
    cwd: app,
    serialization: 'advanced',
    env: { PATH: process.env['PATH'] },
    execArgv: [...coreFlags],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [started.stdout, started.stderr]) stream?.on('data', (text: Buffer) => lines.push(text.toString()));
  return coreLink(
    {
      post: (message) => void started.send(message),
      onMessage: (listener) => started.on('message', (message) => { listener(message as FromCoreProcess); }),
      onExit: (listener) => started.once('exit', listener),
      kill: () => started.kill('SIGKILL'),
    },
    (line) => lines.push(line),
  );
}

function caller(to: CoreLink): Profile['must'] {
  const waiting = new Map<number, (outcome: Outcome<never, string>) => void>();
  const conversation = to.startConversation((text) => {
    const message = JSON.parse(text) as ToWindow;
    if (message.kind === 'answer') waiting.get(message.id)?.(message.outcome as Outcome<never, string>);
  });
  let id = 0;
  return async <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Contract[D][M]>): Promise<OutputOf<Contract[D][M]>> => {
    id += 1;
    const call = id;
    const outcome = await new Promise<Outcome<never, string>>((resolve) => {
      waiting.set(call, resolve);
      conversation.receive({ kind: 'call', id: call, domain, method, input }, 'own-window');
    });
    if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)} ${lines.join('\n')}`);
    return outcome.value;
  };
}

/** Through the door that the window uses. */
async function store(name: string, mediaType: string, bytes: Uint8Array): ReturnType<Profile['store']> {
  const { upload } = await must('staging', 'open', { name, mediaType, size: bytes.length });
  await must('staging', 'piece', { upload, at: 0, base64: Buffer.from(bytes).toString('base64') });
  return must('staging', 'finish', { upload });
}

it('answers what it is', async () => {
  expect(await must('station', 'status', {})).toMatchObject({ state: 'open', version: '9.9.9', practice: false, failure: null });
  await must('station', 'saveStation', { ...giver, operator: 'Phạm Thị Lưu Trữ' });
});

it('has its packages’ schemas: a dossier becomes a package that carries them', async () => {
  const { dossiers } = await makeYear({ must, store }, { documents: 3, dossiers: 1 });
  const made = await must('handover', 'make', { fields: batchFields, dossiers: [...dossiers] });
  const { batch, remarks } = await must('handover', 'check', { id: made.id, version: made.version });
  await must('handover', 'package', { id: batch.id, version: batch.version, seen: remarks.map(({ key }) => key), output: 'folder', drive: null });
  const schemas = readdirSync(place, { recursive: true }).map(String).filter((path) => path.endsWith('.xsd'));
  expect(schemas.length).toBeGreaterThan(3);
  const known = readdirSync(join(project, 'resources/packages/xsd'), { recursive: true }).map(String).filter((path) => path.endsWith('.xsd')).map((path) => digestOf(join(project, 'resources/packages/xsd', path)));
  for (const path of schemas) expect([path, known.includes(digestOf(join(place, path)))]).toEqual([path, true]);
});

it('judges the signatures of a PDF in its thread', async () => {
  const { items } = await must('records', 'incomingList', { state: null, before: null, limit: 10 });
  const verdicts = await until(async () => {
    const now = await must('verification', 'ofDocument', { document: items[0]?.id ?? '' });
    return now.files.length > 0 && now.files.every(({ state }) => state === 'done') && now;
  });
  expect(verdicts.files.map(({ result }) => result?.verdict.state)).toEqual(verdicts.files.map(() => 'none'));
});

it('reads the text of a PDF in its process', async () => {
  const letter = await drawnDocument(factsOf(5), plainLayout, fonts);
  const waiting = await must('intake', 'takeFile', { file: await store('Công văn.pdf', 'application/pdf', letter) });
  const read = await must('intake', 'suggest', { file: waiting.id });
  expect(read.state).toBe('read');
  expect(read.fields.find(({ field }) => field === 'subject')?.best?.value).toContain(factsOf(5).subject.slice(0, 20));
});

it('prints with its own fonts', async () => {
  const printed = await must('printing', 'makeReport', { kind: 'incoming', from: '2025-01-01', to: '2025-12-31', format: 'pdf' });
  const file = await link.readFile(printed.id, 0, 4 * 1024 * 1024);
  if (!file.ok) throw new Error(JSON.stringify(file.failure));
  const path = join(place, 'printed.pdf');
  writeFileSync(path, file.value.bytes);
  expect(execFileSync('pdffonts', [path], { encoding: 'utf8' })).toContain('Tinos');
});

it.skipIf(ownDriver('linux') === null || !existsSync(softToken))('talks to a token’s driver in its process (needs SoftHSM and a compiler)', async () => {
  const worker = fork(join(app, 'dist/electron/token-worker.js'), [softToken, String(process.pid)], { cwd: app, serialization: 'advanced', execArgv: [], env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const report = await new Promise<ModuleReport>((resolve) => {
    worker.on('message', (message: FromTokenProcess) => {
      if (message.kind === 'reported') resolve(message.report);
    });
    worker.send({ kind: 'report', request: 1 });
  });
  worker.kill('SIGKILL');
  expect(report.failure).toBeNull();
  expect(report.library?.manufacturer).toContain('SoftHSM');
});

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex') + basename(path);
}
