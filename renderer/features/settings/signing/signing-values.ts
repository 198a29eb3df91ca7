import type { DoubtPolicy, SignerDoubt, SigningSettings } from '#contract';

/** How the office signs, as it stands in the form: numbers and lists are texts there. */
export type SigningValues = Omit<SigningSettings, 'keepPinMinutes' | 'hosts'> & { readonly keepPinMinutes: string; readonly hosts: string };

/** The stored settings as the form shows them. */
export function signingValuesOf({ keepPinMinutes, hosts, ...rest }: SigningSettings): SigningValues {
  return { ...rest, keepPinMinutes: String(keepPinMinutes), hosts: hosts.map(({ from, to }) => `${from} = ${to}`).join('\n') };
}

/** What is typed as the contract takes it; a line that names no pair becomes one that the contract refuses. */
export function signingInputOf({ keepPinMinutes, hosts, tsa, ...rest }: SigningValues): SigningSettings {
  return {
    ...rest,
    tsa: tsa.trim(),
    keepPinMinutes: /^\d+$/.test(keepPinMinutes.trim()) ? Number(keepPinMinutes) : Number.NaN,
    hosts: hosts
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [from = '', to = '', ...more] = line.split('=').map((part) => part.trim().toLowerCase());
        return { from, to: more.length === 0 ? to : '' };
      }),
  };
}

/** A policy with one doubt decided; what is usual is not written down. */
export function decided(policy: SigningSettings['policy'], code: SignerDoubt, chosen: DoubtPolicy, usual: DoubtPolicy): SigningSettings['policy'] {
  const others = Object.fromEntries(Object.entries(policy).filter(([name]) => name !== code)) as SigningSettings['policy'];
  return chosen === usual ? others : { ...others, [code]: chosen };
}
