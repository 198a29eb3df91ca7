import type { DossierDetail, DossierSummary } from '#contract';
import { DossierState } from '#contract';
import type { Core } from '../compose.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, refused, withCore } from './profile.ts';
import { wordsFor } from './sentences.ts';

const stateWords: Readonly<Record<DossierState, string>> = { open: 'đang lập', closed: 'đã đóng', locked: 'đóng băng', discarded: 'đã bỏ' };

function lineOf(dossier: DossierSummary): string {
  const { retention } = dossier;
  const term = retention.kind === 'permanent' ? 'vĩnh viễn' : `${String(retention.years)} năm`;
  return `${String(dossier.catalog)}  ${dossier.notation}  ${dossier.title}  ${term}  ${String(dossier.members)} văn bản  ${stateWords[dossier.state]}  [${dossier.id}]`;
}

const answer = (dossier: DossierDetail): CommandResult => ({ ok: true, value: dossier, text: lineOf(dossier) });

function idOf(context: CommandContext): string {
  const id = context.positionals[0];
  if (id === undefined || !/^[0-9a-f-]{36}$/.test(id)) throw new UsageError('DOSSIER');
  return id;
}

function textOption(context: CommandContext, name: string): string {
  const value = context.options[name];
  return typeof value === 'string' ? value : '';
}

function numberOption(context: CommandContext, name: string): number | null {
  const value = textOption(context, name);
  if (value !== '' && !/^\d{1,4}$/.test(value)) throw new UsageError(`--${name}`);
  return value === '' ? null : Number(value);
}

export const dossierList: Command = {
  about: 'Liệt kê hồ sơ, mới nhất trước. | List dossiers, newest first.',
  usage: 'dossier list --profile DIR [--year YEAR] [--state open|closed|locked|discarded] [--words WORDS]',
  options: { year: true, state: true, words: true },
  run: (context) =>
    withCore(context, async (core) => {
      const state = DossierState.nullable().safeParse(context.options['state'] ?? null);
      if (!state.success) throw new UsageError(`--state ${DossierState.options.join('|')}`);
      const outcome = await ask(core, 'dossiers', 'list', {
        catalog: numberOption(context, 'year'), plan: null, entry: null, state: state.data, unit: null, person: null, retention: null, words: textOption(context, 'words'), before: null, limit: 500,
      });
      return outcome.ok ? { ok: true, value: outcome.value, text: outcome.value.items.map(lineOf).join('\n') } : refused(outcome);
    }),
};

export const dossierShow: Command = {
  about: 'Xem một hồ sơ, văn bản trong hồ sơ và các nhận xét. | Show a dossier, its documents and remarks.',
  usage: 'dossier show DOSSIER --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const id = idOf(context);
      const dossier = await ask(core, 'dossiers', 'get', { id });
      const members = await ask(core, 'dossiers', 'members', { dossier: id, after: 0, limit: 1000 });
      const remarks = await ask(core, 'dossiers', 'check', { id });
      if (!dossier.ok) return refused(dossier);
      if (!members.ok) return refused(members);
      if (!remarks.ok) return refused(remarks);
      const lines = members.value.items.map((one) => `${String(one.ordinal)}. ${one.codeNumber}/${one.codeNotation}  ${one.issuedDate ?? ''}  ${one.subject}`);
      const told = remarks.value.map(({ code, params }) => `– ${wordsFor(`dossiers.remark.${code}`, params, 'vi')}`);
      return { ok: true, value: { dossier: dossier.value, members: members.value.items, remarks: remarks.value }, text: [lineOf(dossier.value), ...lines, ...told].join('\n') };
    }),
};

export const dossierOpen: Command = {
  about: 'Mở hồ sơ, theo danh mục hoặc ngoài danh mục. | Open a dossier, from the plan or without it.',
  usage: 'dossier open --profile DIR (--entry ENTRY | --year YEAR --notation CODE --title TITLE --years N|permanent [--basis WORDS] [--maker NAME])',
  options: { entry: true, year: true, notation: true, title: true, years: true, basis: true, maker: true },
  run: (context) =>
    withCore(context, async (core) => {
      const entry = textOption(context, 'entry');
      const began = await ask(core, 'dossiers', 'prefill', entry === '' ? { as: 'new', catalog: numberOption(context, 'year') ?? 0 } : { as: 'entry', entry });
      if (!began.ok) return refused(began);
      const { fields } = began.value;
      const outcome = await ask(core, 'dossiers', 'open', { entry: began.value.entry, documents: [], fields: entry === '' ? { ...fields, ...given(context, fields.maker) } : fields });
      return outcome.ok ? answer(outcome.value) : refused(outcome);
    }),
};

function given(context: CommandContext, maker: DossierDetail['maker']): Pick<DossierDetail['fields'], 'notation' | 'title' | 'retention' | 'maker'> {
  const years = required(context, 'years');
  const term = years === 'permanent' ? ({ kind: 'permanent', years: null } as const) : ({ kind: 'years', years: numberOption(context, 'years') } as const);
  const personName = textOption(context, 'maker');
  return {
    notation: required(context, 'notation'),
    title: required(context, 'title'),
    retention: { ...term, basis: textOption(context, 'basis'), scheduleRow: null },
    maker: personName === '' ? maker : { unit: null, unitName: '', person: null, personName },
  };
}

export const dossierAdd: Command = {
  about: 'Đưa văn bản đã vào sổ vào hồ sơ. | Put a registered document into a dossier.',
  usage: 'dossier add DOSSIER --profile DIR (--incoming ID | --outgoing ID)',
  options: { incoming: true, outgoing: true },
  run: (context) =>
    withCore(context, async (core) => {
      const kind = textOption(context, 'incoming') === '' ? 'outgoing' : 'incoming';
      const outcome = await ask(core, 'dossiers', 'addDocuments', { dossier: idOf(context), documents: [{ kind, id: required(context, kind) }] });
      return outcome.ok ? answer(outcome.value.dossier) : refused(outcome);
    }),
};

export const dossierClose: Command = {
  about: 'Đóng hồ sơ; với --despite thì đóng dù còn nhận xét. | Close a dossier; with --despite whatever remarks there are.',
  usage: 'dossier close DOSSIER --profile DIR --end yyyy-MM-dd [--despite]',
  options: { end: true, despite: false },
  run: (context) => withCore(context, (core) => close(core, context)),
};

async function close(core: Core, context: CommandContext): Promise<CommandResult> {
  const id = idOf(context);
  const endDate = required(context, 'end');
  const dossier = await ask(core, 'dossiers', 'get', { id });
  if (!dossier.ok) return refused(dossier);
  const remarks = await ask(core, 'dossiers', 'check', { id, endDate });
  if (!remarks.ok) return refused(remarks);
  for (const { code, params } of remarks.value) context.say(`– ${wordsFor(`dossiers.remark.${code}`, params, 'vi')}`);
  const seen = context.options['despite'] === true ? remarks.value.map(({ key }) => key) : [];
  const outcome = await ask(core, 'dossiers', 'close', { id, version: dossier.value.version, endDate, seen });
  return outcome.ok ? answer(outcome.value) : refused(outcome);
}
