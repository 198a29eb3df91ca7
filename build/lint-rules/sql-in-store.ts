import type { Rule } from 'eslint';
import { calledMember, fixedText, nodesOf, report, visit, withoutTypes, type SyntaxNode } from './nodes.ts';

const sqlStart =
  /^\s*(?:--[^\n]*\n\s*)*(?:select|insert|update|delete|replace|with|create|drop|alter|pragma|begin|commit|rollback|savepoint|release|attach|detach|vacuum|reindex|analyze|explain)(?=[\s;]|$)/i;

/** SQL belongs to the store: statements are prepared in electron/store and in a domain's *.store.ts only. */
export const sqlInStore: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'SQL is prepared and run in electron/store and *.store.ts only' },
    schema: [],
    messages: {
      elsewhere:
        '`.{{name}}()` runs SQL outside the store. Move the statement into the domain\'s *.store.ts and call all, one, each, run or changeOne with a sql`…` template.',
    },
  },
  create(context) {
    const file = context.filename.replaceAll('\\', '/');
    if (/\/electron\/store\//.test(file) || file.endsWith('.store.ts')) return {};
    return visit({
      CallExpression(call) {
        const member = calledMember(call);
        if (member === undefined || member.receiver['regex'] !== undefined || !runsSql(member.name, call)) return;
        report(context, call, 'elsewhere', { name: member.name });
      },
    });
  },
};

function runsSql(name: string, call: SyntaxNode): boolean {
  const first = nodesOf(call['arguments'])[0];
  const argument = first === undefined ? undefined : withoutTypes(first);
  // A statement is text: a method of the contract called `prepare` takes an object.
  if (name === 'prepare') return argument !== undefined && argument.type !== 'ObjectExpression';
  if (name === 'pragma') return true;
  // RegExp and child_process have an `exec` too: only SQL text gives a database's away.
  return name === 'exec' && argument !== undefined && sqlStart.test(fixedText(argument) ?? '');
}
