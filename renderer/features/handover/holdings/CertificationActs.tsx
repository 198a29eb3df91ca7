import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { Signature16Regular } from '@fluentui/react-icons';
import type { Certification } from '#contract';
import { refreshHandover } from '../../../bridge/handover-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { SaveLink } from '../../files/index.ts';
import { FileButton } from '../../keeping/index.ts';
import { useMaySign } from '../../signing/index.ts';

/** What may be done with a text: signed here with the agency's token, or saved, signed outside and brought back. */
export function CertificationActs({ certification: { id, state, file }, onSign }: { readonly certification: Certification; readonly onSign: (id: string) => void }): ReactNode {
  const t = useWords();
  const cache = useQueryClient();
  const maySign = useMaySign('agency');
  const staging = useStaging();
  const bring = useCommand('holdings', 'bringCertification');
  const take = async (files: readonly File[]): Promise<void> => {
    const [signed] = await staging.take(files.slice(0, 1));
    if (signed === undefined || bring.pending) return;
    await bring.run({ id, signed });
    await refreshHandover(cache);
  };
  const failure = bring.failure ?? staging.failure;
  return (
    <>
      {state === 'waiting' && maySign && (
        <Button size="small" appearance="primary" icon={<Signature16Regular />} onClick={() => { onSign(id); }}>
          {t('holdings.certify.sign')}
        </Button>
      )}
      <SaveLink id={file.id} name={file.name} words={t('holdings.certify.save')} />
      {state === 'waiting' && <FileButton small words={t('holdings.certify.pick')} accept=".pdf,application/pdf" onFiles={(files) => { void take(files); }} />}
      {staging.busy !== null && <span role="status">{t('stage.busy', { name: staging.busy })}</span>}
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure)}
        </Notice>
      )}
    </>
  );
}
