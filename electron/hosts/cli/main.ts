import manifest from '../../../package.json' with { type: 'json' };
import { runTvt } from './run.ts';

process.exitCode = await runTvt(process.argv.slice(2), manifest.version);
