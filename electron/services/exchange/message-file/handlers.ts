import { fail, ok, type Contract, type Handlers } from '#contract';
import { partsOf, waitingMessage } from '../../records/index.ts';
import { enterMessageFile } from './enter.ts';
import { readWaiting, shownMessage, type MessageFileDeps } from './message.ts';
import { takeMessage } from './take.ts';

/** The `messageFiles` methods of the contract: messages of the axis' form that come as a file. */
export function messageFileHandlers(deps: MessageFileDeps): Handlers<Contract>['messageFiles'] {
  const { store, opened } = deps;
  return {
    open: async ({ id }) => {
      const stored = await opened.store(id);
      return stored.ok ? takeMessage(deps, stored.value) : stored;
    },
    take: ({ file }) => takeMessage(deps, file),
    read: async ({ id }) => {
      const waiting = await readWaiting(store, id);
      return waiting.ok ? ok(shownMessage(deps, waiting.value)) : waiting;
    },
    verdicts: async ({ id }) => {
      if (waitingMessage(store.read, id) === undefined) return fail('file-not-waiting');
      return ok(await Promise.all(partsOf(store.read, id).map(deps.verdictOn)));
    },
    enter: ({ id }) => enterMessageFile(deps, id),
  };
}
