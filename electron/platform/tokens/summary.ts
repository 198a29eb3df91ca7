import type { TokenDevice, TokensState } from '#contract';

/**
 * How tokens stand, in one word for the foot of the window. A driver without a token bothers nobody while another one
 * has a token; a token that cannot sign, or whose tries run out, does.
 */
export function summaryOf(looked: boolean, devices: readonly TokenDevice[]): TokensState['summary'] {
  if (!looked) return 'unread';
  const withToken = devices.filter(({ token }) => token !== null);
  const urgent = withToken.some(({ verdict, steps }) => verdict === 'failed' || steps.some(({ step, state }) => (step === 'tries' || step === 'validity') && state === 'warning'));
  if (urgent) return 'attention';
  if (withToken.length > 0 || devices.some(({ verdict }) => verdict === 'working')) return 'plugged';
  if (devices.some(({ verdict }) => verdict === 'reading')) return 'reading';
  return devices.some(({ verdict, module }) => verdict === 'failed' && module !== '') ? 'attention' : 'absent';
}
