import type { Contract, InputOf, SearchHit } from '#contract';
import { UsageError, type Command } from './command.ts';
import { ask, refused, withCore } from './profile.ts';

type Asked = InputOf<Contract['search']['find']>['question'];

const textOf = (parts: SearchHit['subject']): string => parts.map(({ text }) => text).join('');

function lineOf(hit: SearchHit): string {
  const number = hit.arrivalNumber === null ? '—' : String(hit.arrivalNumber);
  const found = hit.found.map(({ place, parts }) => `\n        ${place}: ${textOf(parts)}`).join('');
  return `${number.padStart(6)}  ${hit.issuedDate ?? hit.day}  ${textOf(hit.code)}  ${hit.issuerName}  ${textOf(hit.subject)}  [${hit.register} ${hit.id}]${found}`;
}

export const search: Command = {
  about: 'Tra cứu văn bản đến và đi theo mọi trường và nội dung. | Search both registers by field and text.',
  usage: 'search TEXT --profile DIR [--register incoming|outgoing] [--kind NAME] [--issuer NAME] [--from DAY] [--to DAY] [--order relevance|date] [--limit N]',
  options: { register: true, kind: true, issuer: true, from: true, to: true, order: true, limit: true },
  run: (context) =>
    withCore(context, async (core) => {
      const text = context.positionals.join(' ');
      if (text.trim() === '') throw new UsageError('TEXT');
      const { register = null, kind, issuer = '', from = null, to = null, order = 'relevance', limit = 20 } = context.options;
      // Anything that does not fit is refused by the contract with the field's name.
      const question = {
        text,
        filters: {
          register,
          kinds: kind === undefined ? [] : [kind],
          standings: [],
          urgencies: [],
          sources: [],
          issued: { from, to },
          arrived: { from: null, to: null },
          issuer,
          holder: '',
          due: null,
        },
        order,
      } as Asked;
      const outcome = await ask(core, 'search', 'find', { question, after: null, limit: Number(limit) });
      if (!outcome.ok) return refused(outcome);
      const { items, next } = outcome.value;
      const end = next === null ? `Tổng số: ${String(items.length)}` : `${String(items.length)} kết quả đầu, còn nữa.`;
      return { ok: true, value: { items, next }, text: [...items.map(lineOf), items.length === 0 ? 'Không tìm thấy.' : end].join('\n') };
    }),
};
