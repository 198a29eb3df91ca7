import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, type Json } from '../../electron/foundation/canonical-json.ts';
import { concluded, packagedBatch, takenIn } from '../fakes/handover/hand-over.ts';
import { giver, openProfile, taker, type Profile } from '../fakes/handover/profile.ts';
import { makeYear } from '../fakes/handover/year.ts';
import { broken, rules, treeOf } from '../integration/packages/csip-judge.ts';
import { filesBelow, hasStandards, metsSums, schemaComplaints, sumComplaints, zipComplaints } from '../integration/packages/judges.ts';
import type { SoakOptions, SoakReport } from './world.ts';

export type YearOptions = { readonly documents: number; readonly dossiers: number; readonly seed: number; /** kept for eyes; else all is taken away */ readonly keep?: string; readonly say: (line: string) => void };

/** Where the circular says otherwise than CSIP 2.0.4, on which it builds, and rules that paths alone cannot tell (`csip-rules.test.ts`). */
const otherwise = new Set(['CSIP114', 'CSIP103', 'CSIP88', 'CSIP90', 'CSIP12', 'CSIP13', 'CSIP15', 'CSIP16', 'CSIP107', 'CSIP108', 'CSIP109', 'CSIP110', 'CSIP111', 'CSIP112']);

type Judged = { readonly asked: ReadonlySet<string>; readonly complaining: ReadonlySet<string>; readonly found: readonly string[] };

/** What judges of others have against a package in a ZIP, and which were asked. */
function complaints(zip: string, scratch: string): Judged {
  const found: string[] = [];
  const asked = new Set<string>();
  const complaining = new Set<string>();
  const say = (judge: string, what: string, rule = ''): void => {
    asked.add(judge);
    if (what === '') return;
    complaining.add(judge);
    found.push(`${judge}${rule}: ${what.slice(0, 300)}`);
  };
  say('unzip -t', zipComplaints(zip));
  mkdirSync(scratch);
  execFileSync('unzip', ['-q', zip, '-d', scratch]);
  const folder = join(scratch, readdirSync(scratch)[0] ?? '');
  const representation = join(folder, 'representations/rep1');
  const root = metsSums(join(folder, 'METS.xml'));
  const inner = metsSums(join(representation, 'METS.xml'));
  say('sha256sum -c', sumComplaints(folder, root));
  say('sha256sum -c', sumComplaints(representation, inner));
  const named = [...root.split('\n').map((line) => line.slice(66)), ...inner.split('\n').map((line) => (line === '' ? '' : `representations/rep1/${line.slice(66)}`)), 'METS.xml'].filter((path) => path !== '').sort();
  say('files named and there', named.join('\n') === filesBelow(folder).join('\n') ? '' : 'the METS name others than there are');
  for (const [path, schema] of [['metadata/descriptive/EAD.xml', 'EAD.xsd'], ...readdirSync(join(representation, 'metadata/descriptive')).map((name) => [`representations/rep1/metadata/descriptive/${name}`, `${name.slice(0, name.indexOf('_', 4))}.xsd`] as const)] as const) {
    say('xmllint, schemas in the package', ownSchemaComplaints(join(folder, path), join(folder, 'schemas', schema)), ` ${schema}`);
  }
  if (hasStandards) {
    const must = rules('2_0_4').filter(({ must: isMust, id, spec }) => isMust && spec === 'CSIP' && !otherwise.has(id));
    for (const [path, isRoot] of [[join(folder, 'METS.xml'), true], [join(representation, 'METS.xml'), false]] as const) {
      say('xmllint, official METS', schemaComplaints(path));
      const tree = treeOf(path);
      for (const rule of must) say('CSIP 2.0.4, MUST rules', broken(rule, tree, { documentation: isRoot, schemas: isRoot, isRoot }) ?? '', ` ${rule.id}`);
    }
  }
  for (const path of filesBelow(folder).filter((one) => one.endsWith('.pdf')).slice(0, 1)) say('qpdf --check, one PDF', pdfComplaints(join(folder, path)));
  rmSync(scratch, { recursive: true });
  return { asked, complaining, found };
}

function ownSchemaComplaints(path: string, schema: string): string {
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, path], { stdio: ['ignore', 'ignore', 'pipe'] });
    return '';
  } catch (error) {
    return String((error as { stderr?: Buffer }).stderr ?? error);
  }
}

function pdfComplaints(path: string): string {
  try {
    execFileSync('qpdf', ['--check', path], { stdio: ['ignore', 'pipe', 'pipe'] });
    return '';
  } catch (error) {
    return String((error as { stderr?: Buffer }).stderr ?? error);
  }
}

/** Prints minutes and lists of both sides into a folder for eyes. */
async function papers(from: Profile, to: Profile, batch: string, receipt: string, into: string): Promise<number> {
  mkdirSync(into, { recursive: true });
  const put = async (profile: Profile, name: string, id: string): Promise<void> => {
    writeFileSync(join(into, name), await profile.file(id));
  };
  for (const retention of ['permanent', 'years'] as const) {
    await put(from, `muc-luc-${retention}.pdf`, (await from.must('handover', 'makeList', { id: batch, retention, format: 'pdf' })).id);
    await put(from, `muc-luc-${retention}.xlsx`, (await from.must('handover', 'makeList', { id: batch, retention, format: 'xlsx' })).id);
  }
  await put(from, 'bien-ban-ben-giao.pdf', (await from.must('handover', 'makeMinutes', { id: batch, format: 'pdf' })).id);
  await put(to, 'bien-ban-ben-nhan.pdf', (await to.must('handover', 'makeReceiptMinutes', { id: receipt, format: 'pdf' })).id);
  return readdirSync(into).length;
}

/**
 * A year of generated work goes from one profile to another: made, checked, packaged, judged by others, received, decided, held,
 * answered. Both sides' minutes must be the same, and what is held what was given, byte for byte.
 */
export async function handOverYear({ documents, dossiers, seed, keep, say }: YearOptions): Promise<{ readonly figures: Readonly<Record<string, number | string>>; readonly found: readonly string[] }> {
  const root = mkdtempSync(join(tmpdir(), 'tvt-handover-'));
  const found: string[] = [];
  const figures: Record<string, number | string> = {};
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const value = await work();
    figures[`${name}, s`] = Math.round((performance.now() - started) / 100) / 10;
    say(`${name}: ${String(figures[`${name}, s`])} s`);
    return value;
  };
  const from = await openProfile(join(root, 'giver'), giver);
  const to = await openProfile(join(root, 'taker'), taker);
  try {
    const year = await timed('a year of work', () => makeYear(from, { documents, dossiers, seed }));
    const folder = join(root, 'packages');
    const packaged = await timed('check and package', () => packagedBatch(from, year.dossiers, folder));
    const zips = readdirSync(folder).filter((name) => name.endsWith('.zip'));
    if (zips.length !== dossiers || readdirSync(folder).length !== dossiers) found.push(`${String(zips.length)} packages of ${String(dossiers)}`);
    const passed = new Map<string, number>();
    await timed('judges', async () => {
      for (const [index, name] of zips.entries()) {
        const judged = complaints(join(folder, name), join(root, `judged-${String(index)}`));
        for (const judge of judged.asked) passed.set(judge, (passed.get(judge) ?? 0) + Number(!judged.complaining.has(judge)));
        for (const what of judged.found) found.push(`${name}: ${what}`);
        await new Promise(setImmediate);
      }
    });
    const handed = await from.must('handover', 'hand', { id: packaged.id, version: packaged.version, day: '2026-11-22' });
    const taken = await timed('receive', () => takenIn(to, folder, dossiers));
    const checked = await to.must('handover', 'packages', { receipt: taken.id, after: 0, limit: 1000 });
    passed.set('our own check, by the receiving side', checked.filter((one) => one.passed && one.reasons.length === 0).length);
    const { receipt, minutes } = await timed('decide and hold', () => concluded(to, taken));
    if (receipt.totals.accepted !== dossiers) found.push(`${String(receipt.totals.accepted)} dossiers accepted of ${String(dossiers)}`);
    const file = await from.store('bien-ban.json', 'application/json', minutes);
    const answered = await from.must('handover', 'importMinutes', { file });
    if (answered.state !== 'accepted') found.push(`the batch is ${answered.state}`);
    const own = await from.must('handover', 'makeMinutes', { id: answered.id, format: 'json' });
    const [mine, theirs] = [await from.file(own.id), minutes].map((bytes) => JSON.parse(bytes.toString('utf8')) as Record<string, Json>);
    for (const part of ['packages', 'totals', 'number', 'title', 'turn', 'sender', 'archive']) {
      if (canonicalJson(mine?.[part] ?? null) !== canonicalJson(theirs?.[part] ?? null)) found.push(`the minutes differ in ${part}`);
    }
    if (handed.totals.documents !== documents) found.push(`${String(handed.totals.documents)} documents handed of ${String(documents)}`);
    const held = await timed('compare what is held', () => compareHeld(from, to, receipt.id, year.dossiers, figures));
    found.push(...held);
    figures['papers'] = await timed('papers', () => papers(from, to, answered.id, receipt.id, keep ?? join(root, 'papers')));
    for (const profile of [from, to]) {
      const chain = await profile.must('audit', 'verify', {});
      if (chain.brokenAt !== null) found.push('the audit log does not hold');
    }
    for (const [judge, count] of passed) {
      figures[`passed: ${judge}`] = `${String(count)} of ${String(dossiers)}`;
      if (count !== dossiers) found.push(`${judge} passed ${String(count)} packages of ${String(dossiers)}`);
    }
    if (keep !== undefined) figures['papers lie in'] = keep;
    Object.assign(figures, { documents, dossiers, files: handed.totals.files, 'MB in packages': Math.round(handed.totals.bytes / 1e5) / 10 });
    return { figures, found };
  } finally {
    await from.core.close();
    await to.core.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** Every file of every dossier is held under its hash, in the same order, and the giving side knows that it was handed over. */
async function compareHeld(from: Profile, to: Profile, receipt: string, dossiers: readonly string[], figures: Record<string, number | string>): Promise<readonly string[]> {
  const found: string[] = [];
  let compared = 0;
  const packages = await to.must('handover', 'packages', { receipt, after: 0, limit: 1000 });
  const items = new Map(packages.map((one) => [one.fileCode, one]));
  for (const id of dossiers) {
    const given = await from.must('dossiers', 'get', { id });
    const one = items.get(`${giver.organId}.${String(given.catalog)}.${given.notation}`);
    if (given.handedOverAt === null) found.push(`${given.notation} is not marked as handed over`);
    if (one?.dossier === undefined || one.dossier === null) {
      found.push(`${given.notation} is not held`);
      continue;
    }
    const hashes = async (profile: Profile, dossier: string): Promise<readonly string[]> =>
      (await profile.must('dossiers', 'members', { dossier, after: 0, limit: 1000 })).items.flatMap(({ files }) => files.map(({ sha256 }) => sha256));
    const [gave, holds] = [await hashes(from, id), await hashes(to, one.dossier)];
    compared += gave.length;
    if (gave.join() !== holds.join()) found.push(`${given.notation} holds other files than were given`);
    const held = await to.must('dossiers', 'get', { id: one.dossier });
    if (held.title !== given.title || held.retention.kind !== given.retention.kind || held.retention.years !== given.retention.years) found.push(`${given.notation} is described otherwise`);
    if (held.state !== 'closed' || held.handedOverAt === null) found.push(`${given.notation} can be changed where it is held`);
  }
  figures['files compared'] = compared;
  return found;
}

/** `npm run soak -- handover`: 2 000 documents in 60 dossiers. Papers stay in `TVT_PAPERS` where that is named. */
export async function handoverSoak({ seed, sends, receipts, say }: SoakOptions): Promise<SoakReport> {
  const started = performance.now();
  const keep = process.env['TVT_PAPERS'];
  const { figures, found } = await handOverYear({ documents: sends, dossiers: receipts, seed, say, ...(keep === undefined ? {} : { keep }) });
  return { scenario: 'handover', seed, seconds: (performance.now() - started) / 1000, figures, found };
}
