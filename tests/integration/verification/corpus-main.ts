import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testPki } from '../../fakes/pki/pki.ts';
import { judgeCorpus } from './corpus-table.ts';

const { document, wrong } = await judgeCorpus(await testPki());
writeFileSync(join(import.meta.dirname, '../../../docs/verification-corpus.md'), document);
process.stdout.write(wrong.map((line) => `${line}\n`).join(''));
