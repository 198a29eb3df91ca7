import type { TokenDevice, TokenStepResult } from '#contract';
import type { Json } from '../../foundation/canonical-json.ts';
import { systemClock } from '../../foundation/clock.ts';
import { devicesOf, noDriver, type Circumstances } from '../../platform/tokens/doctor.ts';
import { supportReport } from '../../platform/tokens/support-report.ts';
import { tokenOwner } from '../../platform/tokens/token-owner.ts';
import { storedKind } from '../../services/settings/index.ts';
import { anchorsHere, anchorsOf, issuersHere, readAnchorTable } from '../../services/trust/index.ts';
import { issuedAnchors } from '../issued-anchors.ts';
import { modulesHere } from '../processes/modules-here.ts';
import { forkTokenProcess } from '../processes/token-processes.ts';
import type { Command, CommandContext, CommandResult } from './command.ts';
import { withStoreToRead } from './profile.ts';
import { sentenceFor, wordsFor, type Language } from './sentences.ts';
import { languageOf } from './token.ts';

export const tokenDoctor: Command = {
  about:
    'Khám thiết bị ký số từng bước; --json: tệp chẩn đoán không có tên người, số máy, chứng thư, mã PIN; --profile: với các gốc mà trạm ấy thêm. | Examine signing tokens step by step; --json: the diagnostic file, without names, serial numbers, certificates or PINs; --profile: with the roots that station added.',
  usage: 'token doctor [--module PATH] [--profile DIR]',
  options: { module: true },
  run: async (context) => {
    const trust = await trustFor(context);
    if ('ok' in trust) return trust;
    const named = context.options['module'];
    const paths = typeof named === 'string' ? [named] : modulesHere().map(({ path }) => path);
    const owner = tokenOwner(forkTokenProcess);
    const language = languageOf(context);
    try {
      const reports = await Promise.all(paths.map((path) => owner.process(path).report()));
      const about: Circumstances = { ...trust, at: systemClock.now(), chosen: null, clockDiffersBy: 'not-compared' };
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

/** Where certificates may lead: with a profile as its station says, without one to the roots of the program. */
async function trustFor(context: CommandContext): Promise<Pick<Circumstances, 'anchors' | 'issuers'> | CommandResult> {
  const table = readAnchorTable(issuedAnchors);
  if (context.options['profile'] === undefined) return { anchors: anchorsOf(table), issuers: [] };
  let trust: Pick<Circumstances, 'anchors' | 'issuers'> | undefined;
  const opened = await withStoreToRead(context, ({ read }) => {
    trust = { anchors: anchorsHere(read, table, storedKind(read) === 'practice'), issuers: issuersHere(read) };
    return { ok: true, value: null, text: '' };
  });
  return trust ?? opened;
}

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
