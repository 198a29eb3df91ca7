import type { Contract, Dispatcher, EventSources, Events, Handlers } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import { countDossiers, dossiersHandlers, type DossierDeps } from '../../services/dossiers/index.ts';
import type { Desk } from '../../services/desk/index.ts';
import type { Keeping } from '../../services/keeping/index.ts';
import type { BackupService } from '../../services/backup/index.ts';
import { createLegacy } from '../../services/legacy/index.ts';
import { createSearch } from '../../services/search/index.ts';
import type { HandoverService } from '../../services/handover/index.ts';
import { createTransfer } from '../../services/transfer/index.ts';
import type { Store } from '../../store/index.ts';
import { backupParts } from './backup-parts.ts';
import type { CoreOptions } from '../core.ts';
import { documentFonts } from '../document-fonts.ts';
import { handoverParts } from './handover-parts.ts';
import { keepingParts } from './keeping-parts.ts';
import { problemWords } from '../words/problem-words.ts';
import type { VerificationParts } from './verification-parts.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly kind: 'practice' | 'office';
  readonly publish: Dispatcher['publish'];
  /** a restored station takes over: from here on it receives and sends */
  readonly tookOver: () => void;
  /** many documents came or went at once */
  readonly registersChanged: () => void;
  /** while nothing is taken in or sent */
  readonly whileQuiet: <T>(work: () => Promise<T>) => Promise<T>;
  /** who judges signatures, inside packages that come in and of what came into a dossier; made after these parts */
  readonly verification: () => Pick<VerificationParts, 'lookAt' | 'wake'>;
  /** who copies PDFs; made after these parts */
  readonly desk: () => Pick<Desk, 'copyFile'>;
  readonly incident: (error: unknown, method: string) => string;
};

type Domain = 'backup' | 'dossiers' | 'search' | 'legacy' | 'transfer' | 'keeping' | 'handover';

export type RegisterParts = {
  readonly handlers: Pick<Handlers<Contract>, Domain | 'packages' | 'holdings' | 'copies'>;
  readonly sources: Pick<EventSources<Events>, Domain>;
  readonly search: ReturnType<typeof createSearch>;
  readonly legacy: ReturnType<typeof createLegacy>;
  readonly transfer: ReturnType<typeof createTransfer>;
  readonly backup: BackupService;
  readonly keeping: Keeping;
  readonly handover: HandoverService;
};

/** What works over the registers as a whole: dossiers, their hand-over, search, taking over old ones, the whole export and import, and what becomes of what is kept. */
export function registerParts(options: CoreOptions, { store, clock, kind, publish, tookOver, registersChanged, whileQuiet, verification, desk, incident }: Given): RegisterParts {
  const backup = backupParts(options, { store, clock, kind, publish, tookOver, incident });
  const changed: DossierDeps['changed'] = (change) => {
    publish('dossiers', 'changed', { dossiers: [...change.dossiers], plans: [...change.plans], counts: countDossiers(store.read, null) });
    // Files of their own may have come.
    verification().wake();
  };
  const dossiers = dossiersHandlers({ store, clock, fonts: documentFonts, changed });
  const search = createSearch({
    store,
    clock,
    fonts: documentFonts,
    changed: (state) => {
      publish('search', 'index', state);
    },
    failed: (error) => void incident(error, 'search index'),
  });
  const legacy = createLegacy({
    store,
    clock,
    words: problemWords,
    progress: (progress) => {
      publish('legacy', 'progress', progress);
    },
    changed: registersChanged,
  });
  const transfer = createTransfer({
    store,
    clock,
    profileKind: kind,
    place: options.exportPlace ?? null,
    changed: (state) => {
      publish('transfer', 'progress', state);
    },
    incident: (error) => incident(error, 'whole export or import'),
  });
  const keeping = keepingParts(options, { store, clock, publish, whileQuiet, purgeIndex: search.purge, incident });
  const handover = handoverParts(options, {
    store,
    clock,
    publish,
    dossiers,
    dossiersChanged: (ids) => {
      changed({ dossiers: ids, plans: [] });
    },
    lookAt: (source) => verification().lookAt(source),
    copyFile: (sha256, order) => desk().copyFile(sha256, order),
    incident,
  });
  return {
    search,
    legacy,
    transfer,
    backup,
    keeping,
    handover,
    handlers: { dossiers, search: search.handlers, legacy: legacy.handlers, transfer: transfer.handlers, backup: backup.handlers, keeping: keeping.handlers, ...handover.handlers },
    sources: {
      dossiers: { changed: () => countDossiers(store.read, null) },
      search: { index: search.state },
      legacy: { progress: legacy.progress },
      transfer: { progress: transfer.state },
      backup: { state: backup.state },
      keeping: keeping.sources,
      handover: { progress: handover.state },
    },
  };
}
