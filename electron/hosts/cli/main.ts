import { readFileSync } from 'node:fs';
import { runTvt } from './run.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
process.exitCode = await runTvt(process.argv.slice(2), version);
