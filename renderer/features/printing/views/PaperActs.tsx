import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { Mail16Regular, Print16Regular } from '@fluentui/react-icons';
import type { OutgoingDetail } from '#contract';
import { useBarrier } from '../../../bridge/session.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { addresseesOf } from '../addressees.ts';
import { DispatchNoteDialog } from './DispatchNoteDialog.tsx';
import { EnvelopeDialog } from './EnvelopeDialog.tsx';

export type PaperActsProps = { readonly document: OutgoingDetail; readonly current: boolean };

/** What a document of ours needs that goes on paper: its envelopes and the note that comes back signed. */
export function PaperActs({ document, current }: PaperActsProps): ReactNode {
  const t = useWords();
  const [asked, setAsked] = useState<'envelope' | 'note' | null>(null);
  const barred = useBarrier('printing', 'makeEnvelopes') !== undefined;
  if (barred) return null;
  const given = {
    document: document.id,
    addressees: addresseesOf(document),
    onClose: () => {
      setAsked(null);
    },
  };
  return (
    <>
      <Button
        size="small"
        appearance="subtle"
        icon={<Mail16Regular />}
        disabledFocusable={!current}
        onClick={() => {
          if (current) setAsked('envelope');
        }}
      >
        {t('document.envelope')}
      </Button>
      <Button
        size="small"
        appearance="subtle"
        icon={<Print16Regular />}
        disabledFocusable={!current}
        onClick={() => {
          if (current) setAsked('note');
        }}
      >
        {t('document.note')}
      </Button>
      {asked === 'envelope' && <EnvelopeDialog {...given} />}
      {asked === 'note' && <DispatchNoteDialog {...given} />}
    </>
  );
}
