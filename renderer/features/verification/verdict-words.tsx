import type { ReactNode } from 'react';
import { Shield20Regular, ShieldCheckmark20Regular, ShieldDismiss20Regular, ShieldQuestion20Regular } from '@fluentui/react-icons';
import type { FileFinding, FileVerdict, Indication, SignatureVerdict, VerificationReason } from '#contract';
import { isMessageKey } from '../../i18n/catalogue.ts';
import { momentOf, shortMomentOf } from '../../i18n/dates.ts';
import type { Formatter, MessageParams } from '../../i18n/formatter.ts';
import type { Tone } from '../../ui/StateMark.tsx';

export type Look = { readonly tone: Tone; readonly icon: ReactNode; readonly words: string };

const icons: Readonly<Record<Indication, ReactNode>> = {
  passed: <ShieldCheckmark20Regular aria-hidden="true" />,
  failed: <ShieldDismiss20Regular aria-hidden="true" />,
  indeterminate: <ShieldQuestion20Regular aria-hidden="true" />,
};
const tones: Readonly<Record<Indication, Tone>> = { passed: 'good', failed: 'danger', indeterminate: 'attention' };

/** Colour, icon and word of a result. Green and the tick are for what passed as it is shown, and for nothing else. */
export function lookOf(t: Formatter, indication: Indication): Look {
  return { tone: tones[indication], icon: icons[indication], words: t(`verdict.word.${indication}`) };
}

const without = (t: Formatter, word: 'none' | 'waiting' | 'other', tone: Tone = 'neutral'): Look => ({ tone, icon: <Shield20Regular aria-hidden="true" />, words: t(`verdict.word.${word}`) });

/** The same for a whole file: also when nothing is known of it yet, or it is not signed. */
export function fileLook(t: Formatter, { state, result, decision }: FileVerdict): Look {
  if (result === null) return without(t, state === 'other' ? 'other' : 'waiting');
  const { verdict } = result;
  if (verdict.state === 'none') return without(t, 'none', decision === null || decision.decision === 'accept' ? 'neutral' : 'attention');
  const look = lookOf(t, verdict.indication);
  const count = verdict.signatures.filter(({ kind }) => kind === 'signature').length;
  const counted = { ...look, words: count === 0 ? look.words : t('verdict.counted', { word: look.words, count }) };
  // Valid, but not from whom it should be: the tick would say more than is known.
  const doubted = verdict.indication === 'passed' && decision !== null && decision.decision !== 'accept';
  return doubted ? { ...counted, tone: 'attention', icon: icons.indeterminate } : counted;
}

/** The same of what lists tell of a file. */
export function findingLook(t: Formatter, { state, indication }: FileFinding): Look {
  if (indication === null) return without(t, 'waiting');
  return state === 'none' ? without(t, 'none') : lookOf(t, indication);
}

/** `kiểm tra 08:02, hỏi được nơi cấp chứng thư`; of what bears no signature the time alone, as there is nobody to be asked. */
export function checkedWords(t: Formatter, { result }: Pick<FileVerdict, 'result'>, practice: boolean): string {
  if (result === null) return '';
  const asked = result.verdict.state !== 'signed' ? 'needless' : result.online ? 'yes' : practice ? 'practice' : 'no';
  return t('verdict.checked', { at: shortMomentOf(result.at), asked });
}

const local = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+07:00$/;

/** A finding as a sentence. One whose words or values are missing is named by its code. */
export function reasonWords(t: Formatter, { code, params }: VerificationReason): string {
  const shown = Object.entries(params).map(([name, value]): readonly [string, string | number] => {
    if (typeof value !== 'string') return [name, value];
    const prefix = told[name];
    if (prefix !== undefined) return [name, value.split(' ').map((one) => safely(t, `${prefix}.${one}`, {})).join(', ')];
    return [name, local.test(value) ? momentOf(value) : value];
  });
  return safely(t, `verification.reason.${code}`, Object.fromEntries(shown));
}

/** Facts that are codes, and where the catalogue has their words. */
const told: Readonly<Record<string, string>> = { why: 'verification.why', reason: 'verification.revocation', problem: 'doctor.problem' };

/** What was done to the file after it was signed, as a sentence. */
export function changeWords(t: Formatter, code: string): string {
  return safely(t, `verification.change.${code}`, {});
}

function safely(t: Formatter, key: string, params: MessageParams): string {
  if (!isMessageKey(key)) return key;
  try {
    return t(key, params);
  } catch {
    return key;
  }
}

/** CN of an RFC 4514 name. */
export function commonName(subject: string): string {
  return /(?:^|, )CN=((?:\\.|[^,\\])*)/.exec(subject)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? subject;
}

/** When it was signed, and how that is known. */
export function timeWords(t: Formatter, { time }: SignatureVerdict): string {
  return time.at === null ? t('verification.report.timeUnknown') : t('verdict.time', { at: momentOf(time.at), source: t(`verification.source.${time.source}`) });
}
