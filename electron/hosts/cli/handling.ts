import type { Contract, HandlingDetail, OutputOf, Party } from '#contract';
import { vietnamDay } from '../../foundation/clock.ts';
import type { Core } from '../compose.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, refused, withCore } from './profile.ts';

const stateWords: Readonly<Record<HandlingDetail['standing'], string>> = {
  arrived: 'đã đến',
  registered: 'đã vào sổ',
  presented: 'chờ ý kiến',
  assigned: 'đã giao',
  'in-progress': 'đang xử lý',
  done: 'xong',
  refused: 'đã trả lại',
  recalled: 'đã thu hồi',
  replaced: 'đã bị thay thế',
};

type Parties = OutputOf<Contract['handling']['parties']>;

function told(detail: HandlingDetail): CommandResult {
  const due = detail.due === null ? 'chưa có hạn' : `hạn ${detail.due}`;
  const open = detail.assignments.filter((one) => one.endedAt === null);
  const lines = open.map((one) => `  ${one.part === 'lead' ? 'chủ trì' : 'phối hợp'}: ${[one.personName, one.unitName].filter((name) => name !== '').join(', ')}${one.due === null ? '' : `, hạn ${one.due}`}`);
  return { ok: true, value: detail, text: [`Tình trạng: ${stateWords[detail.standing]}, ${due}.`, ...lines].join('\n') };
}

function option(context: CommandContext, name: string): string {
  const value = context.options[name];
  return typeof value === 'string' ? value : '';
}

/** A unit or person of the office by its name, else the name as it was typed. */
function partyOf(known: Parties, name: string): Party {
  const unit = known.units.find((one) => one.name === name);
  if (unit !== undefined) return { unit: unit.id, unitName: unit.name, person: null, personName: '' };
  const person = known.persons.find((one) => one.name === name);
  if (person !== undefined) return { unit: person.unit, unitName: person.unitName, person: person.id, personName: person.name };
  return { unit: null, unitName: name, person: null, personName: '' };
}

async function knownParties(core: Core): Promise<Parties> {
  const parties = await ask(core, 'handling', 'parties', {});
  return parties.ok ? parties.value : { units: [], persons: [] };
}

export const incomingPresent: Command = {
  about: 'Trình văn bản đến cho lãnh đạo; --take-back để rút lại. | Present an incoming document to a leader.',
  usage: 'incoming present --profile DIR --id ID --leader NAME [--note N] | --id ID --take-back --reason R',
  options: { id: true, leader: true, note: true, 'take-back': false, reason: true },
  run: (context) =>
    withCore(context, async (core) => {
      const id = required(context, 'id');
      if (context.options['take-back'] === true) {
        const outcome = await ask(core, 'handling', 'takeBack', { id, reason: required(context, 'reason') });
        return outcome.ok ? told(outcome.value) : refused(outcome);
      }
      const leaderName = required(context, 'leader');
      const leader = (await knownParties(core)).persons.find((one) => one.name === leaderName)?.id ?? null;
      const outcome = await ask(core, 'handling', 'present', { id, leader, leaderName, note: option(context, 'note') });
      return outcome.ok ? told(outcome.value) : refused(outcome);
    }),
};

function directCommand(about: string, name: 'direct' | 'assign'): Command {
  return {
    about,
    usage: `incoming ${name} --profile DIR --id ID --lead NAME [--joint NAME]… [--text T] [--leader NAME] [--as KT.|TL.|TUQ.] [--deadline yyyy-MM-dd] [--paper --given-on yyyy-MM-dd]${name === 'assign' ? ' [--withdraw --reason R]' : ''}`,
    options: { id: true, lead: true, text: true, leader: true, as: true, deadline: true, paper: false, 'given-on': true, withdraw: false, reason: true },
    many: ['joint'],
    run: (context) =>
      withCore(context, async (core) => {
        const known = await knownParties(core);
        const lead = option(context, 'lead');
        const joint = context.lists['joint'] ?? [];
        if (lead === '' && joint.length === 0) throw new UsageError('--lead');
        const leaderName = option(context, 'leader');
        const deadline = option(context, 'deadline');
        const withdraw = context.options['withdraw'] === true;
        const outcome = await ask(core, 'handling', 'direct', {
          id: required(context, 'id'),
          text: option(context, 'text'),
          leader: known.persons.find((one) => one.name === leaderName)?.id ?? null,
          leaderName,
          delegatedAs: option(context, 'as'),
          givenOn: option(context, 'given-on') || vietnamDay(new Date()),
          fromPaper: context.options['paper'] === true,
          deadline: deadline === '' ? null : deadline,
          assignees: [
            ...(lead === '' ? [] : [{ part: 'lead' as const, ...partyOf(known, lead), deadline: null }]),
            ...joint.map((one) => ({ part: 'joint' as const, ...partyOf(known, one), deadline: null })),
          ],
          withdraw,
          reason: withdraw ? required(context, 'reason') : '',
        });
        return outcome.ok ? told(outcome.value) : refused(outcome);
      }),
  };
}

export const incomingDirect = directCommand('Ghi ý kiến chỉ đạo và giao xử lý. | Direct an incoming document and assign it.', 'direct');
export const incomingAssign = directCommand('Giao thêm, hoặc giao lại (--withdraw). | Assign an incoming document further, or anew.', 'assign');

export const incomingProgress: Command = {
  about: 'Bắt đầu xử lý, ghi tiến độ. | Begin work on an incoming document, or note its progress.',
  usage: 'incoming progress --profile DIR --id ID [--note N]',
  options: { id: true, note: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'handling', 'progress', { id: required(context, 'id'), note: option(context, 'note') });
      return outcome.ok ? told(outcome.value) : refused(outcome);
    }),
};

export const incomingFinish: Command = {
  about: 'Ghi hoàn thành; --reopen để mở lại. | Finish the work on an incoming document.',
  usage: 'incoming finish --profile DIR --id ID --result answered|filed|no-answer [--answer OUTGOING_ID] [--note N] | --id ID --reopen --reason R',
  options: { id: true, result: true, answer: true, note: true, reopen: false, reason: true },
  run: (context) =>
    withCore(context, async (core) => {
      const id = required(context, 'id');
      if (context.options['reopen'] === true) {
        const outcome = await ask(core, 'handling', 'reopen', { id, reason: required(context, 'reason') });
        return outcome.ok ? told(outcome.value) : refused(outcome);
      }
      const answer = option(context, 'answer');
      const outcome = await ask(core, 'handling', 'finish', {
        id,
        // Anything else is refused by the contract with the field's name.
        result: required(context, 'result') as 'filed',
        answer: answer === '' ? null : answer,
        note: option(context, 'note'),
      });
      return outcome.ok ? told(outcome.value) : refused(outcome);
    }),
};

export const incomingReturn: Command = {
  about: 'Trả lại văn bản đã vào sổ; số đến giữ nguyên. | Return a registered document to its sender.',
  usage: 'incoming return --profile DIR --id ID --reason R',
  options: { id: true, reason: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'handling', 'returnToSender', { id: required(context, 'id'), reason: required(context, 'reason') });
      return outcome.ok ? told(outcome.value) : refused(outcome);
    }),
};

export const incomingBoard: Command = {
  about: 'Theo dõi hạn xử lý theo đơn vị hoặc theo người. | Deadlines of the open work, by unit or person.',
  usage: 'incoming board --profile DIR [--by unit|person]',
  options: { by: true },
  run: (context) =>
    withCore(context, async (core) => {
      const by = option(context, 'by') || 'unit';
      if (by !== 'unit' && by !== 'person') throw new UsageError('--by unit|person');
      const outcome = await ask(core, 'handling', 'board', { by });
      if (!outcome.ok) return refused(outcome);
      const { rows, total, today, soonUntil } = outcome.value;
      const line = (name: string, counts: typeof total): string =>
        `${String(counts.overdue).padStart(8)}${String(counts.soon).padStart(8)}${String(counts.later).padStart(8)}${String(counts.undated).padStart(9)}  ${name}`;
      const text = [
        `Đến ngày ${today}; sắp đến hạn là hạn đến ${soonUntil}.`,
        ' Quá hạn     Sắp Còn hạn Chưa hạn',
        ...rows.map((row) => line(row.name === '' ? '(không ghi)' : row.name, row)),
        line('Tất cả', total),
      ];
      return { ok: true, value: outcome.value, text: text.join('\n') };
    }),
};
