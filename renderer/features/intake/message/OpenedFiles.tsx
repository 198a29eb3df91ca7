import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import type { OpenedFile } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { goTo } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';

type Refused = { readonly file: OpenedFile; readonly failure: AnyFailure };

/** Has each file that the system opened with the program read, and shows it among those that wait; says why where it can not. */
export function OpenedFiles(): ReactNode {
  const t = useWords();
  const cache = useQueryClient();
  const opened = useLatest('messageFiles', 'opened');
  const open = useCommand('messageFiles', 'open');
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  // One after another, each once; who may not is told once, and the file waits for who may.
  const tried = useRef(new Set<string>());
  const [busy, setBusy] = useState(false);

  const next = useEffectEvent(async (): Promise<void> => {
    if (busy) return;
    const file = opened?.find(({ id }) => !tried.current.has(id));
    if (file === undefined) return;
    setBusy(true);
    tried.current.add(file.id);
    const outcome = await open.run({ id: file.id });
    setBusy(false);
    if (outcome.ok) {
      await cache.invalidateQueries({ queryKey: methodKey('intake', 'files') });
      goTo('intake', { file: outcome.value.id });
    } else {
      setRefused((before) => [...before, { file, failure: outcome.failure }]);
    }
  });
  useEffect(() => {
    void next();
  }, [opened, busy]);

  const close = (): void => {
    setRefused([]);
  };
  return (
    <ModalDialog open={refused.length > 0} title={t('messageFile.notOpened', { count: refused.length })} closeLabel={t('messageFile.close')} onClose={close}>
      {refused.map(({ file, failure }) => (
        <p key={file.id}>{withName(file.name, failureWords(t, failure))}</p>
      ))}
    </ModalDialog>
  );
}

/** Most sentences name the file; a refusal because of who is at the desk does not. */
function withName(name: string, words: string): string {
  return words.includes(name) ? words : `${name}: ${words}`;
}
