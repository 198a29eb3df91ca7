import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { saveElsewhere, saveRestored } from '../../electron/services/backup/backup.store.ts';
import type { Store } from '../../electron/store/index.ts';
import { scratchFolder } from '../unit/store/helpers.ts';

type Prepare = {
  readonly must: (domain: string, method: string, input: unknown) => Promise<never>;
  readonly meanwhile: <T>(work: (store: Store) => T) => Promise<T>;
};

const at = '2026-11-22T01:00:00.000Z';

/** A folder that backups go into. */
async function chosen({ must }: Prepare): Promise<object> {
  const folder = join(scratchFolder(), 'usb');
  mkdirSync(folder);
  const { settings } = (await must('backup', 'state', {})) as { settings: object };
  return { ...settings, folder, enabled: false };
}

async function made(prepare: Prepare): Promise<{ readonly generation: string }> {
  await prepare.must('backup', 'saveSettings', await chosen(prepare));
  await prepare.must('backup', 'setRecovery', { passphrase: 'Rất bí mật bảy chữ' });
  return prepare.must('backup', 'start', {});
}

/** One input that succeeds for each audited command of backups. */
export const backupInputs: Readonly<Record<string, (prepare: Prepare) => unknown>> = {
  'backup.saveSettings': chosen,
  'backup.setRecovery': () => ({ passphrase: 'Rất bí mật bảy chữ' }),
  'backup.makeSheet': () => ({}),
  'backup.start': async (prepare) => {
    await made(prepare);
    return {};
  },
  'backup.verify': async (prepare) => ({ generation: (await made(prepare)).generation }),
  'backup.confirmRestored': async ({ meanwhile }) => {
    await meanwhile((store) => {
      store.write((db) => {
        saveRestored(db, { at, backupAt: at, generation: 'g', place: '/usb', oldHost: 'cũ' }, at);
      });
    });
    return { numbersChecked: true, oldStopped: true };
  },
  'backup.noteElsewhere': async ({ meanwhile }) => {
    await meanwhile((store) => {
      store.write((db) => {
        saveElsewhere(db, { at, host: 'mới', life: 'l', notedAt: null }, at);
      });
    });
    return { note: 'khôi phục thử' };
  },
};
