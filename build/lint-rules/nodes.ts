import type { Rule } from 'eslint';

/** A syntax node of any parser. ESTree's own types know no JSX and no TypeScript, which our rules mostly look at. */
export type SyntaxNode = {
  readonly type: string;
  readonly parent?: SyntaxNode;
  readonly [key: string]: unknown;
};

/** A visitor over nodes of any parser, in the shape that ESLint wants. */
export function visit(listeners: Readonly<Record<string, (node: SyntaxNode) => void>>): Rule.RuleListener {
  return listeners as unknown as Rule.RuleListener;
}

export function report(
  context: Rule.RuleContext,
  node: SyntaxNode,
  messageId: string,
  data: Readonly<Record<string, string>> = {},
): void {
  context.report({ node: node as unknown as Rule.Node, messageId, data: { ...data } });
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

export function nodesOf(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Takes away what only the compiler sees: `x as T`, `x!`, `x satisfies T`, `<T>x`, `(x?.y)`. */
export function withoutTypes(node: SyntaxNode): SyntaxNode {
  const wrappers = ['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'ChainExpression'];
  let inner = node;
  while (wrappers.includes(inner.type) && isNode(inner['expression'])) inner = inner['expression'];
  return inner;
}

/** The name of an identifier, a private name or a plain string key; undefined when it is computed. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (['Identifier', 'PrivateIdentifier', 'JSXIdentifier'].includes(node.type)) return node['name'] as string;
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  return undefined;
}

/** The text of a string literal, or the fixed parts of a template joined by a space; undefined for all else. */
export function fixedText(node: SyntaxNode): string | undefined {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  if (node.type === 'TaggedTemplateExpression') return isNode(node['quasi']) ? fixedText(node['quasi']) : undefined;
  if (node.type !== 'TemplateLiteral') return undefined;
  return nodesOf(node['quasis'])
    .map((part) => (part['value'] as { raw: string }).raw)
    .join(' ');
}

/** The called method's name in `receiver.name(…)`; undefined for other calls. */
export function calledMember(call: SyntaxNode): { readonly receiver: SyntaxNode; readonly name: string } | undefined {
  const callee = isNode(call['callee']) ? withoutTypes(call['callee']) : undefined;
  if (callee?.type !== 'MemberExpression' || !isNode(callee['object'])) return undefined;
  const property = callee['property'];
  if (callee['computed'] === true && isNode(property) && property.type === 'Identifier') return undefined;
  const name = nameOf(property);
  return name === undefined ? undefined : { receiver: withoutTypes(callee['object']), name };
}
