import type { Rule } from 'eslint';
import { fixedText, isNode, nameOf, report, visit, withoutTypes, type SyntaxNode } from './nodes.ts';

const spoken = new Set([
  'title',
  'label',
  'alt',
  'placeholder',
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
]);

/** Every word a user can read or hear comes from the catalogue, in each language. */
export const noLiteralJsxText: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'no literal user-visible text in JSX' },
    schema: [],
    messages: {
      text: '“{{text}}” is literal text. Put the sentence into the catalogues (resources/locales) and show it by its key.',
    },
  },
  create(context) {
    function judge(node: SyntaxNode): void {
      for (const { node: where, text } of literalsIn(node)) {
        report(context, where, 'text', { text: text.trim().replace(/\s+/g, ' ').slice(0, 40) });
      }
    }
    return visit({
      JSXText(node) {
        const text = String(node['value']);
        if (hasLetters(text)) report(context, node, 'text', { text: text.trim().replace(/\s+/g, ' ').slice(0, 40) });
      },
      JSXExpressionContainer(node) {
        const holder = node.parent?.type;
        if ((holder === 'JSXElement' || holder === 'JSXFragment') && isNode(node['expression'])) judge(node['expression']);
      },
      JSXAttribute(node) {
        const value = node['value'];
        if (!spoken.has(nameOf(node['name']) ?? '') || !isNode(value)) return;
        judge(value.type === 'JSXExpressionContainer' && isNode(value['expression']) ? value['expression'] : value);
      },
    });
  },
};

/** The literal words an expression may end up as. Arguments of calls are keys or data, not words. */
function literalsIn(expression: SyntaxNode): { readonly node: SyntaxNode; readonly text: string }[] {
  const node = withoutTypes(expression);
  if (node.type === 'ConditionalExpression') return inAll(node['consequent'], node['alternate']);
  if (node.type === 'LogicalExpression') return inAll(node['left'], node['right']);
  if (node.type === 'BinaryExpression' && node['operator'] === '+') return inAll(node['left'], node['right']);
  if (node.type !== 'Literal' && node.type !== 'TemplateLiteral') return [];
  const text = fixedText(node) ?? '';
  return hasLetters(text) ? [{ node, text }] : [];
}

function inAll(...parts: readonly unknown[]): { readonly node: SyntaxNode; readonly text: string }[] {
  return parts.filter(isNode).flatMap(literalsIn);
}

function hasLetters(text: string): boolean {
  // An entity such as &nbsp; is already a character here.
  return /\p{L}/u.test(text);
}
