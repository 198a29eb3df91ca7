import type { ConnectionStepResult } from '#contract';
import type { Command } from './command.ts';
import { ask, refused, withCore } from './profile.ts';
import { wordsFor, type Language } from './sentences.ts';
import { axisOf, axisOptions, axisUsage } from './settings.ts';

export const connectionTest: Command = {
  about:
    'Kiểm tra kết nối từng bước, không gửi gì; mục nêu thêm chỉ dùng cho lần này. | Test the connection step by step, sending nothing; what is named holds for this test only.',
  usage: `connection test --profile DIR ${axisUsage}`,
  options: axisOptions,
  run: (context) =>
    withCore(context, async (core) => {
      const stored = await ask(core, 'station', 'settings', {});
      if (!stored.ok) return refused(stored);
      const outcome = await ask(core, 'connection', 'test', axisOf(context.options, stored.value.axis));
      if (!outcome.ok) return refused(outcome);
      const language: Language = context.options['lang'] === 'en' ? 'en' : 'vi';
      const { steps, usable } = outcome.value;
      const verdict = wordsFor(usable ? 'connection.usable' : 'connection.notUsable', {}, language);
      const text = [...steps.map((step) => lineOf(step, language)), verdict].join('\n');
      return { ok: true, value: outcome.value, text, ...(usable ? {} : { exit: 1 }) };
    }),
};

const signs = { ok: '✓', warning: '!', failed: '✕', skipped: '·' } as const;

function lineOf({ step, state, finding, params }: ConnectionStepResult, language: Language): string {
  const said = wordsFor(`connection.said.${finding}`, params, language);
  const remedy = wordsFor(`connection.remedy.${finding}`, params, language);
  const head = `${signs[state]} ${wordsFor(`connection.state.${state}`, {}, language)} · ${wordsFor(`connection.step.${step}`, {}, language)}`;
  return `${head}: ${[said, remedy].filter((part) => part !== '').join(' ')}`;
}
