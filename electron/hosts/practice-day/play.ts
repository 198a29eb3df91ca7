import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '../../foundation/clock.ts';
import { keyFile } from '../../platform/secrets/key-file.ts';
import { playDay, type DayPorts, type DayResult } from '../../services/practice/index.ts';
import { readCertificate } from '../../services/trust/index.ts';
import { startCore } from '../compose.ts';
import { clientOf, dayPorts, wholeFile } from '../practice/practice-day.ts';
import { carryPackages, openArchive } from './archive.ts';
import { openAuthorities } from './authorities.ts';
import { judgeResults, type JudgedResults } from './judges/judge-results.ts';
import { softSigner } from './soft-signer.ts';
import { agencyToken, leaderToken, makeTokens } from './tokens.ts';

export type PlayedDay = {
  readonly result: DayResult;
  readonly judged: JudgedResults;
  /** seconds: of the day, and of the judges */
  readonly seconds: { readonly day: number; readonly judges: number };
  /** every claim holds and no judge says no */
  readonly ok: boolean;
};

export type PlayOptions = {
  /** where the results go */
  readonly folder: string;
  readonly samplesFolder: string | undefined;
  readonly version: string;
  readonly say: (line: string) => void;
  readonly log: (line: string) => void;
  /** for tests: spoils what is kept or asked */
  readonly spoil?: (ports: DayPorts) => DayPorts;
};

/**
 * Plays the whole practice day in profiles that are made for it and taken away afterwards, keeps its results in a folder, and has
 * them judged by the programs of this machine. Parts: the practice axis in a process of its own; SoftHSM through a token process,
 * or a software key that is said so; OpenSSL's own time-stamping and status answers where there is an OpenSSL.
 */
export async function playWholeDay(options: PlayOptions): Promise<PlayedDay> {
  const { folder, version, log, say } = options;
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-day-'));
  const closing: (() => unknown)[] = [];
  const begun = performance.now();
  try {
    const made = (name: string): string => {
      const path = join(scratch, name);
      mkdirSync(path, { mode: 0o700 });
      return path;
    };
    const authorities = await openAuthorities(made('authorities'), systemClock.now());
    closing.push(authorities.close);
    const token = await makeTokens(made('tokens'), authorities);
    if ('forget' in token) closing.push(token.forget);
    const outside = softSigner(made('outside'), authorities, log);
    closing.push(outside.close);
    const archive = await openArchive({ folder: made('archive'), version, log });
    closing.push(() => archive.core.close());
    const profileDir = made('profile');
    const key = await keyFile(profileDir).obtain(true);
    if (!key.ok) throw new Error(`no key for the practice profile: ${key.failure.code}`);
    const desk = made('desk');
    const core = await startCore({
      profileDir,
      key: { ok: true, value: key.value.key },
      practice: true,
      ...(options.samplesFolder === undefined ? {} : { samplesFolder: options.samplesFolder }),
      background: false,
      exportPlace: desk,
      version,
      log,
    });
    closing.push(() => core.close());
    if (core.practiceAxis === undefined) throw new Error('the practice profile did not open');

    const keep = (name: string, bytes: Uint8Array | string): void => {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    };
    say(`Ngày luyện tập. Kết quả ghi vào ${folder}`);
    say(`  Thiết bị ký: ${'missing' in token ? `khóa phần mềm luyện tập (thiếu ${token.missing})` : 'SoftHSM qua tiến trình thiết bị'}; dấu thời gian và trạng thái chứng thư số: ${authorities.answers ? 'OpenSSL' : 'không có (thiếu OpenSSL)'}`);
    const ports = dayPorts(core, core.practiceAxis.control, { say, keep });
    const root = readCertificate(authorities.pki.root.der);
    if (!root.ok) throw new Error('the practice root cannot be read');
    const { on } = clientOf(core);
    const result = await playDay(options.spoil?.(ports) ?? ports, {
      root: { der: authorities.pki.root.der, sha256: root.value.sha256 },
      leader: authorities.pki.leader.der,
      tsa: authorities.tsa,
      own:
        'missing' in token
          ? { by: 'software', missing: token.missing }
          : {
              by: 'token',
              module: token.module,
              pin: token.pin,
              labels: { person: leaderToken, agency: agencyToken },
              onProgress: (listener) => on.signing.progress((item) => { listener(item.value); }),
            },
      outside,
      archive: { client: clientOf(archive.core).call, readFile: (id) => wholeFile(archive.core, id) },
      carry: (from) => Promise.resolve(carryPackages(from, archive.desk, join(folder, 'nop-luu/goi-tin'))),
    });
    for (const id of ['root', 'ca', 'time', 'leader', 'agency', 'department'] as const) keep(`chung-thu-so-luyen-tap/${id}.pem`, authorities.pki[id].pem);
    const day = (performance.now() - begun) / 1000;
    const judged = await judgeResults(folder, { authorities, say });
    keep('ket-luan-doc-lap.json', `${JSON.stringify(judged, null, 2)}\n`);
    return { result, judged, seconds: { day, judges: (performance.now() - begun) / 1000 - day }, ok: result.ok && judged.red === 0 };
  } finally {
    for (const close of closing.toReversed()) await close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
