import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { auditExport, auditVerify } from './audit.ts';
import { axisAdvance, axisFault, axisServe } from './axis.ts';
import { backup, backupList, backupSet, backupVerify, restore, restoreConfirm } from './backup.ts';
import { calendarAdd, calendarImport, calendarRemove, calendarShow } from './calendar.ts';
import { UsageError, type Command, type CommandResult } from './command.ts';
import { completeSignatures, signatureLevels } from './complete.ts';
import { axisConformance } from './conformance.ts';
import { connectionTest } from './connection.ts';
import { day } from './day.ts';
import { fileSave, incomingDecide, incomingList, incomingRefuse, incomingRegister, incomingShow } from './documents.ts';
import { outboxCancel, outboxList, outboxSend, outboxSettle, outboxUp, quarantineList, quarantineReplay, receive, withheldList } from './exchange.ts';
import {
  outgoingDeliveries,
  outgoingEvidence,
  outgoingList,
  outgoingRecall,
  outgoingRecord,
  outgoingReplace,
  outgoingSend,
  outgoingUpdate,
} from './outgoing.ts';
import { numbersCheck, numbersClose, numbersInsert, numbersList, numbersReserve, numbersVoid } from './numbers.ts';
import {
  outgoingCheck,
  outgoingDraft,
  outgoingDrafts,
  outgoingIssue,
  outgoingNumber,
  outgoingReturn,
  outgoingSeal,
  outgoingSign,
  outgoingSubmit,
  outgoingVoid,
} from './drafting.ts';
import { copyGive, copyList } from './copies.ts';
import { dossierAdd, dossierClose, dossierList, dossierOpen, dossierShow } from './dossiers.ts';
import { dutiesList } from './duties.ts';
import { incomingAssign, incomingBoard, incomingDirect, incomingFinish, incomingPresent, incomingProgress, incomingReturn } from './handling.ts';
import { directoryGroups, directorySearch, directoryShow, directorySync } from './directory.ts';
import { fixityCheck, fixityRepair } from './fixity.ts';
import { handoverCheck, handoverMake, handoverMinutes, handoverPackage, handoverReceive } from './handover.ts';
import { incomingAdd, incomingSuggest } from './intake.ts';
import { issue, prepareFields } from './issue.ts';
import { incomingMessage } from './message.ts';
import { peopleImport, peopleList, peopleResetPassword } from './people.ts';
import { registersImport, registersList, registersUndo } from './registers.ts';
import { search } from './search.ts';
import { sentenceFor } from './sentences.ts';
import { settingsAxis, settingsShow, settingsStation, status } from './settings.ts';
import { sign } from './sign.ts';
import { sipAip, sipDip } from './sip-derive.ts';
import { sipCheck } from './sip.ts';
import { tokenDoctor } from './token-doctor.ts';
import { tokenList, tokenUse, tokenWatch } from './token.ts';
import { exportAll, exportVerify, importAll } from './transfer.ts';
import { trustAnchors, trustCache, trustCheck } from './trust.ts';
import { verify } from './verify.ts';

/** Every command of `tvt`, by its words. */
const commands: Readonly<Record<string, Command>> = {
  day,
  status,
  receive,
  'incoming add': incomingAdd,
  'incoming suggest': incomingSuggest,
  'incoming message': incomingMessage,
  'incoming list': incomingList,
  'incoming show': incomingShow,
  'incoming register': incomingRegister,
  'incoming refuse': incomingRefuse,
  'incoming decide': incomingDecide,
  'incoming present': incomingPresent,
  'incoming direct': incomingDirect,
  'incoming assign': incomingAssign,
  'incoming progress': incomingProgress,
  'incoming finish': incomingFinish,
  'incoming return': incomingReturn,
  'incoming board': incomingBoard,
  'outgoing list': outgoingList,
  'outgoing draft': outgoingDraft,
  'outgoing drafts': outgoingDrafts,
  'outgoing submit': outgoingSubmit,
  'outgoing check': outgoingCheck,
  'outgoing return': outgoingReturn,
  'outgoing sign': outgoingSign,
  'outgoing number': outgoingNumber,
  'outgoing seal': outgoingSeal,
  'outgoing issue': outgoingIssue,
  'outgoing void': outgoingVoid,
  'outgoing record': outgoingRecord,
  'outgoing send': outgoingSend,
  'outgoing recall': outgoingRecall,
  'outgoing update': outgoingUpdate,
  'outgoing replace': outgoingReplace,
  'outgoing deliveries': outgoingDeliveries,
  'outgoing evidence': outgoingEvidence,
  search,
  'file save': fileSave,
  'outbox list': outboxList,
  'outbox send': outboxSend,
  'outbox cancel': outboxCancel,
  'outbox up': outboxUp,
  'outbox settle': outboxSettle,
  'quarantine list': quarantineList,
  'quarantine replay': quarantineReplay,
  'withheld list': withheldList,
  duties: dutiesList,
  'calendar show': calendarShow,
  'calendar add': calendarAdd,
  'calendar remove': calendarRemove,
  'calendar import': calendarImport,
  'numbers list': numbersList,
  'numbers reserve': numbersReserve,
  'numbers void': numbersVoid,
  'numbers insert': numbersInsert,
  'numbers close': numbersClose,
  'numbers check': numbersCheck,
  'trust anchors': trustAnchors,
  'trust check': trustCheck,
  'trust cache': trustCache,
  'settings show': settingsShow,
  'settings station': settingsStation,
  'settings axis': settingsAxis,
  'connection test': connectionTest,
  'directory sync': directorySync,
  'directory search': directorySearch,
  'directory show': directoryShow,
  'directory groups': directoryGroups,
  'registers import': registersImport,
  'copy give': copyGive,
  'copy list': copyList,
  'dossier list': dossierList,
  'dossier show': dossierShow,
  'dossier open': dossierOpen,
  'dossier add': dossierAdd,
  'dossier close': dossierClose,
  'registers list': registersList,
  'registers undo': registersUndo,
  'people list': peopleList,
  'people import': peopleImport,
  'people reset-password': peopleResetPassword,
  sign,
  complete: completeSignatures,
  'signature levels': signatureLevels,
  prepare: prepareFields,
  issue,
  verify,
  'sip aip': sipAip,
  'sip check': sipCheck,
  'sip dip': sipDip,
  'token list': tokenList,
  'token watch': tokenWatch,
  'token doctor': tokenDoctor,
  'token use': tokenUse,
  'handover make': handoverMake,
  'handover check': handoverCheck,
  'handover package': handoverPackage,
  'handover receive': handoverReceive,
  'handover minutes': handoverMinutes,
  backup,
  'backup set': backupSet,
  'backup list': backupList,
  'backup verify': backupVerify,
  restore,
  'restore confirm': restoreConfirm,
  export: exportAll,
  'export verify': exportVerify,
  import: importAll,
  'fixity check': fixityCheck,
  'fixity repair': fixityRepair,
  'audit verify': auditVerify,
  'audit export': auditExport,
  'axis serve': axisServe,
  'axis fault': axisFault,
  'axis advance': axisAdvance,
  'axis conformance': axisConformance,
};

const common = { json: false, verbose: false, help: false, lang: true, profile: true, 'passphrase-env': true };

/** Runs one call of `tvt`. Exit codes: 0 done, 1 refused or the answer is "no", 2 the call's words are off, 3 unexpected. */
export async function runTvt(words: readonly string[], version: string): Promise<number> {
  const json = words.includes('--json');
  const language = words.includes('--lang=en') || words[words.indexOf('--lang') + 1] === 'en' ? 'en' : 'vi';
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((key) => Object.hasOwn(commands, key));
  if (name === undefined) return unknown(words, json, language);
  const command = commands[name];
  if (command === undefined) return unknown(words, json, language);
  try {
    const { values, lists, positionals } = parse(command, words.slice(name.split(' ').length));
    if (values['help'] === true) {
      print(`tvt ${command.usage}\n${command.about}`);
      return 0;
    }
    const result = await command.run({
      options: values,
      lists,
      positionals,
      version,
      say: (line) => {
        if (!json) print(line);
      },
      tell: (value, text) => {
        print(json ? JSON.stringify({ ok: true, value }) : text);
      },
      log: (line) => {
        if (values['verbose'] === true) process.stderr.write(`${line}\n`);
      },
    });
    return show(result, json, language);
  } catch (error) {
    if (error instanceof UsageError) {
      return refuse({ ok: false, code: 'cli.usage', params: { what: error.message, usage: command.usage } }, json, language, 2);
    }
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return refuse({ ok: false, code: 'internal', incident: 'CLI' }, json, language, 3);
  }
}

function parse(
  command: Command,
  words: readonly string[],
): {
  values: Record<string, string | boolean | undefined>;
  lists: Record<string, readonly string[]>;
  positionals: string[];
} {
  const options: ParseArgsOptionsConfig = {};
  for (const [name, takesValue] of Object.entries({ ...common, ...command.options })) {
    options[name] = { type: takesValue ? 'string' : 'boolean' };
  }
  for (const name of command.many ?? []) options[name] = { type: 'string', multiple: true };
  try {
    const parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    const values: Record<string, string | boolean | undefined> = {};
    const lists: Record<string, readonly string[]> = {};
    for (const [name, value] of Object.entries(parsed.values)) {
      if (Array.isArray(value)) lists[name] = value.map(String);
      else values[name] = value;
    }
    return { values, lists, positionals: parsed.positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function unknown(words: readonly string[], json: boolean, language: 'vi' | 'en'): number {
  const asked = words.filter((word) => !word.startsWith('-')).join(' ');
  if (asked === '' || asked === 'help') {
    const rows = Object.values(commands).map((command) => `  tvt ${command.usage}\n      ${command.about}`);
    if (json) print(JSON.stringify({ ok: true, value: Object.keys(commands) }));
    else print(['Trạm Văn thư, dòng lệnh. | Command line.', ...rows, '  Chung | common: --json --lang en --verbose --help'].join('\n'));
    return 0;
  }
  return refuse({ ok: false, code: 'cli.unknown-command', params: { command: asked } }, json, language, 2);
}

function show(result: CommandResult, json: boolean, language: 'vi' | 'en'): number {
  if (!result.ok) return refuse(result, json, language, result.code === 'internal' ? 3 : 1);
  print(json ? JSON.stringify({ ok: true, value: result.value }) : result.text);
  return result.exit ?? 0;
}

function refuse(
  result: Extract<CommandResult, { ok: false }>,
  json: boolean,
  language: 'vi' | 'en',
  exit: 1 | 2 | 3,
): number {
  const sentence = sentenceFor(result.code, { ...result.params, incident: result.incident ?? '' }, language);
  if (json) {
    const failure = { code: result.code, params: result.params ?? {}, sentence };
    print(JSON.stringify({ ok: false, failure }));
  } else {
    process.stderr.write(`${sentence}\n`);
  }
  return exit;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
