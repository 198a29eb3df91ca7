import { fail, ok, type Contract, type Handlers, type SigningPicture, type SigningSettings, type TrustAnchor } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { storeFaultOf } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import { addAnchor, addedHere, anchorsHere, certificateIn, createCrlClient, diskCache, nameText, readCertificate, withdrawAnchor, type AnchorTable, type Certificate, type TrustHttp } from '../../trust/index.ts';
import { checkSigner, keepCheck, type CheckDeps, type CheckedSigner, type CheckWish } from '../signer-check/check.ts';
import { loosened, signerRules } from '../signer-check/rules.ts';
import { pictureHandlers, type PictureDeps } from './pictures.ts';
import { pictureInUse } from './pictures.store.ts';
import { readSigning, saveSigning } from './settings.store.ts';

export type SigningOfficeDeps = PictureDeps & {
  /** a practice profile trusts what was added in it, and an office profile never does */
  readonly practice: boolean;
  /** the table that comes with the program */
  readonly shipped: AnchorTable;
  /** the way to the authorities, through the office's proxy where it has one */
  readonly http: TrustHttp;
  /** where lists of revoked certificates lie */
  readonly folder: string;
  /** seconds by which the station's clock is ahead of the axis'; null when nothing is known against it */
  readonly clockAhead: () => number | null;
  /** how long a check waits for the authorities; default five seconds */
  readonly limitMs?: number;
  readonly log: (line: string) => void;
  readonly failed: (error: unknown) => void;
};

/** What an office has set for signing, whom it believes, and the check before a signature. */
export type SigningOffice = {
  readonly handlers: Handlers<Contract>['signingSettings'];
  readonly settings: () => SigningSettings;
  /** The picture in use: a person's signature, or with null the agency's seal; its bytes are in the store. */
  readonly picture: (person: string | null) => SigningPicture | undefined;
  /** Whom this profile believes and how it asks, as it is set now: for time-stamps, long-term evidence and verification. */
  readonly trust: () => Pick<CheckDeps, 'http' | 'clock' | 'cache' | 'crls' | 'hosts' | 'anchors'> & {
    /** what is at hand to build paths of: anchors that were added here and authorities of earlier paths; by itself it is believed in nothing */
    readonly certificates: () => readonly Certificate[];
  };
  /** Looks at a certificate now; nothing is kept of it. */
  readonly check: (certificate: Certificate, wish?: CheckWish) => Promise<CheckedSigner>;
  /** Keeps a check with its evidence, for the document that was signed then. */
  readonly keep: (checked: CheckedSigner, by: string, document: string | null) => Promise<string>;
  /** Before the store is closed. */
  readonly close: () => void;
};

const usualLimitMs = 5000;

/** Joins settings, anchors, what is kept of the authorities' answers, and pictures over one store. */
export function createSigningOffice(deps: SigningOfficeDeps): SigningOffice {
  const { store, clock, practice, shipped, http, folder, log } = deps;
  const settings = (): SigningSettings => readSigning(store.read, practice);
  const cache = diskCache({ store, clock, folder, log });
  // A client of its own per table of hosts would hold the folder twice: the table is looked at with each call.
  const hosts = (): Record<string, string> => Object.fromEntries(settings().hosts.map(({ from, to }) => [from, to]));
  const crls = createCrlClient({ http, clock, cache, folder, get hosts() { return hosts(); } });
  const failed = (error: unknown): void => {
    // After the store is closed an answer that was on its way has nowhere to go.
    if (!closed) deps.failed(error);
  };
  let closed = false;

  const certificates = (): readonly Certificate[] => {
    const added = addedHere(store.read, practice).flatMap(({ der, withdrawnAt }) => {
      const read = readCertificate(der);
      return withdrawnAt === null && read.ok ? [read.value] : [];
    });
    return [...added, ...cache.issuers()];
  };
  const trust: SigningOffice['trust'] = () => ({ http, clock, cache, crls, hosts: hosts(), anchors: anchorsHere(store.read, shipped, practice), certificates });
  const checkDeps = (): CheckDeps => ({
    ...trust(),
    store,
    failed,
    limitMs: deps.limitMs ?? usualLimitMs,
    clockAhead: deps.clockAhead,
    policy: settings().policy,
  });
  const check: SigningOffice['check'] = (certificate, wish) => checkSigner(checkDeps(), certificate, wish);
  const keep: SigningOffice['keep'] = (checked, by, document) => keepCheck(store, checked, by, document);

  return {
    settings,
    trust,
    picture: (person) => pictureInUse(store.read, currentOffice(store.read), person),
    check,
    keep,
    close() {
      closed = true;
      cache.close();
    },
    handlers: {
      ...pictureHandlers(deps),
      settings: () => ok(settings()),
      saveSettings: (given) => {
        const code = loosened(given.policy);
        if (code !== undefined) return fail('doubt-fixed', { field: 'policy', code });
        const at = instantOf(clock);
        store.write((db) => {
          saveSigning(db, given, at);
          appendAudit(db, { at, actor: actorOf(db).name, action: 'settings.signing-saved', subjectKind: 'settings', subjectId: 'signing', detail: given });
        });
        return ok(settings());
      },
      rules: () => ok([...signerRules]),
      anchors: () => ok({ edition: shipped.edition, anchors: [...shippedAnchors(shipped), ...addedHere(store.read, practice).map(addedAnchor)], unpinned: shipped.unpinned }),
      readAnchor: ({ certificate: text }) => {
        const read = certificateIn(text);
        if (!read.ok) return read;
        const { subject, sha256, notBefore, notAfter, extensions } = read.value;
        return ok({ name: nameText(subject), sha256, validFrom: notBefore.toISOString(), validTo: notAfter.toISOString(), authority: extensions.authority });
      },
      addAnchor: ({ certificate: text, sha256, reason }) => {
        const read = certificateIn(text);
        if (!read.ok) return read;
        return store.write((db) => {
          const act = { at: clock.now(), by: actorOf(db).name, reason };
          const added = addAnchor(db, shipped, practice, { certificate: read.value, typed: sha256 }, act);
          if (!added.ok) return added;
          const anchor = addedHere(db, practice).find(({ id }) => id === added.value);
          if (anchor === undefined) throw new Error('an anchor that was just written is gone');
          return ok(addedAnchor(anchor));
        });
      },
      withdrawAnchor: ({ id, reason }) =>
        store.write((db) => {
          const done = withdrawAnchor(db, id, { at: clock.now(), by: actorOf(db).name, reason });
          return done.ok ? ok({}) : done;
        }),
      evidence: () => {
        const { answers, bytes, most, issuers, memoryOnly, lists } = cache.facts();
        const shown = lists.map(({ url, thisUpdate, nextUpdate, count, size }) => ({ url, thisUpdate, nextUpdate, count, size }));
        return ok({ answers, bytes, mostBytes: most.bytes, issuers, memoryOnly, lists: shown });
      },
      checkCertificate: async ({ certificate: text }) => {
        const read = certificateIn(text);
        if (!read.ok) return read;
        const by = actorOf(store.read).name;
        const checked = await check(read.value);
        try {
          await keep(checked, by, null);
        } catch (error) {
          // Nothing is signed here: on a full disk the answer is worth more than its copy.
          if (storeFaultOf(error) === undefined) throw error;
          failed(error);
        }
        return ok(checked.check);
      },
    },
  };
}

const untouched = { id: null, reason: '', addedAt: null, addedBy: '', withdrawnAt: null, withdrawnBy: '', withdrawnReason: '' } as const;

function shippedAnchors({ pins }: AnchorTable): TrustAnchor[] {
  return pins.map(({ name, sha256, role, validFrom, validTo, source, confidence }) => ({ ...untouched, origin: 'program', name, sha256, role, validFrom, validTo, source, confidence }));
}

function addedAnchor({ id, fingerprint, origin, der, ...act }: ReturnType<typeof addedHere>[number]): TrustAnchor {
  const read = readCertificate(der);
  const facts = read.ok ? { name: nameText(read.value.subject), validFrom: read.value.notBefore.toISOString(), validTo: read.value.notAfter.toISOString() } : { name: fingerprint, validFrom: null, validTo: null };
  return { id, origin, sha256: fingerprint, role: 'root', source: '', confidence: '', ...facts, ...act };
}
