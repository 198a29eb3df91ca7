import { ok, type BackupState, type Contract, type Handlers, type TokensState } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import { readChoices } from '../../platform/tokens/choices.ts';
import { actorOf } from '../../services/people/index.ts';
import { readSettings, settingsHandlers } from '../../services/settings/index.ts';
import { setupHandlers } from '../../services/setup/index.ts';
import type { Store } from '../../store/index.ts';
import type { CoreOptions } from '../core.ts';
import { statusOf } from '../failed-core.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly practice: boolean;
  /** told after the agency or the connection to the axis changed */
  readonly changed: () => void;
  readonly axisAnswers: () => boolean;
  readonly tokens: () => TokensState;
  readonly backup: () => BackupState;
};

/** What a station is: its status and settings, and how an office begins with them. */
export function stationParts(options: CoreOptions, { store, clock, practice, changed, axisAnswers, tokens, backup }: Given): Pick<Handlers<Contract>, 'station' | 'setup'> {
  return {
    station: {
      status: () => {
        const { agency, operator } = readSettings(store.read);
        return ok({ ...statusOf(options, practice), state: 'open', agency, operator, failure: null });
      },
      ...settingsHandlers({ store, clock, practice, actor: (db) => actorOf(db).name, changed }),
    },
    setup: setupHandlers({
      store,
      clock,
      practice,
      live: {
        tokenReady: () => Object.keys(readChoices(store.read).chosen).length > 0 || tokens().devices.some(({ verdict }) => verdict === 'ready'),
        axisAnswers,
        backup: () => {
          const { settings, recovery, lastGoodAt } = backup();
          return { hasFolder: settings.folder !== null, hasPassphrase: recovery !== null, made: lastGoodAt !== null };
        },
      },
      ...(options.changeProfile === undefined ? {} : { changeProfile: options.changeProfile }),
    }),
  };
}
