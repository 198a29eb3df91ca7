import { colourIn, pixelFontIn } from '../lint-rules/colours.ts';
import { conclude, projectFiles, textOf, type Finding } from './findings.ts';

/** Where an index.ts may stand: a front door of a room. Everywhere else it is a barrel that hides what depends on what. */
const frontDoors = [
  /^electron\/(contract|store|store\/migrations)\/index\.ts$/,
  /^electron\/services\/[^/]+\/index\.ts$/,
  /^electron\/foundation\/pdf\/index\.ts$/,
  /^native\/[^/]+\/index\.ts$/,
  /^renderer\/features\/[^/]+\/index\.ts$/,
];
const longest = 400;

/** What ESLint cannot see: where index files stand, style sheets, and what is exempted from ESLint itself. */
export function checkFiles(root: string, files: readonly string[]): Finding[] {
  return files.flatMap((file) => [...barrels(file), ...styleSheet(root, file), ...exemptions(root, file)]);
}

function barrels(file: string): Finding[] {
  if (!/(^|\/)index\.[cm]?[jt]sx?$/.test(file) || file.startsWith('tests/fixtures/')) return [];
  if (frontDoors.some((door) => door.test(file))) return [];
  const message =
    'index.ts is the front door of a contract, store, domain, native unit, feature or the PDF reader. Name this file for what it holds and import it directly.';
  return [{ file, line: 1, rule: 'no-barrel', message }];
}

function styleSheet(root: string, file: string): Finding[] {
  if (!/\.(css|html|sql)$/.test(file) || file.startsWith('tests/fixtures/')) return [];
  const text = textOf(root, file);
  if (text === undefined) return [];
  const lines = text.replace(/\n$/, '').split('\n');
  const findings: Finding[] = [];
  if (lines.length > longest) {
    findings.push({ file, line: longest + 1, rule: 'max-lines', message: `${lines.length} lines; ${longest} are allowed. Divide it by subject.` });
  }
  if (!file.startsWith('renderer/') || file.startsWith('renderer/foundations/')) return findings;
  // Comments may name a colour; they are blanked, so that line numbers stay.
  const code = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).split('\n');
  for (const [index, content] of code.entries()) {
    const found = colourIn(content) ?? pixelFontIn(content);
    if (found === undefined) continue;
    findings.push({
      file,
      line: index + 1,
      rule: 'no-colour-outside-foundations',
      message: `${found} is a colour or type size of its own. Add or take a token of renderer/foundations.`,
    });
  }
  return findings;
}

const exemption = /(?:\/\/|\/\*)\s*(?:es|ox)lint-disable(?:-next-line|-line)?\b([^\n]*?)(?:\*\/|$)/;

/** An exemption names its rule and its reason; from the length of a file there is none. */
function exemptions(root: string, file: string): Finding[] {
  if (!/\.[cm]?[jt]sx?$/.test(file) || file.startsWith('tests/fixtures/')) return [];
  return (textOf(root, file) ?? '').split('\n').flatMap((content, index) => {
    const found = exemption.exec(content);
    if (found === null) return [];
    const [rules = '', why = ''] = (found[1] ?? '').split(/\s--\s/);
    const message = /\bmax-lines\b/.test(rules)
      ? 'no file is exempt from 400 lines: divide it by subject'
      : 'name the rule and say why: eslint-disable-next-line <rule> -- <reason>';
    const isSound = rules.trim() !== '' && why.trim() !== '' && !/\bmax-lines\b/.test(rules);
    return isSound ? [] : [{ file, line: index + 1, rule: 'exemption', message }];
  });
}

if (import.meta.main) conclude(checkFiles(process.cwd(), projectFiles(process.cwd())));
