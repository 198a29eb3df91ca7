import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Contract, Events, EventSources, Handlers, SigningProgress, TokensState } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import { createDesk, type Desk, type DeskPapers } from '../../services/desk/index.ts';
import type { SigningOffice } from '../../services/signing/index.ts';
import type { Store } from '../../store/index.ts';
import type { CoreOptions } from '../core.ts';
import { tokensOfDesk } from './desk-token.ts';
import type { PdfReader } from '../processes/pdf-text-process.ts';
import { signingOfficeIn } from './signing-office.ts';
import { signingThreads } from '../threads/signing-threads.ts';
import { stationTokens } from './station-tokens.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly practice: boolean;
  readonly reader: PdfReader;
  /** by how many seconds the axis' clock differs; null while nobody knows */
  readonly clockDiffersBy: () => number | null;
  readonly publish: (domain: 'tokens' | 'signing', event: string, change: TokensState | SigningProgress | { ids: string[] }) => void;
  /** told after drafts or documents of ours changed */
  readonly documentsChanged: (ids: readonly string[]) => void;
  /** papers of the archive that the agency signs */
  readonly papers: DeskPapers;
  readonly incident: (error: unknown, method: string) => string;
};

export type SigningParts = {
  readonly tokens: ReturnType<typeof stationTokens>;
  readonly desk: Desk;
  readonly trust: SigningOffice['trust'];
  readonly handlers: Pick<Handlers<Contract>, 'tokens' | 'signing' | 'signingSettings'>;
  readonly sources: Pick<EventSources<Events>, 'tokens' | 'signing'>;
  /** Begins what goes on by itself. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

const lastSignatureMs = 3_000;

/** What a station signs with: its tokens, the office's say on certificates, addresses and pictures, and the desk that joins them. */
export function signingParts(options: CoreOptions, { store, clock, practice, reader, clockDiffersBy, publish, documentsChanged, papers, incident }: Given): SigningParts {
  const { log, profileDir } = options;
  const work = signingThreads(log);
  // What waits for the network does not keep from their thread those who wait at the screen.
  const completing = signingThreads(log, { count: 1 });
  const office = signingOfficeIn({
    store,
    clock,
    practice,
    profileDir,
    clockAhead: clockDiffersBy,
    log,
    failed: (error) => void incident(error, 'checking a certificate'),
    readPicture: work.picture,
  });
  const tokens = stationTokens(options, {
    store,
    clock,
    practice,
    clockDiffersBy,
    anchors: () => office.trust().anchors,
    issuers: () => office.trust().cache.issuers(),
    changed: (state) => {
      publish('tokens', 'devices', state);
    },
    failed: (error) => void incident(error, 'tokens'),
  });
  const desk = createDesk({
    store,
    clock,
    office,
    work,
    completing,
    findToken: tokensOfDesk(tokens),
    readPlaces: async (bytes) => {
      const text = await reader.places(bytes);
      return text.state === 'read' ? text : undefined;
    },
    papers,
    folder: join(profileDir, 'signing'),
    changed: documentsChanged,
    progressed: (progress) => {
      publish('signing', 'progress', progress);
    },
    lackingChanged: (lacking) => {
      publish('signing', 'lacking', lacking);
    },
    failed: (error) => void incident(error, 'signing'),
  });
  // Where a certificate on a token leads is another question now; what is shown must not wait for the token to be looked at again.
  const thenRecheck = <I extends unknown[], O>(act: (...input: I) => O) => (...input: I): O => {
    const outcome = act(...input);
    // What went wrong is told to whoever asked.
    Promise.resolve(outcome).then(tokens.recheck, () => undefined);
    return outcome;
  };
  return {
    tokens,
    desk,
    trust: office.trust,
    handlers: { tokens: tokens.handlers, signing: desk.handlers, signingSettings: { ...office.handlers, addAnchor: thenRecheck(office.handlers.addAnchor), withdrawAnchor: thenRecheck(office.handlers.withdrawAnchor) } },
    sources: { tokens: { devices: tokens.state }, signing: desk.sources },
    start: () => {
      tokens.start();
      desk.start();
    },
    stop: async () => {
      const stopping = desk.stop();
      // What the token has begun is finished, unless somebody would have to type a PIN on it.
      await Promise.race([stopping, delay(lastSignatureMs, undefined, { ref: false })]);
      tokens.stop();
      // What waits for the network or a token has its answer by now, or gets none.
      await Promise.all([stopping, completing.close()]);
      await work.close();
      office.close();
    },
  };
}
