import type { VerificationReason } from '#contract';

const local = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2})\+07:00$/;

/** `23/07/2026 08:38:50` for a time as verdicts write them; anything else stays. */
export function shownLocal(text: string): string {
  return text.replace(local, '$3/$2/$1 $4');
}

/** Facts of findings that are codes, and where the catalogue has their words. */
const told: Readonly<Record<string, string>> = { why: 'verification.why', reason: 'verification.revocation', problem: 'doctor.problem' };

/** A finding as a sentence of the catalogue: times and codes in it are put into words. */
export function reasonSentence({ code, params }: VerificationReason, words: (key: string, params: VerificationReason['params']) => string): string {
  const shown = Object.entries(params).map(([name, value]): readonly [string, string | number] => {
    if (typeof value !== 'string') return [name, value];
    const prefix = told[name];
    return [name, prefix === undefined ? shownLocal(value) : value.split(' ').map((one) => words(`${prefix}.${one}`, {})).join(', ')];
  });
  return words(`verification.reason.${code}`, Object.fromEntries(shown));
}

/** CN of a name as RFC 4514 writes it; the whole where there is none. */
export function commonName(subject: string): string {
  return /(?:^|, )CN=((?:\\.|[^,\\])*)/.exec(subject)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? subject;
}
