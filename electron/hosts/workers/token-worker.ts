import { listTokens } from '../../../native/pkcs11/index.ts';

/**
 * The token process: loads the module named in its one argument, prints one JSON line and ends. Whoever starts it
 * sets a time limit and kills it when the module hangs.
 */
const modulePath = process.argv[2];
if (modulePath === undefined) process.exit(2);
process.stdout.write(`${JSON.stringify(listTokens(modulePath))}\n`, () => process.exit(0));
