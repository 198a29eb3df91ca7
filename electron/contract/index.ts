import type { ClientOf, EventSourcesOf, EventTable, HandlersOf, MethodTable } from './derive.ts';
import { backup, backupEvents } from './backup.ts';
import { calendar } from './calendar.ts';
import { people, peopleEvents } from './people.ts';
import { duties, dutiesEvents } from './duties.ts';
import { connection, connectionEvents } from './connection.ts';
import { directory, directoryEvents } from './directory.ts';
import { dossiers, dossiersEvents } from './dossiers.ts';
import { drafting, draftingEvents } from './drafting.ts';
import { exchange, exchangeEvents } from './exchange.ts';
import { handover, handoverEvents } from './handover.ts';
import { copies } from './copies.ts';
import { holdings } from './holdings.ts';
import { intake } from './intake.ts';
import { keeping, keepingEvents } from './keeping.ts';
import { messageFiles, messageFilesEvents } from './message-files.ts';
import { legacy, legacyEvents } from './legacy.ts';
import { packages } from './packing.ts';
import { printing } from './printing.ts';
import { numbers } from './numbers.ts';
import { handling } from './handling.ts';
import { audit, records, recordsEvents } from './records.ts';
import { staging } from './staging.ts';
import { search, searchEvents } from './search.ts';
import { signing, signingEvents } from './signing.ts';
import { setup } from './setup.ts';
import { signingSettings } from './signing-settings.ts';
import { station, stationEvents } from './station.ts';
import { tokens, tokensEvents } from './tokens.ts';
import { transfer, transferEvents } from './transfer.ts';
import { verification, verificationEvents } from './verdict-desk.ts';

export * from './agency-issues.ts';
export * from './define.ts';
export type * from './derive.ts';
export * from './shared.ts';
export * from './axis.ts';
export * from './connection.ts';
export * from './station.ts';
export * from './records.ts';
export * from './intake.ts';
export * from './message-files.ts';
export * from './exchange.ts';
export * from './backup.ts';
export * from './calendar.ts';
export * from './duties.ts';
export * from './directory.ts';
export * from './printing.ts';
export * from './rights.ts';
export * from './people.ts';
export * from './numbers.ts';
export * from './handling.ts';
export * from './drafting.ts';
export * from './dossier-table.ts';
export * from './file-plan.ts';
export * from './dossiers.ts';
export * from './handover.ts';
export * from './copies.ts';
export * from './holdings.ts';
export * from './setup.ts';
export * from './staging.ts';
export * from './search.ts';
export * from './signing-settings.ts';
export * from './signing.ts';
export * from './retention.ts';
export * from './disposal.ts';
export * from './fixity.ts';
export * from './legacy.ts';
export * from './transfer.ts';
export * from './packages.ts';
export * from './packing.ts';
export * from './tokens.ts';
export * from './verdict-desk.ts';
export * from './verification.ts';
export * from './wire.ts';
export * from './client.ts';
export * from './dispatch.ts';

/** Every method the window may ask for. Client, handlers, dispatcher and test doubles are derived from it. */
export const contract = { station, records, audit, exchange, calendar, duties, connection, directory, numbers, handling, drafting, staging, intake, messageFiles, legacy, search, transfer, backup, printing, tokens, signing, signingSettings, verification, dossiers, keeping, handover, packages, holdings, copies, setup, people } as const;
export type Contract = typeof contract;

/** Every stream the window may listen to. */
export const events = {
  station: stationEvents,
  records: recordsEvents,
  exchange: exchangeEvents,
  duties: dutiesEvents,
  connection: connectionEvents,
  directory: directoryEvents,
  people: peopleEvents,
  drafting: draftingEvents,
  search: searchEvents,
  legacy: legacyEvents,
  messageFiles: messageFilesEvents,
  transfer: transferEvents,
  backup: backupEvents,
  tokens: tokensEvents,
  verification: verificationEvents,
  signing: signingEvents,
  dossiers: dossiersEvents,
  keeping: keepingEvents,
  handover: handoverEvents,
} as const;
export type Events = typeof events;

/** What the window calls: `client.records.registerIncoming({ id })`. */
export type Client<T extends MethodTable = Contract> = ClientOf<T>;
/** What the core implements. */
export type Handlers<T extends MethodTable = Contract> = HandlersOf<T>;
/** Where the core's streams take their snapshots from. */
export type EventSources<T extends EventTable = Events> = EventSourcesOf<T>;
