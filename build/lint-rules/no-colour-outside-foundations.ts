import type { Rule } from 'eslint';
import { colourIn, pixelFontIn } from './colours.ts';
import { fixedText, isNode, nameOf, report, visit, withoutTypes, type SyntaxNode } from './nodes.ts';

/** Colours and type sizes are tokens, so that themes, high contrast and zoom work everywhere at once. */
export const noColourOutsideFoundations: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'no colour and no font size in pixels outside renderer/foundations' },
    schema: [],
    messages: {
      colour: '{{found}} is a colour of its own. Add or take a token of renderer/foundations.',
      size: '{{found}} is a type size of its own. Add or take a token of renderer/foundations.',
    },
  },
  create(context) {
    if (/\/renderer\/foundations\//.test(context.filename.replaceAll('\\', '/'))) return {};

    function judge(node: SyntaxNode): void {
      if (isAddress(node)) return;
      const text = fixedText(node) ?? '';
      const colour = colourIn(text);
      const size = pixelFontIn(text);
      if (colour !== undefined) report(context, node, 'colour', { found: colour });
      if (size !== undefined) report(context, node, 'size', { found: size });
    }

    return visit({
      Literal: judge,
      TemplateLiteral: judge,
      Property(node) {
        if (nameOf(node['key']) !== 'fontSize' || !isNode(node['value'])) return;
        const value = withoutTypes(node['value']);
        // React and Griffel read a bare number as pixels.
        const found = typeof value['value'] === 'number' ? String(value['value']) : (fixedText(value) ?? '');
        if (/\d(?:px)?$/.test(found)) report(context, value, 'size', { found });
      },
    });
  },
};

/** `href="#add"` and the like: an address within the page. */
function isAddress(node: SyntaxNode): boolean {
  const holder = node.parent?.type === 'JSXExpressionContainer' ? node.parent.parent : node.parent;
  return holder?.type === 'JSXAttribute' && ['href', 'id', 'to', 'xlinkHref'].includes(nameOf(holder['name']) ?? '');
}
