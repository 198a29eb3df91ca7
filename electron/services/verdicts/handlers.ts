import { fail, ok, type Contract, type FileRef, type FileVerdict, type Handlers } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { appendAudit } from '../audit/index.ts';
import { readableOwnFile } from '../dossiers/index.ts';
import { actorOf } from '../people/index.ts';
import { keepPrinted, printFacts, type AskVerdict, type DocumentFonts } from '../records/index.ts';
import { countWaiting, deskDecision, lookAgain, stoppedVerdict } from '../verification/index.ts';
import { createChecker, type Checker, type CheckerDeps } from './checker.ts';
import { decisionOn, fileVerdicts, markOn, verdictsOf } from './decide.ts';
import { alarmOf, deskDocument, raiseAlarm, settleAlarm, type DeskDocument } from './documents.store.ts';
import { deskRules, readPolicies, savePolicies } from './policies.ts';
import type { Words } from './ports.ts';
import { verdictSheet } from './sheet.ts';
import { withStored } from './stored-bytes.ts';

export type DeskDeps = CheckerDeps & { readonly fonts: () => DocumentFonts; readonly words: Words };

export type Desk = Pick<Checker, 'wake' | 'changed' | 'stop'> & {
  readonly handlers: Handlers<Contract>['verification'];
  /** how many files wait */
  readonly waiting: () => number;
  /** for who registers documents */
  readonly askVerdict: AskVerdict;
  /** What is believed now of a file that no document has yet, and what the policy for files makes of it. Nothing of it is kept. */
  readonly lookOnce: (file: FileRef) => Promise<FileVerdict>;
};

/** What the office's desk does with the signatures of its documents, and the methods that the window asks for. */
export function createDesk(deps: DeskDeps): Desk {
  const checker = createChecker(deps);
  return { ...checker, handlers: deskHandlers(deps, checker), askVerdict: askVerdictWith(deps.practice), lookOnce: (file) => lookOnce(deps, file), waiting: () => countWaiting(deps.store.read) };
}

/** The answer to who is about to register a document. */
function askVerdictWith(practice: boolean): AskVerdict {
  return {
    of: (db, document) => decisionOn(db, document, practice),
    settle: (db, document, by) => {
      const decision = decisionOn(db, document, practice);
      if (decision === null || decision.decision === 'accept') return;
      raiseAlarm(db, document, decision, by.at);
      settleAlarm(db, document, by);
    },
  };
}

async function lookOnce({ store, clock, practice, look, scratch, mostInMemory, hasLine }: DeskDeps, file: FileRef): Promise<FileVerdict> {
  if (file.mediaType !== 'application/pdf' && !/\.pdf$/i.test(file.name)) return { file, state: 'other', result: null, decision: null };
  const now = clock.now();
  const bounds = mostInMemory === undefined ? {} : { mostBytes: mostInMemory };
  const looked = await withStored({ blobs: store.blobs, folder: scratch, ...bounds }, file, (source) => look(source, { at: now }, hasLine()));
  const { verdict, online } = looked ?? { verdict: stoppedVerdict('', now, 'lost'), online: false };
  return { file, state: 'done', result: { id: '', at: instantOf(clock), online, verdict }, decision: deskDecision(readPolicies(store.read, practice).file, verdict) };
}

type Given = Pick<DeskDeps, 'store' | 'clock' | 'practice' | 'words' | 'fonts'>;

function deskHandlers(deps: Given, checker: Checker): Handlers<Contract>['verification'] {
  const { store, clock, practice, words } = deps;
  /** What may be asked about: of a dossier's own files those that whoever is at the desk may read. */
  const readable = (id: string): DeskDocument | undefined => {
    const document = deskDocument(store.read, id);
    return document?.direction === 'dossier' && readableOwnFile(store.read, id) === undefined ? undefined : document;
  };
  return {
    ofDocument: ({ document: id }) => {
      const document = readable(id);
      return document === undefined ? fail('not-found') : ok(verdictsOf(store.read, document, practice, words));
    },
    marks: ({ documents }) =>
      ok(
        documents.flatMap((document) => {
          const mark = markOn(store.read, document, practice);
          return mark === null ? [] : [{ document, ...mark }];
        }),
      ),
    again: ({ document: id }) => {
      const document = readable(id);
      if (document === undefined) return fail('not-found');
      const queued = store.write((db) => fileVerdicts(db, document, practice).filter(({ file }) => lookAgain(db, file.sha256)).length);
      checker.wake();
      return ok({ queued });
    },
    settleAlarm: ({ document, reason }) =>
      store.write((db) => {
        const alarm = alarmOf(db, document);
        if (alarm === null) return fail('not-found');
        if (alarm.settledAt !== null) return fail('already-decided');
        const [at, { name }] = [instantOf(clock), actorOf(db)];
        settleAlarm(db, document, { at, name, reason });
        appendAudit(db, { at, actor: name, action: 'verdict.alarm-settled', subjectKind: 'incoming-document', subjectId: document, detail: { decision: alarm.decision, why: alarm.why, reason } });
        const found = deskDocument(db, document);
        return found === undefined ? fail('not-found') : ok(verdictsOf(db, found, practice, words));
      }),
    policy: () => ok({ policies: readPolicies(store.read, practice), rules: deskRules(practice) }),
    savePolicy: (policies) => {
      const at = instantOf(clock);
      store.write((db) => {
        savePolicies(db, policies, at);
        appendAudit(db, { at, actor: actorOf(db).name, action: 'settings.desk-policy-saved', subjectKind: 'settings', subjectId: 'desk-policy', detail: policies });
      });
      return ok(policies);
    },
    makeSheet: async ({ document: id, file: fileId }) => {
      const document = readable(id);
      const found = document === undefined ? undefined : fileVerdicts(store.read, document, practice).find(({ file }) => file.id === fileId);
      if (document === undefined || found === undefined) return fail('not-found');
      const { result, file } = found;
      if (result === null) return fail('not-checked', { file: file.name });
      const facts = printFacts(store.read, clock);
      const report = Buffer.from(`${JSON.stringify({ document, file, online: result.online, verdict: result.verdict }, null, 2)}\n`);
      const bytes = await verdictSheet({ document, file, ...result, facts, report }, words, deps.fonts());
      const detail = { document: id, file: file.sha256, verdict: result.id, indication: result.verdict.indication };
      const named = { kind: 'verdict', name: `ket-qua-kiem-tra-chu-ky-${document.code === '' ? file.name : document.code}`, detail } as const;
      const kept = await keepPrinted(deps, facts, { ...named, format: 'json', bytes: report });
      return ok({ report: kept, sheet: await keepPrinted(deps, facts, { ...named, format: 'pdf', bytes }) });
    },
  };
}
