import type { ConnectionReport, ConnectionStepResult } from '#contract';
import { isMessageKey } from '../../i18n/catalogue.ts';
import type { Formatter } from '../../i18n/formatter.ts';

/** What a step found and what to do about it; the latter '' when there is nothing to do. */
export function stepWords(t: Formatter, { finding, params }: ConnectionStepResult): { readonly said: string; readonly remedy: string } {
  const remedy = `connection.remedy.${finding}`;
  return { said: t(`connection.said.${finding}`, params), remedy: isMessageKey(remedy) ? t(remedy, params) : '' };
}

/** Whether the connection can be used, in one sentence. */
export function verdictWords(t: Formatter, { steps, usable }: ConnectionReport): string {
  if (usable) {
    const count = steps.filter(({ state }) => state === 'warning').length;
    return count === 0 ? t('connection.usable') : t('connection.usableNotes', { count });
  }
  return t(steps.some(({ state }) => state === 'failed') ? 'connection.notUsable' : 'connection.notFinished');
}

/** A report as text for support. It holds no secret: the core sees to that. */
export function reportText(t: Formatter, report: ConnectionReport, head: { readonly time: string; readonly version: string }): string {
  const lines = report.steps.map((step) => {
    const { said, remedy } = stepWords(t, step);
    const took = t('connection.took', { seconds: (step.milliseconds / 1000).toFixed(1) });
    const what = `${t(`connection.state.${step.state}`)} · ${t(`connection.step.${step.step}`)} (${step.finding}, ${took})`;
    return `${what}: ${[said, remedy].filter((part) => part !== '').join(' ')}`;
  });
  return [t('connection.reportHead', head), verdictWords(t, report), ...lines].join('\n');
}
