import type { Rule } from 'eslint';
import { fixedText, report, visit, type SyntaxNode } from './nodes.ts';

const deletes = /\bdelete\s+from\s+(?:["'`[]?\w+["'`\]]?\s*\.\s*)?["'`[]?outbox\b/i;

/** What must reach the axis is never dropped: an outbox row that runs out of tries becomes *needs attention*. */
export const noOutboxDelete: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'no deletion from the outbox' },
    schema: [],
    messages: {
      deletes:
        'Rows of the outbox are never deleted. Set the state to delivered, attention or cancelled, so that the clerk still sees what became of it.',
    },
  },
  create(context) {
    function judge(node: SyntaxNode): void {
      if (deletes.test(fixedText(node) ?? '')) report(context, node, 'deletes');
    }
    return visit({ Literal: judge, TemplateLiteral: judge });
  },
};
