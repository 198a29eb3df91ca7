import { startCore } from '../../../electron/hosts/compose.ts';
import { quietCore } from '../station/day.ts';

// An import in a process of its own, to be killed.
const [folder = '', keyHex = '', from = ''] = process.argv.slice(2);
const core = await startCore({ ...quietCore({ folder, keyHex }), practice: 'as-stored' });
process.stdout.write('begins\n');
await core.transfer.importFrom(from, true, () => undefined);
await core.close();
