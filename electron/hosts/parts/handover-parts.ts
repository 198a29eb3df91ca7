import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Dispatcher, Handlers, Contract } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import { createHandover, type HandoverDeps, type HandoverService } from '../../services/handover/index.ts';
import type { PackageForm, SchemaFile } from '../../services/packages/index.ts';
import type { Store } from '../../store/index.ts';
import type { CoreOptions } from '../core.ts';
import { documentFonts } from '../document-fonts.ts';
import { packageBuildThreads } from '../threads/package-build-threads.ts';
import { packageCheckThreads } from '../threads/package-check-threads.ts';
import { packageHands } from '../threads/package-hands-threads.ts';
import { packageSchemas } from '../package-schemas.ts';
import { signatureState } from '../words/package-words.ts';
import { removableDrives } from './removable-drives.ts';
import type { VerificationParts } from './verification-parts.ts';
import { traceWords, vietnameseWords } from '../words/vietnamese-words.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly publish: Dispatcher['publish'];
  readonly dossiers: Handlers<Contract>['dossiers'];
  readonly dossiersChanged: (ids: readonly string[]) => void;
  /** who judges signatures inside packages that come in */
  readonly lookAt: VerificationParts['lookAt'];
  readonly copyFile: HandoverDeps['copyFile'];
  readonly incident: (error: unknown, what: string) => string;
};

/** What a station hands over and takes over with: threads that build and check packages, and both sides' acts. */
export function handoverParts(options: CoreOptions, { store, clock, publish, dossiers, dossiersChanged, lookAt, copyFile, incident }: Given): HandoverService {
  const builders = packageBuildThreads(store.blobAccess, options.log);
  const checkers = packageCheckThreads({ judge: async ({ source }) => signatureState(await lookAt(source)) });
  // What lay open in plain amid a job that a kill ended does not stay.
  const work = join(options.profileDir, 'open-packages');
  rmSync(work, { recursive: true, force: true });
  const schemas = new Map<PackageForm, readonly SchemaFile[]>();
  const service = createHandover({
    store,
    clock,
    fonts: documentFonts,
    place: options.exportPlace ?? null,
    drives: options.drives ?? (() => removableDrives()),
    showFile: options.showFile,
    software: { name: 'Trạm Văn thư', version: options.version },
    schemas: (form) => {
      const known = schemas.get(form) ?? packageSchemas(form);
      schemas.set(form, known);
      return known;
    },
    build: builders.build,
    check: checkers.check,
    lookAt: (bytes) => lookAt({ kind: 'bytes', bytes }),
    copyFile,
    hands: () => packageHands({ blobs: store.blobAccess, work }, options.log),
    actWords: traceWords,
    words: vietnameseWords,
    printList: (input) => dossiers.makeDossierList(input),
    running: (now) => {
      publish('handover', 'progress', now);
    },
    dossiersChanged,
    incident: (error) => incident(error, 'hand-over'),
  });
  return {
    ...service,
    stop: async () => {
      await service.stop();
      await Promise.all([builders.close(), checkers.close()]);
    },
  };
}
