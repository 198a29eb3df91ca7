import { table } from '/work/wt/conclude/tests/bench/figures.ts';
import { takingOver } from '/work/wt/conclude/tests/bench/taking-over.ts';
const loads = JSON.parse(process.argv[2] ?? 'null');
console.log(table(await (loads === null ? takingOver() : takingOver(loads))));
process.exit(0);
