import type { TokenDevice, TokenStepResult } from '#contract';
import type { Json } from '../../foundation/canonical-json.ts';
import { systemClock } from '../../foundation/clock.ts';
import { devicesOf, noDriver, type Circumstances } from '../../platform/tokens/doctor.ts';
import { supportReport } from '../../platform/tokens/support-report.ts';
import { tokenOwner } from '../../platform/tokens/token-owner.ts';
import { modulesHere } from '../modules-here.ts';
import { pinnedAnchors } from '../pinned-anchors.ts';
import { forkTokenProcess } from '../token-processes.ts';
import type { Command } from './command.ts';
import { sentenceFor, wordsFor, type Language } from './sentences.ts';
import { languageOf } from './token.ts';

export const tokenDoctor: Command = {
  about:
    'Khám thiết bị ký số từng bước; --json: tệp chẩn đoán không có tên người, số máy, chứng thư, mã PIN. | Examine signing tokens step by step; --json: the diagnostic file, without names, serial numbers, certificates or PINs.',
  usage: 'token doctor [--module PATH]',
  options: { module: true },
  run: async (context) => {
    const named = context.options['module'];
    const paths = typeof named === 'string' ? [named] : modulesHere().map(({ path }) => path);
    const owner = tokenOwner(forkTokenProcess);
    const language = languageOf(context);
    try {
      const reports = await Promise.all(paths.map((path) => owner.process(path).report()));
      const about: Circumstances = { anchors: pinnedAnchors(), issuers: [], at: systemClock.now(), chosen: null, clockDiffersBy: 'not-compared' };
      const modules = reports.map((report) => ({ report, devices: devicesOf(report.path, report, about) }));
      const value = supportReport({ version: context.version, at: about.at, clockDiffersBy: null, modules }) as Json;
      const devices = modules.length === 0 ? [noDriver(about)] : modules.flatMap((module) => module.devices);
      const text = devices.map((device) => deviceLines(device, language).join('\n')).join('\n\n');
      return { ok: true, value, text, ...(devices.some(({ verdict }) => verdict === 'ready' || verdict === 'attention') ? {} : { exit: 1 as const }) };
    } finally {
      owner.stop();
    }
  },
};

function deviceLines({ id, token, steps }: TokenDevice, language: Language): readonly string[] {
  const head = token === null ? id.replace(/\/-$/, '') : `${token.label}  ${token.model}  ${token.serial}`;
  return [head, ...steps.flatMap((step) => stepLines(step, language))];
}

/** The window's sentences, with days and moments in UTC. */
function stepLines({ step, state, finding, params, failure }: TokenStepResult, language: Language): readonly string[] {
  const problem = wordsFor(`doctor.problem.${String(params['problem'] ?? '')}`, {}, language);
  const cut = (name: string, letters: number): string => String(params[name] ?? '').slice(0, letters);
  const values = { ...params, words: problem, from: cut('from', 10), to: cut('to', 10), now: `${cut('now', 16)}Z` };
  const said = wordsFor(`doctor.said.${finding}`, values, language);
  const remedy = failure === null ? wordsFor(`doctor.remedy.${finding}`, values, language) : sentenceFor(failure.code, failure.params, language);
  const head = `  ${wordsFor(`connection.state.${state}`, {}, language)} · ${wordsFor(`doctor.step.${step}`, {}, language)}: ${said}`;
  return remedy === '' ? [head] : [head, `      ${remedy}`];
}
