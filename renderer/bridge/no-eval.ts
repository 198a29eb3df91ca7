import { config } from 'zod';

// Imported before the contract: its schemas decide at construction whether to try `new Function`, which the page's
// policy forbids and would report.
config({ jitless: true });
