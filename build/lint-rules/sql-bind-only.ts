import type { Rule } from 'eslint';
import { calledMember, isNode, nameOf, nodesOf, report, visit, withoutTypes, type SyntaxNode } from './nodes.ts';

const runners = new Set(['all', 'one', 'each', 'run', 'changeOne']);

/** Values are bound, never pasted: what runs SQL takes a sql`…` template, not text. */
export const sqlBindOnly: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'all, one, each, run and changeOne take a sql`…` template' },
    schema: [],
    messages: {
      text: '`{{name}}` was given text. Write the statement as a sql`…` template: each value in it is bound, none is pasted.',
    },
  },
  create(context) {
    /** local name → name in the store */
    const imported = new Map<string, string>();
    const namespaces = new Set<string>();

    function runnerOf(call: SyntaxNode): string | undefined {
      if (isNode(call['callee']) && call['callee'].type === 'Identifier') return imported.get(nameOf(call['callee']) ?? '');
      const member = calledMember(call);
      if (member === undefined || !namespaces.has(nameOf(member.receiver) ?? '')) return undefined;
      return runners.has(member.name) ? member.name : undefined;
    }

    return visit({
      ImportDeclaration(declaration) {
        if (!isStore(nameOf(declaration['source']) ?? '', context.filename)) return;
        for (const specifier of nodesOf(declaration['specifiers'])) {
          const local = nameOf(specifier['local']);
          const name = nameOf(specifier['imported']);
          if (local === undefined) continue;
          if (specifier.type === 'ImportNamespaceSpecifier') namespaces.add(local);
          else if (name !== undefined && runners.has(name)) imported.set(local, name);
        }
      },
      CallExpression(call) {
        const name = runnerOf(call);
        const statement = nodesOf(call['arguments'])[1];
        if (name !== undefined && statement !== undefined && isText(statement)) report(context, statement, 'text', { name });
      },
    });
  },
};

function isStore(source: string, filename: string): boolean {
  if (/(?:^|\/)store\/[\w-]+\.ts$/.test(source)) return true;
  return /\/electron\/store\//.test(filename.replaceAll('\\', '/')) && /^\.\.?\/[\w./-]*\.ts$/.test(source);
}

function isText(node: SyntaxNode): boolean {
  const bare = withoutTypes(node);
  if (bare.type === 'Literal' || bare.type === 'TemplateLiteral' || bare.type === 'BinaryExpression') return true;
  if (bare.type !== 'ConditionalExpression') return false;
  return [bare['consequent'], bare['alternate']].some((branch) => isNode(branch) && isText(branch));
}
