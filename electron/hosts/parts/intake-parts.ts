import type { Contract, Dispatcher, EventSources, Events, Handlers } from '#contract';
import { codesOfAgency, messageFileHandlers } from '../../services/exchange/index.ts';
import { intakeHandlers } from '../../services/records/index.ts';
import { openedFiles } from './opened-files.ts';
import type { VerificationParts } from './verification-parts.ts';

type Given = Omit<Parameters<typeof intakeHandlers>[0], 'codesOf'> & {
  readonly publish: Dispatcher['publish'];
  readonly verdictOn: VerificationParts['lookOnce'];
};

export type IntakeParts = {
  readonly handlers: Pick<Handlers<Contract>, 'intake' | 'messageFiles'>;
  readonly sources: Pick<EventSources<Events>, 'messageFiles'>;
  /** The system was asked to open this file with the program. */
  readonly openFile: (path: string) => void;
};

/** What comes otherwise than over the axis: files and paper, and messages of the axis' form in files. */
export function intakeParts({ publish, verdictOn, ...deps }: Given): IntakeParts {
  const opened = openedFiles(deps.store, (files) => {
    publish('messageFiles', 'opened', [...files]);
  });
  const intake = intakeHandlers({ ...deps, codesOf: codesOfAgency });
  const messageFiles = messageFileHandlers({
    ...deps,
    opened,
    verdictOn,
    isSecret: async ({ id }) => {
      const told = await intake.suggest({ file: id });
      return told.ok && told.value.secret !== null;
    },
  });
  return { handlers: { intake, messageFiles }, sources: { messageFiles: { opened: () => [...opened.list()] } }, openFile: opened.add };
}
