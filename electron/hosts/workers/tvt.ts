import { runTvt } from '../cli/run.ts';
import { startHelpersBy } from '../processes/helper-process.ts';
import { helpersOfShell } from '../shell/helper-line.ts';
import { starterLine } from '../processes/starter-line.ts';

/**
 * The terminal host inside the installed program. Its main process starts it with the version and the words of the call, and
 * starts what a command needs beside it; stdout, stderr and the exit code are those of the call.
 */
const line = starterLine();
if (line === undefined) throw new Error('tvt of the installed program is started by its main process');
const helpers = helpersOfShell(line.post);
line.onMessage((message) => {
  helpers.heard(message);
});
line.onGone(() => process.exit(0));
startHelpersBy(helpers.start);

const [version = '', ...words] = process.argv.slice(2);
const code = await runTvt(words, version);
// A pipe may not have taken everything yet, and nothing else would end this process.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
process.exit(code);
