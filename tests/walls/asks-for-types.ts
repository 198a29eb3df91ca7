import type { Violation } from './violation.ts';

/** What breaks each rule of .oxlintrc.json that no other table breaks. */
const broken: Readonly<Record<string, string>> = {
  'await-thenable': 'export async function f(): Promise<number> {\n  return await 1;\n}\n',
  'no-array-delete': 'export const f = (a: number[]): void => {\n  delete a[0];\n};\n',
  'no-base-to-string': 'export const f = (a: { readonly b: number }): string => a.toString();\n',
  'no-deprecated': '/** @deprecated by that */\nconst before = 1;\nexport const f = before;\n',
  'no-duplicate-type-constituents': 'export type F = string | string;\n',
  'no-for-in-array': 'export const f = (a: number[]): void => {\n  for (const at in a) void at;\n};\n',
  'no-implied-eval': "export const f: unknown = new Function('return 1');\n",
  'no-misused-promises': 'export const f = (a: readonly number[]): void => {\n  a.forEach(async () => {\n    await Promise.resolve();\n  });\n};\n',
  'no-redundant-type-constituents': 'export type F = string | unknown;\n',
  'no-unnecessary-type-assertion': 'export const f = (a: string): string => a as string;\n',
  'no-unsafe-argument': 'export const f = (a: string): number => Math.abs(JSON.parse(a));\n',
  'no-unsafe-assignment': "export const f: number = JSON.parse('1');\n",
  'no-unsafe-call': "export const f: unknown = JSON.parse('1')();\n",
  'no-unsafe-enum-comparison': 'declare enum Kind {\n  a = 0,\n  b = 1,\n}\nexport const f = (a: Kind): boolean => a === 1;\n',
  'no-unsafe-member-access': "export const f: unknown = JSON.parse('{}').a;\n",
  'no-unsafe-return': "export const f = (): number => JSON.parse('1');\n",
  'no-unsafe-unary-minus': 'export const f = (a: string): number => -a;\n',
  'only-throw-error': "export const f = (): never => {\n  throw 'x';\n};\n",
  'prefer-promise-reject-errors': "export const f = (): Promise<never> => Promise.reject('x');\n",
  'restrict-plus-operands': "export const f = (a: { readonly b: number }): string => a + 'x';\n",
  'restrict-template-expressions': 'export const f = (a: object): string => `${a}`;\n',
  'return-await': 'export async function f(a: Promise<number>): Promise<number> {\n  try {\n    return a;\n  } catch {\n    return 0;\n  }\n}\n',
  'unbound-method': 'export const f = new Map<string, number>().get;\n',
};

export const asksForTypes: readonly Violation[] = Object.entries(broken).map(([rule, text]) => ({
  name: `against ${rule}`,
  file: `electron/services/records/wall-types-${rule}.ts`,
  text,
  caught: { typed: `typescript(${rule})` },
}));
