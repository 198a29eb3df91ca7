import type { ReactNode } from 'react';
import {
  Clock20Regular,
  ClipboardTask20Regular,
  DocumentAdd20Regular,
  DocumentArrowRight20Regular,
  DocumentTableArrowRight20Regular,
  Folder20Regular,
  MailInbox20Regular,
  Print20Regular,
  Search20Regular,
  Send20Regular,
  Settings20Regular,
  Signature20Regular,
  UsbStick20Regular,
} from '@fluentui/react-icons';
import type { StationStatus } from '#contract';
import { DossiersView } from '../features/dossiers/index.ts';
import { DutiesView } from '../features/duties/index.ts';
import { BoardView } from '../features/handling/index.ts';
import { IncomingView } from '../features/incoming/index.ts';
import { IntakeView } from '../features/intake/index.ts';
import { LegacyView } from '../features/legacy/index.ts';
import { OutboxView } from '../features/outbox/index.ts';
import { OutgoingView } from '../features/outgoing/index.ts';
import { PrintingView } from '../features/printing/index.ts';
import { SearchView } from '../features/search/index.ts';
import { SigningView } from '../features/signing/index.ts';
import { TokensView } from '../features/tokens/index.ts';
import type { Method } from '../bridge/session.ts';
import type { Section } from '../foundations/address.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { SettingsTabs } from './SettingsTabs.tsx';

export type Route = {
  readonly section: Section;
  /** Full name, for the title. */
  readonly name: MessageKey;
  /** What stands under the icon in the rail. */
  readonly short: MessageKey;
  readonly icon: ReactNode;
  /** What the search field says here; null where there is no list to filter yet. */
  readonly filter: MessageKey | null;
  readonly view: (status: StationStatus) => ReactNode;
  /** commands for which one comes here: whoever may give none of them is not led here; absent: there is something to read for everybody */
  readonly needs?: readonly Method[];
};

/** Prints of registers, envelopes and reports. */
export const printNeeds: readonly Method[] = [
  ['printing', 'makeBook'],
  ['printing', 'makeReport'],
  ['printing', 'makeEnvelopes'],
  ['printing', 'makeDispatchNote'],
];

/** The sections in the order of Alt+1 … Alt+7. */
export const routes: readonly Route[] = [
  {
    section: 'incoming',
    name: 'section.incoming',
    short: 'rail.incoming',
    icon: <MailInbox20Regular />,
    filter: 'search.incoming',
    view: (status) => <IncomingView status={status} />,
  },
  {
    section: 'outgoing',
    name: 'section.outgoing',
    short: 'rail.outgoing',
    icon: <DocumentArrowRight20Regular />,
    filter: 'search.outgoing',
    view: (status) => <OutgoingView status={status} />,
  },
  {
    section: 'outbox',
    name: 'section.outbox',
    short: 'rail.outbox',
    icon: <Send20Regular />,
    filter: 'search.outbox',
    view: () => <OutboxView />,
  },
  {
    section: 'dossiers',
    name: 'section.dossiers',
    short: 'rail.dossiers',
    icon: <Folder20Regular />,
    filter: 'search.dossiers',
    view: () => <DossiersView />,
  },
  {
    section: 'search',
    name: 'section.search',
    short: 'rail.search',
    icon: <Search20Regular />,
    filter: 'search.everywhere',
    view: () => <SearchView />,
  },
  {
    section: 'token',
    name: 'section.token',
    short: 'rail.token',
    icon: <UsbStick20Regular />,
    filter: null,
    view: () => <TokensView />,
  },
  {
    section: 'settings',
    name: 'section.settings',
    short: 'rail.settings',
    icon: <Settings20Regular />,
    filter: null,
    view: (status) => <SettingsTabs status={status} />,
  },
];

/** Reached from the foot of the window, not from the rail. */
const duties: Route = {
  section: 'duties',
  name: 'section.duties',
  short: 'section.duties',
  icon: <Clock20Regular />,
  filter: null,
  view: () => <DutiesView />,
};

/** Reached from the list of incoming documents. */
const intake: Route = {
  section: 'intake',
  name: 'section.intake',
  short: 'section.intake',
  icon: <DocumentAdd20Regular />,
  filter: null,
  needs: [['intake', 'addIncoming']],
  view: () => <IntakeView />,
};

/** Reached from Ctrl+K and by Alt+P. */
const printing: Route = {
  section: 'printing',
  name: 'section.printing',
  short: 'section.printing',
  icon: <Print20Regular />,
  filter: null,
  needs: printNeeds,
  view: () => <PrintingView />,
};

/** Reached from Ctrl+K, from the prints and from the numbers of the settings. */
const legacy: Route = {
  section: 'legacy',
  name: 'section.legacy',
  short: 'section.legacy',
  icon: <DocumentTableArrowRight20Regular />,
  filter: null,
  needs: [['legacy', 'preview']],
  view: () => <LegacyView />,
};

/** Reached from the list of incoming documents and from what is due. */
const board: Route = {
  section: 'board',
  name: 'section.board',
  short: 'section.board',
  icon: <ClipboardTask20Regular />,
  filter: null,
  view: () => <BoardView />,
};

/** Reached from what waits for a signature, and from the foot of the window while a batch runs. */
const signing: Route = {
  section: 'signing',
  name: 'section.signing',
  short: 'section.signing',
  icon: <Signature20Regular />,
  filter: null,
  needs: [['signing', 'start']],
  view: () => <SigningView />,
};

/** Sections that are not in the rail. */
export const sideRoutes: readonly Route[] = [intake, printing, legacy, board, duties, signing];

/** The route of a section, wherever it is reached from. */
export function routeOf(section: Section): Route | undefined {
  return [...routes, ...sideRoutes].find((route) => route.section === section);
}
