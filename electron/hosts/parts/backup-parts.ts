import type { Dispatcher } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import { adoptRestored, createBackup, type BackupService } from '../../services/backup/index.ts';
import type { Store } from '../../store/index.ts';
import { backupThread } from '../threads/backup-thread.ts';
import type { CoreOptions } from '../core.ts';
import { documentFonts } from '../document-fonts.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly kind: 'practice' | 'office';
  readonly publish: Dispatcher['publish'];
  readonly tookOver: () => void;
  readonly incident: (error: unknown, method: string) => string;
};

/** Backup and restore, with the thread that does the work. */
export function backupParts(options: CoreOptions, { store, clock, kind, publish, tookOver, incident }: Given): BackupService {
  if (!options.key.ok) throw new Error('a station without its key is not open');
  adoptRestored(store, clock);
  return createBackup({
    store,
    clock,
    fonts: documentFonts,
    profileKind: kind,
    programVersion: options.version,
    machineKey: options.key.value,
    run: backupThread(options.log),
    startAnew: options.onReplaced,
    chooseFolder: options.chooseFolder,
    tookOver,
    changed: (state) => {
      publish('backup', 'state', state);
    },
    incident: (error) => incident(error, 'backup'),
  });
}
