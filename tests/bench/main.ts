import { backup } from './backup.ts';
import { directory } from './directory.ts';
import { dossiers } from './dossiers.ts';
import { dossierDesk } from './dossier-desk.ts';
import { exchange } from './exchange.ts';
import { machine, table, type Figure } from './figures.ts';
import { records } from './records.ts';
import { signing } from './signing.ts';
import { sipcheck } from './sipcheck.ts';
import { skeleton } from './skeleton.ts';
import { trust } from './trust.ts';
import { verification } from './verification.ts';

const suites: Readonly<Record<string, () => Promise<readonly Figure[]>>> = { skeleton, exchange, directory, records, trust, signing, verification, dossiers, 'dossier-desk': dossierDesk, sipcheck, backup };

/** `npm run bench -- [suite …] [--json]`: exit 0 whatever is met; 2 for a suite that does not exist. */
const words = process.argv.slice(2);
const asked = words.filter((word) => !word.startsWith('--'));
for (const name of asked.length === 0 ? Object.keys(suites) : asked) {
  const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;
  if (suite === undefined) {
    process.stderr.write(`no suite "${name}"; there are: ${Object.keys(suites).join(', ')}\n`);
    process.exit(2);
  }
  const figures = await suite();
  if (words.includes('--json')) process.stdout.write(`${JSON.stringify({ suite: name, machine: machine(), figures })}\n`);
  else process.stdout.write(`${name} on ${machine()}\n${table(figures)}\n`);
}
process.exit(0);
