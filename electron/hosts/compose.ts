import {
  contract,
  dispatcherFor,
  events,
  fail,
  ok,
  type Contract,
  type Dispatcher,
  type EventSources,
  type Events,
  type Handlers,
} from '#contract';
import { instantOf, systemClock } from '../foundation/clock.ts';
import { goOnAfterId } from '../foundation/ids.ts';
import { sofficeConverter } from '../platform/office/soffice.ts';
import { verifyChainByTurns } from '../services/audit/index.ts';
import { adoptIssuedTable, calendarHandlers } from '../services/calendar/index.ts';
import {
  createDuties,
  newestId,
  owedForArrivals,
  owedForHandling,
  owedForIssuing,
  owedForRecalls,
  owedForSending,
  type Duties,
} from '../services/exchange/index.ts';
import { admit, peopleHandlers, sessionOf } from '../services/people/index.ts';
import {
  closeOffice,
  countIncoming,
  countLife,
  countOutgoing,
  draftingHandlers,
  dueFrame,
  handlingHandlers,
  numbersHandlers,
  printCopies,
  printingHandlers,
  recordsHandlers,
  textMaker,
} from '../services/records/index.ts';
import { settledKind } from '../services/settings/index.ts';
import { afterCommit, openStore, profileExists, storeFaultOf, type Store } from '../store/index.ts';
import { axisParts } from './parts/axis-parts.ts';
import type { Core, CoreOptions } from './core.ts';
import { documentFonts } from './document-fonts.ts';
import { failedCore, startCodeOf } from './failed-core.ts';
import { incidentLog } from './incident-log.ts';
import { intakeParts } from './parts/intake-parts.ts';
import { issuedCalendar } from './issued-calendar.ts';
import { pdfTextReader } from './processes/pdf-text-process.ts';
import { startPractice } from './practice/practice.ts';
import { registerParts } from './parts/register-parts.ts';
import { signingParts } from './parts/signing-parts.ts';
import { stagingHandlers } from './staging.ts';
import { stationParts } from './parts/station-parts.ts';
import { readFile, storeFile } from './parts/stored-files.ts';
import { verificationParts } from './parts/verification-parts.ts';

export type { Core, CoreOptions } from './core.ts';
/** Builds the services over the store and hands them their ports. The one place where everything meets. */
export async function startCore(options: CoreOptions): Promise<Core> {
  const incident = incidentLog(options.log);
  if (!options.key.ok) return failedCore(options, incident, startCodeOf(options.key.failure.code), {});
  try {
    const opened = openStore({
      folder: options.profileDir,
      key: options.key.value,
      programVersion: options.version,
      mayCreate: !profileExists(options.profileDir),
    });
    if (!opened.ok) return failedCore(options, incident, opened.failure.code, opened.failure.params);
    try {
      return await openCore(options, opened.value, incident);
    } catch (error) {
      opened.value.close();
      throw error;
    }
  } catch (error) {
    return failedCore(options, incident, 'internal', { incident: incident(error, 'start') });
  }
}

async function openCore(
  options: CoreOptions,
  store: Store,
  incident: (error: unknown, method: string) => string,
): Promise<Core> {
  const clock = options.clock ?? systemClock;
  goOnAfterId(newestId(store.read));
  const kind = store.write((db) => settledKind(db, options.practice === true ? 'practice' : (options.newKind ?? 'office'), instantOf(clock)));
  if (options.practice !== 'as-stored' && (kind === 'practice') !== options.practice) {
    store.close();
    return failedCore(options, incident, 'profile-kind', { kind });
  }
  store.write((db) => {
    adoptIssuedTable(db, issuedCalendar, instantOf(clock));
  });
  const practiceAxis = options.practice === true ? await startPractice(store, clock, options) : undefined;

  const reader = pdfTextReader(options.log, { start: options.startHelper });
  const texts = textMaker({ store, clock, reader, failed: (error) => void incident(error, 'reading texts') });
  const readTexts = (): void => {
    if (options.background !== false) texts.wake();
  };

  // Streams are told through the dispatcher, which is built last.
  let tell: Dispatcher['publish'] = () => undefined;
  const publish: Dispatcher['publish'] = (...told) => {
    tell(...told);
  };
  const barChanged = (): void => {
    const bar = exchange.bar();
    publish('station', 'bar', bar);
    verification.wake();
    if (bar.axis === 'online') desk.reachable();
  };
  const documentsChanged = (ids: readonly string[]): void => {
    publish('records', 'incoming', { ids, counts: countIncoming(store.read, dueFrame(store.read, clock)) });
    duties.recheck();
    readTexts();
    verification.changed(ids);
    verification.wake();
  };
  const outgoingChanged = (ids: readonly string[]): void => {
    publish('records', 'outgoing', { ids, total: countOutgoing(store.read) });
    publish('drafting', 'life', { ids, counts: countLife(store.read) });
  };
  const lifeChanged = (ids: readonly string[]): void => {
    outgoingChanged(ids);
    duties.recheck();
    desk.recheck();
    readTexts();
    verification.wake();
  };

  const duties: Duties = createDuties({
    store,
    clock,
    sources: [owedForArrivals, owedForHandling, owedForRecalls, owedForSending, owedForIssuing],
    changed: (counts) => {
      publish('duties', 'counts', counts);
    },
    tickFailed: (error) => void incident(error, 'duty clock'),
  });
  const axis = axisParts(options, {
    store,
    clock,
    practice: kind === 'practice',
    publish,
    clockChanged: () => {
      tokens.recheck();
    },
    documentsArrived: documentsChanged,
    outboxChanged: duties.recheck,
    outgoingChanged,
    barChanged,
    incident,
  });
  const { exchange, queueStatus } = axis;

  const registers = registerParts(options, {
    store,
    clock,
    kind,
    publish,
    tookOver: () => {
      if (options.background !== false) axis.start();
    },
    registersChanged: () => {
      documentsChanged([]);
      outgoingChanged([]);
    },
    whileQuiet: exchange.whileQuiet,
    verification: () => verification,
    desk: () => desk,
    incident,
  });
  const { search, legacy, transfer, backup, keeping, handover } = registers;

  const signing = signingParts(options, {
    store,
    clock,
    practice: kind === 'practice',
    reader,
    clockDiffersBy: axis.clockDiffersBy,
    publish,
    documentsChanged: lifeChanged,
    papers: handover.papers,
    incident,
  });
  const { tokens, desk } = signing;

  const verification = verificationParts({
    store,
    clock,
    practice: kind === 'practice',
    profileDir: options.profileDir,
    background: options.background !== false,
    trust: signing.trust,
    hasLine: () => exchange.bar().axis !== 'offline',
    changed: (documents, waiting) => {
      publish('verification', 'verdicts', { documents: [...documents], waiting });
    },
    incident,
  });

  const intake = intakeParts({ store, clock, queueStatus, reader, changed: documentsChanged, discarded: axis.sweep, verdictOn: verification.lookOnce, publish });
  const copies = printCopies({ store, clock, fonts: documentFonts });
  const staging = stagingHandlers(store);
  const handlers: Handlers<Contract> = {
    ...stationParts(options, {
      store,
      clock,
      practice: kind === 'practice',
      changed: axis.reconnect,
      axisAnswers: () => exchange.bar().axis === 'online',
      tokens: tokens.state,
      backup: backup.state,
    }),
    records: recordsHandlers({
      store,
      clock,
      queueStatus,
      askVerdict: verification.askVerdict,
      changed: documentsChanged,
      outgoingChanged,
      recalled: axis.sweep,
    }),
    handling: handlingHandlers({ store, clock, queueStatus, changed: documentsChanged, settingsChanged: duties.recheck, copies }),
    audit: { verify: async () => ok(await verifyChainByTurns(store.read)) },
    calendar: calendarHandlers({ store, clock, changed: duties.recheck }),
    duties: duties.handlers,
    ...intake.handlers,
    printing: printingHandlers({ store, clock, fonts: documentFonts }),
    people: peopleHandlers({
      store,
      clock,
      practice: kind === 'practice',
      closeRegisters: closeOffice,
      officeChanged: (db) => {
        afterCommit(db, axis.reconnect);
      },
      sessionChanged: () => {
        const session = sessionOf(store.read);
        publish('people', 'session', session);
        // Who left must not leave a token behind that signs without a PIN.
        if (session.roles.length === 0) tokens.forget().catch((error: unknown) => incident(error, 'tokens'));
        else tokens.recheck();
      },
    }),
    numbers: numbersHandlers({ store, clock }),
    drafting: draftingHandlers({
      store,
      clock,
      sendPlanned: exchange.sendPlanned,
      converter: sofficeConverter({ path: process.env['PATH'] ?? '' }),
      changed: lifeChanged,
    }),
    staging,
    ...axis.handlers,
    ...registers.handlers,
    ...signing.handlers,
    verification: verification.handlers,
  };
  const sources: EventSources<Events> = {
    station: { bar: exchange.bar },
    records: { incoming: () => countIncoming(store.read, dueFrame(store.read, clock)), outgoing: () => countOutgoing(store.read) },
    duties: { counts: duties.counts },
    people: { session: () => sessionOf(store.read) },
    drafting: { life: () => countLife(store.read) },
    ...axis.sources,
    ...intake.sources,
    ...registers.sources,
    ...signing.sources,
    verification: { verdicts: verification.waiting },
  };
  const dispatcher = dispatcherFor(contract, handlers, events, sources, {
    admit: (asked) => admit(store.read, asked),
    bar: backup.bar,
    classify: storeFaultOf,
    incident,
  });
  tell = dispatcher.publish;
  axis.sweep();
  keeping.resume();
  exchange.readAgain(options.version).catch((error: unknown) => incident(error, 'reading kept messages again'));
  if (options.background !== false) {
    // A restored station stays off the axis until somebody says that it takes over.
    if (backup.state().restored === null) axis.start();
    backup.start();
    duties.start();
    readTexts();
    search.start();
    signing.start();
    verification.wake();
    keeping.start();
    // Who practises looks for the partners at once, and this axis is not far away.
    if (practiceAxis !== undefined) axis.askForDirectory();
  }

  return {
    dispatcher,
    readFile: (fileId, start, length, sender = 'own-window') => {
      // A file belongs to a document: who may not ask for documents now gets none.
      const refusal = sender === 'own-window' ? admit(store.read, { domain: 'records', name: 'incomingGet', kind: 'query' }) : undefined;
      return refusal === undefined ? readFile(store, copies, fileId, start, length) : Promise.resolve(fail('not-found'));
    },
    storeFile: (bytes) => storeFile(store, bytes),
    openFile: intake.openFile,
    transfer: transfer.host,
    backup: backup.host,
    keeping: keeping.host,
    handover: handover.host,
    tokens: tokens.host,
    close: async () => {
      duties.stop();
      const textsRead = texts.stop();
      await handover.stop();
      await Promise.all([keeping.stop(), signing.stop(), verification.stop(), axis.stop(), search.stop(), legacy.stop(), transfer.stop(), backup.stop(), textsRead]);
      reader.stop();
      await practiceAxis?.stop();
      await staging.close();
      store.close();
    },
    ...(practiceAxis === undefined ? {} : { practiceAxis }),
  };
}
