import type { ReactNode } from 'react';
import { ArrowSync16Regular, CheckmarkCircle16Filled, DismissCircle16Filled, PlugDisconnected16Regular, Signature16Regular, Warning16Filled } from '@fluentui/react-icons';
import type { TokenDevice, TokenModule, TokenStepResult } from '#contract';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { calendarDay, momentOf, today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import type { CheckStep } from '../../../ui/CheckSteps.tsx';
import type { Tone } from '../../../ui/StateMark.tsx';

/** Where a driver stopped by itself, the stage says more than the sentence. */
const stagesTold: readonly string[] = ['token-module-hangs', 'token-module-crashed', 'token-module-refused', 'token-driver-failed', 'token-device-failed'];

/** A step of the checklist in words. */
export function stepOf(t: Formatter, result: TokenStepResult): CheckStep {
  return {
    key: result.step,
    state: result.state,
    mark: t(`connection.state.${result.state}`),
    name: t(`doctor.step.${result.step}`),
    ...wordsOf(t, result),
  };
}

function wordsOf(t: Formatter, { finding, params, failure }: TokenStepResult): { readonly said: string; readonly remedy: string } {
  if (failure !== null) {
    const stage = stagesTold.includes(failure.code) ? ` ${t('doctor.atStage', { stage: t(`token.stage.${failure.stage}`) })}` : '';
    return { said: `${t(`doctor.said.${finding}` as 'doctor.said.driver-failed')}${stage}`, remedy: failureWords(t, failure) };
  }
  const shown = { ...params, ...problemIn(t, params), ...momentsIn(params) };
  const remedy = `doctor.remedy.${finding}`;
  return { said: t(`doctor.said.${finding}`, shown), remedy: isMessageKey(remedy) ? t(remedy, shown) : '' };
}

function problemIn(t: Formatter, { problem }: TokenStepResult['params']): { readonly words?: string } {
  const key = `doctor.problem.${String(problem)}`;
  return isMessageKey(key) ? { words: t(key) } : {};
}

function momentsIn({ from, to, now }: TokenStepResult['params']): Readonly<Record<string, string>> {
  const day = (instant: string): string => calendarDay(today(new Date(instant)));
  return {
    ...(typeof from === 'string' ? { from: day(from) } : {}),
    ...(typeof to === 'string' ? { to: day(to) } : {}),
    ...(typeof now === 'string' ? { now: momentOf(now) } : {}),
  };
}

/** How a device stands: tone and icon beside the word `doctor.verdict.<verdict>`. */
export const verdictMarks: Readonly<Record<TokenDevice['verdict'], { readonly tone: Tone; readonly icon: ReactNode }>> = {
  reading: { tone: 'neutral', icon: <ArrowSync16Regular aria-hidden="true" /> },
  working: { tone: 'brand', icon: <Signature16Regular aria-hidden="true" /> },
  absent: { tone: 'neutral', icon: <PlugDisconnected16Regular aria-hidden="true" /> },
  failed: { tone: 'danger', icon: <DismissCircle16Filled aria-hidden="true" /> },
  attention: { tone: 'attention', icon: <Warning16Filled aria-hidden="true" /> },
  ready: { tone: 'good', icon: <CheckmarkCircle16Filled aria-hidden="true" /> },
};

/** What a device is called: its label, or what is missing. */
export function deviceName(t: Formatter, { token, module }: TokenDevice): string {
  if (token !== null) return token.label === '' ? t('doctor.unlabelled') : token.label;
  return t(module === '' ? 'doctor.noDriver' : 'doctor.noToken');
}

/** What a driver is called: its vendor's family, or its file. */
export function moduleWords(module: TokenModule | undefined): string {
  if (module === undefined) return '';
  return module.family === '' ? (module.path.split(/[/\\]/).at(-1) ?? module.path) : module.family;
}
