import { takingOver } from './taking-over.ts';
console.log(await takingOver([{ packages: 2, documents: 3, bytes: 1024 }]));
process.exit(0);
