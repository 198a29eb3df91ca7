import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { BackupProgress, BackupState, Generation, Outcome } from '#contract';
import type { Json } from '../../foundation/canonical-json.ts';
import { doJob } from '../../services/backup/job.ts';
import { shownOf, type VerifyDone } from '../../services/backup/index.ts';
import { finishRestore, profileExists } from '../../store/index.ts';
import { UsageError, required, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, obtainKey, profileFolder, refused, wholeFile, withCore } from './profile.ts';
import { done } from './sentences.ts';

const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);

/** An option that names a folder, as an absolute path. */
function folderIn(context: CommandContext, name: string): string | undefined {
  const value = context.options[name];
  return typeof value === 'string' && value !== '' ? resolve(value) : undefined;
}

/** The passphrase of the backups, from the environment variable that an option names. */
function secretIn(context: CommandContext, name: string): string {
  const words = process.env[required(context, name)];
  if (words === undefined || words === '') throw new UsageError(`--${name}`);
  return words;
}

/** Says how far something is, at most once a second. */
function teller(context: CommandContext): (now: BackupProgress) => void {
  let at = Date.now();
  return ({ phase, done: bytes, total }) => {
    if (Date.now() - at < 1000) return;
    at = Date.now();
    context.say(done(context, 'backupRunning', { phase, size: mebibytes(bytes), total: mebibytes(total ?? bytes) }));
  };
}

function shown(context: CommandContext, { generation, state, at, office, host, recovery, incoming, outgoing, files, bytes, missing }: Generation): string {
  if (state !== 'good') return done(context, 'backupUnfit', { generation, state });
  return done(context, 'backupLine', { generation, at: at ?? '', office: office === '' ? '—' : office, host, recovery, incoming, outgoing, files, size: mebibytes(bytes), missing });
}

export const backup: Command = {
  about: 'Sao lưu cả hồ sơ (đã mã hóa) vào thư mục đã chọn hoặc DIR. | Back the whole profile up, encrypted, to the chosen folder or to DIR.',
  usage: 'backup [--to DIR] --profile DIR',
  options: { to: true },
  run: (context) =>
    withCore(context, async (core) => {
      const say = teller(context);
      const telling = setInterval(() => {
        void ask(core, 'backup', 'state', {}).then((state) => {
          if (state.ok && state.value.running !== null) say(state.value.running.now);
        });
      }, 500);
      try {
        const outcome = await core.backup.backUpTo(folderIn(context, 'to') ?? null);
        if (!outcome.ok) return refused(outcome);
        const { folder, generation, files, bytes, newFiles, newBytes, missing, manifestSha256 } = outcome.value;
        const text = done(context, 'backedUp', { folder, generation, files, size: mebibytes(bytes), newFiles, newSize: mebibytes(newBytes), missing, hash: manifestSha256 });
        return { ok: true, value: outcome.value, text };
      } finally {
        clearInterval(telling);
      }
    }),
};

export const backupSet: Command = {
  about: 'Đặt thư mục, giờ và mật khẩu khôi phục của việc sao lưu; in phiếu khôi phục. | Set folder, hour and passphrase of the backups; print the recovery sheet.',
  usage: 'backup set [--folder DIR] [--at HH:MM] [--off] [--recovery-env VAR] [--sheet FILE] --profile DIR',
  options: { folder: true, at: true, off: false, 'recovery-env': true, sheet: true },
  run: (context) =>
    withCore(context, async (core) => {
      let state: Outcome<BackupState, string> = await ask(core, 'backup', 'state', {});
      if (!state.ok) return refused(state);
      const { folder, at, off } = context.options;
      if (folder !== undefined || at !== undefined || off === true) {
        const settings = { ...state.value.settings, folder: folderIn(context, 'folder') ?? state.value.settings.folder, at: typeof at === 'string' ? at : state.value.settings.at, enabled: off !== true };
        state = await ask(core, 'backup', 'saveSettings', settings);
        if (!state.ok) return refused(state);
      }
      if (context.options['recovery-env'] !== undefined) {
        state = await ask(core, 'backup', 'setRecovery', { passphrase: secretIn(context, 'recovery-env') });
        if (!state.ok) return refused(state);
      }
      const sheet = folderIn(context, 'sheet');
      if (sheet !== undefined) {
        const made = await ask(core, 'backup', 'makeSheet', {});
        if (!made.ok) return refused(made);
        writeFileSync(sheet, await wholeFile(core, made.value.id), { mode: 0o600 });
      }
      const { settings, recovery, nextAt } = state.value;
      const text = done(context, 'backupSet', { folder: settings.folder ?? '—', at: settings.at, enabled: settings.enabled ? 'yes' : 'no', recovery: recovery?.code ?? '—' });
      return { ok: true, value: { settings, recovery, nextAt } as unknown as Json, text };
    }),
};

/** What a folder holds, without any profile; its newest first. */
async function look(place: string): Promise<readonly Generation[] | CommandResult> {
  const answer = await doJob({ kind: 'list', place, keyCheck: null }, () => undefined, () => false);
  return answer.ok ? answer.value.map(shownOf) : { ok: false, ...answer.failure };
}

export const backupList: Command = {
  about: 'Liệt kê các bản sao lưu trong thư mục đã chọn, hoặc trong DIR (không cần hồ sơ). | List the backups in the chosen folder, or in DIR (no profile needed).',
  usage: 'backup list [--from DIR] [--profile DIR]',
  options: { from: true },
  run: async (context) => {
    const from = folderIn(context, 'from');
    const told = (items: readonly Generation[]): CommandResult => ({
      ok: true,
      value: items as unknown as Json,
      text: items.length === 0 ? done(context, 'backupNone') : items.map((one) => shown(context, one)).join('\n'),
    });
    if (from !== undefined) {
      const items = await look(from);
      return 'ok' in items ? items : told(items);
    }
    return withCore(context, async (core) => {
      const outcome = await ask(core, 'backup', 'generations', { folder: null });
      return outcome.ok ? told(outcome.value) : refused(outcome);
    });
  },
};

export const backupVerify: Command = {
  about: 'Đọc lại một bản sao lưu (mặc định: bản mới nhất) và so với lúc ghi; mã thoát 1 khi khác. Với --from không cần hồ sơ. | Read a backup again and compare; exit 1 when it differs.',
  usage: 'backup verify [GENERATION] [--from DIR] [--profile DIR]',
  options: { from: true },
  run: async (context) => {
    const [wanted] = context.positionals;
    const from = folderIn(context, 'from');
    if (from !== undefined) {
      const items = await look(from);
      if ('ok' in items) return items;
      const chosen = items.find(({ generation }) => wanted === undefined || generation === wanted);
      if (chosen === undefined) return { ok: false, code: 'backup-missing', params: { generation: wanted ?? '', folder: from } };
      const answer = await doJob({ kind: 'verify', place: from, keyCheck: chosen.keyCheck, generation: chosen.generation, access: null }, teller(context), () => false);
      return answer.ok ? checked(context, chosen.generation, answer.value) : { ok: false, ...answer.failure };
    }
    return withCore(context, async (core) => {
      const items = await ask(core, 'backup', 'generations', { folder: null });
      if (!items.ok) return refused(items);
      const generation = wanted ?? items.value[0]?.generation ?? '';
      const outcome = await ask(core, 'backup', 'verify', { generation });
      return outcome.ok ? checked(context, generation, outcome.value) : refused(outcome);
    });
  },
};

function checked(context: CommandContext, generation: string, { files, bytes, bad }: VerifyDone): CommandResult {
  const lines = bad.map(({ path, what }) => done(context, 'backupBad', { path, what }));
  const head = done(context, bad.length === 0 ? 'backupWhole' : 'backupBroken', { generation, files, size: mebibytes(bytes), ...(bad.length === 0 ? {} : { count: bad.length }) });
  return { ok: true, value: { generation, files, bytes, bad } as unknown as Json, text: [head, ...lines].join('\n'), ...(bad.length === 0 ? {} : { exit: 1 as const }) };
}

export const restore: Command = {
  about: 'Khôi phục một bản sao lưu vào hồ sơ trống. | Restore a backup into an empty profile.',
  usage: 'restore --from DIR [--generation NAME] --recovery-env VAR --profile DIR [--passphrase-env VAR] [--move-old-aside]',
  options: { from: true, generation: true, 'recovery-env': true, 'move-old-aside': false },
  run: async (context) => {
    const place = folderIn(context, 'from');
    if (place === undefined) throw new UsageError('--from DIR');
    const passphrase = secretIn(context, 'recovery-env');
    const profile = profileFolder(context);
    const items = await look(place);
    if ('ok' in items) return items;
    const wanted = context.options['generation'];
    const chosen = items.find(({ generation, state }) => (typeof wanted === 'string' ? generation === wanted : state === 'good'));
    if (chosen === undefined) return { ok: false, code: 'backup-missing', params: { generation: typeof wanted === 'string' ? wanted : '', folder: place } };
    const isThere = profileExists(profile) || existsSync(join(profile, 'blobs'));
    if (isThere && context.options['move-old-aside'] !== true) return { ok: false, code: 'restore-over-data', params: { folder: profile } };
    // A real station's key is never laid down in the clear.
    if (!isThere && chosen.profileKind === 'office' && typeof context.options['passphrase-env'] !== 'string') throw new UsageError('--passphrase-env VAR');
    context.say(shown(context, chosen));
    const key = await obtainKey(context, profile);
    if (!key.ok) return { ok: false, code: `start.${key.failure.code}`, params: { folder: profile, ...key.failure.params } };
    const answer = await doJob(
      {
        kind: 'restore',
        place,
        keyCheck: chosen.keyCheck,
        generation: chosen.generation,
        passphrase,
        profile,
        machineKey: key.value.key,
        profileKind: chosen.profileKind,
        at: new Date().toISOString(),
        life: randomUUID(),
        host: hostname(),
        programVersion: context.version,
      },
      teller(context),
      () => false,
    );
    if (!answer.ok) return { ok: false, ...answer.failure };
    const finished = finishRestore(profile);
    if (!finished.ok) return { ok: false, code: `start.${finished.failure.code}`, params: finished.failure.params };
    const aside = finished.value;
    if (aside !== undefined) keepKeysWith(profile, aside);
    const head = done(context, 'restored', { generation: chosen.generation, at: chosen.at ?? '', files: chosen.files, unmarked: answer.value.unmarked ? 'yes' : 'no' });
    const text = aside === undefined ? head : `${head}\n${done(context, 'restoreAside', { aside })}`;
    return { ok: true, value: { generation: chosen.generation, at: chosen.at, aside: aside ?? null, unmarked: answer.value.unmarked }, text };
  },
};

/** The former data open only with the former key: its wrapped forms go along. */
function keepKeysWith(profile: string, aside: string): void {
  for (const name of ['passphrase.key.json', 'system.key', 'practice.key']) {
    if (existsSync(join(profile, name)) && statSync(join(profile, name)).isFile()) copyFileSync(join(profile, name), join(aside, name));
  }
}

export const restoreConfirm: Command = {
  about: 'Xác nhận trạm vừa khôi phục thay máy cũ: đã đối chiếu số cuối, máy cũ không dùng nữa. | Confirm that the restored station takes over.',
  usage: 'restore confirm --numbers-checked --old-stopped --profile DIR',
  options: { 'numbers-checked': false, 'old-stopped': false },
  run: (context) => {
    if (context.options['numbers-checked'] !== true || context.options['old-stopped'] !== true) throw new UsageError('--numbers-checked --old-stopped');
    return withCore(context, async (core) => {
      const outcome = await ask(core, 'backup', 'confirmRestored', { numbersChecked: true, oldStopped: true });
      return outcome.ok ? { ok: true, value: outcome.value as unknown as Json, text: done(context, 'restoreConfirmed') } : refused(outcome);
    });
  },
};
