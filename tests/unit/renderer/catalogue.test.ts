import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it, test } from 'vitest';
import {
  commonFailureCodes,
  ConnectionFinding,
  ConnectionStep,
  contract,
  DirectoryTrouble,
  DispatchKind,
  importFailures,
  packageBuildFailures,
  IncomingState,
  LookupResult,
  OutboxFailure,
  QuarantineReason,
  StartFailureCode,
  PinRemarkName,
  PlanRowProblem,
  RemarkCode,
  StepState,
  SuggestionReasonCode,
  SubIndication,
  TokenDevice,
  tokenFailures,
  TokenFindingCode,
  TokensState,
  TokenStageName,
  TokenStep,
  VerdictSigner,
  VerdictTime,
  VerificationReasonCode,
  WithheldFailure,
  DeskReason,
  BatchState,
  HandoverReasonCode,
  HandoverRemarkCode,
  ReceiptState,
} from '#contract';
import { reasonOf } from '../../../electron/services/trust/revocation/reasons.ts';
import type { WhyUnknown } from '../../../electron/services/trust/revocation/status.ts';
import type { StopReason } from '../../../electron/services/verification/verdict/stopped.ts';
import type { PathProblemCode } from '../../../electron/services/trust/path/validate-path.ts';
import { pinRemarkKinds, tokenFailureCodes, tokenFindings } from '../../../native/pkcs11/index.ts';

const languages = ['vi', 'en'] as const;
type Language = (typeof languages)[number];
type Catalogue = Readonly<Record<string, string>>;

function read(name: string): Catalogue {
  const url = new URL(`../../../resources/locales/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Catalogue;
}

const catalogues: Readonly<Record<Language, Catalogue>> = { vi: read('vi'), en: read('en') };

const traceActions = [
  'document.arrived',
  'document.registered',
  'status.delivered',
  'status.failed',
  'document.refused',
  'document.recall-asked',
  'document.recall-agreed',
  'document.recall-refused',
  'document.update-asked',
  'document.update-agreed',
  'document.update-refused',
  'document.replaced',
  'document.presented',
  'document.taken-back',
  'document.directed',
  'document.direction-recorded',
  'document.reassigned',
  'document.progressed',
  'document.finished',
  'document.reopened',
  'document.returned',
  'document.handed-over',
  'document.part-done',
  'document.deadline-set',
  'document.print-copy-made',
  'document.named-as-answer',
  'document.issued',
  'document.queued',
  'document.recalled',
  'document.updated',
  'document.replacing',
  'dispatch.delivered',
  'dispatch.failed',
  'dispatch.cancelled',
  'dispatch.moved-up',
  'dispatch.found-not-sent',
  'status.cancelled',
  'status.moved-up',
  'status.found-not-sent',
  'status.heard',
  'message.replayed',
  'evidence.made',
  'delivery.settled',
  'draft.created',
  'draft.changed',
  'draft.submitted',
  'draft.commented',
  'draft.content-checked',
  'draft.form-checked',
  'draft.signed',
  'draft.returned',
  'draft.discarded',
  'draft.numbered',
  'draft.reopened',
  'document.numbered',
  'document.sealed',
  'document.voided',
  'document.paper-sent',
  'document.replaced-on-paper',
];

/** Every `PathProblemCode` of services/trust; the compiler says when one is missing. */
/** Why a status is not known, and why a check came to no end. */
const whyUnchecked = Object.keys({
  none: 0,
  stale: 0,
  'after-expiry': 0,
  'out-of-scope': 0,
  'unknown-to-responder': 0,
  time: 0,
  memory: 0,
  crash: 0,
  stopped: 0,
  lost: 0,
  signatures: 0,
} satisfies Record<WhyUnknown | StopReason | 'signatures', 0>);
const revocationReasons = Array.from({ length: 11 }, (_, number) => reasonOf(number));
const pathProblems = Object.keys({
  signature: 0,
  'unsupported-signature': 0,
  name: 0,
  'not-yet-valid': 0,
  expired: 0,
  'not-authority': 0,
  'path-length': 0,
  'authority-usage': 0,
  'key-usage': 0,
  'extended-key-usage': 0,
  'name-constraint': 0,
  'unsupported-constraint': 0,
  policy: 0,
  'unknown-critical': 0,
} satisfies Record<PathProblemCode, number>);

function methodCodes(): string[] {
  const codes = Object.values(contract).flatMap((domain) =>
    Object.values(domain).flatMap((method) => method.codes as readonly string[]),
  );
  return [...new Set(codes)];
}

function variablesOf(text: string): string[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const part of value) walk(part);
    else if (typeof value === 'object' && value !== null) {
      const node = value as { type?: number; value?: unknown; options?: object };
      // Types 1 to 6 are argument, number, date, time, select and plural; 0 is plain text, 7 the `#` of a plural.
      if (typeof node.type === 'number' && node.type >= 1 && node.type <= 6 && typeof node.value === 'string') found.add(node.value);
      if (node.options !== undefined) for (const option of Object.values(node.options)) walk((option as { value: unknown }).value);
    }
  };
  walk(new IntlMessageFormat(text, 'vi', undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
}

test('the contract and the token process know the same failures and remarks', () => {
  expect(tokenFailures).toEqual(tokenFailureCodes.map((code) => (code.startsWith('token-') ? code : `token-${code}`)));
  expect(PinRemarkName.options).toEqual(pinRemarkKinds);
});

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(catalogues.en).sort()).toEqual(Object.keys(catalogues.vi).sort());
  });

  it('ask for the same parameters in both languages', () => {
    for (const [key, text] of Object.entries(catalogues.vi)) {
      expect(variablesOf(catalogues.en[key] ?? ''), key).toEqual(variablesOf(text));
    }
  });

  it('have notes only for what exists', () => {
    const keys = Object.keys(catalogues.vi);
    for (const key of Object.keys(read('notes')).filter((one) => one !== '#')) {
      const prefix = key.endsWith('.*') ? key.slice(0, -1) : undefined;
      const known = prefix === undefined ? keys.includes(key) : keys.some((one) => one.startsWith(prefix));
      expect(known, key).toBe(true);
    }
  });
});

describe.each(languages)('every code has words in %s', (language) => {
  const words = catalogues[language];

  it.each([...commonFailureCodes, ...methodCodes(), ...importFailures, ...packageBuildFailures])('failure %s', (code) => {
    expect(words[`failure.${code}`]).toBeTruthy();
  });

  it.each(StartFailureCode.options)('start failure %s', (code) => {
    for (const part of ['title', 'meaning', 'remedy']) expect(words[`start.${code}.${part}`]).toBeTruthy();
  });

  it.each(OutboxFailure.options)('outbox failure %s', (code) => {
    expect(words[`outboxFailure.${code}`]).toBeTruthy();
    expect(words[`outboxShort.${code}`]).toBeTruthy();
  });

  it.each(ConnectionFinding.options)('finding of a connection test %s', (finding) => {
    expect(words[`connection.said.${finding}`]).toBeTruthy();
  });

  it('steps and states of a connection test', () => {
    for (const step of ConnectionStep.options) expect(words[`connection.step.${step}`], step).toBeTruthy();
    for (const state of StepState.options) expect(words[`connection.state.${state}`], state).toBeTruthy();
  });

  it.each(QuarantineReason.options)('reason to set a message aside %s', (reason) => {
    expect(words[`quarantine.reason.${reason}`]).toBeTruthy();
  });

  it.each(WithheldFailure.options)('reason that a message is not fetched %s', (failure) => {
    expect(words[`withheld.failure.${failure}`]).toBeTruthy();
  });

  it.each(DirectoryTrouble.options)('trouble with the directory %s', (trouble) => {
    expect(words[`directory.trouble.${trouble}`]).toBeTruthy();
  });

  it.each(LookupResult.options.filter((one) => one !== 'found'))('a pasted line that is %s', (result) => {
    expect(words[`directory.lookup.${result}`]).toBeTruthy();
  });

  it.each(['file-damaged', 'cli.usage', 'cli.unknown-command', 'cli.axis-in-use', 'cli.axis-foreign', 'cli.axis-port-in-use', 'cli.axis-no-answer', 'cli.axis-secrets', 'cli.axis-file'])(
    'terminal failure %s',
    (code) => {
      expect(words[`failure.${code}`]).toBeTruthy();
    },
  );

  it.each(tokenFailureCodes)('failure of a token %s', (code) => {
    expect(words[`failure.${code.startsWith('token-') ? code : `token-${code}`}`]).toBeTruthy();
  });

  it('what is found of tokens, and doubtful PINs', () => {
    for (const finding of ['no-module', 'module-failed', 'no-slot', 'no-reader', 'no-token', ...tokenFindings]) expect(words[`token.finding.${finding}`], finding).toBeTruthy();
    for (const remark of pinRemarkKinds) expect(words[`token.pinRemark.${remark}`], remark).toBeTruthy();
  });

  it.each(TokenFindingCode.options)('finding of the token doctor %s', (finding) => {
    expect(words[`doctor.said.${finding}`]).toBeTruthy();
    // What is not good has a remedy of its own, or a failure's sentence that holds one.
    const good = /^(not-reached|.*-(works|found|chosen|only|valid|current|same|full|not-compared))$/.test(finding);
    const byFailure = ['driver-failed', 'reader-failed', 'token-not-readable'].includes(finding);
    expect(words[`doctor.remedy.${finding}`] !== undefined, finding).toBe(!good && !byFailure);
  });

  it('steps, stages, verdicts and problems of the token doctor', () => {
    for (const step of TokenStep.options) expect(words[`doctor.step.${step}`], step).toBeTruthy();
    for (const stage of TokenStageName.options) expect(words[`token.stage.${stage}`], stage).toBeTruthy();
    for (const summary of TokensState.shape.summary.options) expect(words[`bar.token.${summary}`], summary).toBeTruthy();
    for (const verdict of TokenDevice.shape.verdict.options) {
      for (const part of ['verdict', 'about']) expect(words[`doctor.${part}.${verdict}`], verdict).toBeTruthy();
    }
    for (const problem of pathProblems) expect(words[`doctor.problem.${problem}`], problem).toBeTruthy();
  });

  it.each(VerificationReasonCode.options)('finding of a verification %s', (code) => {
    expect(words[`verification.reason.${code}`]).toBeTruthy();
  });

  it('remarks on dossiers, why one is suggested, and why a row of a file plan is left out', () => {
    for (const code of RemarkCode.options) expect(words[`dossiers.remark.${code}`], code).toBeTruthy();
    for (const code of SuggestionReasonCode.options) expect(words[`dossiers.why.${code}`], code).toBeTruthy();
    for (const code of PlanRowProblem.options) expect(words[`dossiers.problem.${code}`], code).toBeTruthy();
  });

  it('facts of a verification that are codes', () => {
    for (const why of whyUnchecked) expect(words[`verification.why.${why}`], why).toBeTruthy();
    for (const reason of revocationReasons) expect(words[`verification.revocation.${reason}`], reason).toBeTruthy();
  });

  it('steps of a hand-over, remarks before packages are made, and reasons why one is refused', () => {
    for (const state of [...BatchState.options, ...ReceiptState.options]) expect(words[`handover.state.${state}`], state).toBeTruthy();
    for (const code of HandoverRemarkCode.options) expect(words[`handover.remark.${code}`], code).toBeTruthy();
    for (const code of HandoverReasonCode.options) expect(words[`handover.reason.${code}`], code).toBeTruthy();
  });

  it('results of a verification', () => {
    const keys = [
      ...SubIndication.options.map((one) => `subIndication.${one}`),
      ...VerdictSigner.shape.capacity.options.map((one) => `capacity.${one}`),
      ...VerdictSigner.shape.agency.shape.match.options.map((one) => `agency.${one}`),
      ...VerdictTime.shape.source.options.map((one) => `source.${one}`),
      ...DeskReason.options.map((one) => `desk.${one}`),
    ];
    for (const key of keys) expect(words[`verification.${key}`], key).toBeTruthy();
  });

  it.each(DispatchKind.options)('document message %s', (kind) => {
    expect(words[`dispatch.${kind}`]).toBeTruthy();
  });

  it.each(IncomingState.options)('state %s', (state) => {
    expect(words[`incoming.tab.${state}`]).toBeTruthy();
  });

  it.each(traceActions)('trace action %s', (action) => {
    expect(words[`trace.action.${action}`]).toBeTruthy();
  });

  it('keeps the tone: no shouting, no blame on "the system"', () => {
    for (const [key, text] of Object.entries(words)) {
      expect(text, key).not.toMatch(/!/);
      expect(text, key).not.toMatch(/(^|[\s"“(])[Ll]ỗi([\s,.:;”)]|$)|\b[Ee]rror\b/);
    }
  });
});
