import { useState, type ReactNode } from 'react';
import type { AccessRule, DossierDetail } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { AccessDialog } from './AccessDialog.tsx';

export type MemberAccessProps = { readonly dossier: DossierDetail; readonly member: { readonly id: string; readonly name: string }; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** Who may read one document of a dossier, and the way to change that. */
export function MemberAccess({ dossier, member, onClose, onDone }: MemberAccessProps): ReactNode {
  const t = useWords();
  const access = useAsk('dossiers', 'access', { dossier: dossier.id, member: member.id }, { fresh: true });
  // The rule that was shown stays: what is asked anew must not take away what is typed.
  const [rule, setRule] = useState<AccessRule>();
  if (rule === undefined && access.data !== undefined && !access.isFetching) setRule(access.data.rule);
  if (rule === undefined) {
    return (
      <ModalDialog open title={t('dossiers.access.memberTitle', { name: member.name, code: dossier.notation })} closeLabel={t('common.close')} onClose={onClose}>
        {access.isError ? <Notice tone="attention">{failureWords(t, failureOf(access.error), 'dossiers')}</Notice> : <Waiting label={t('common.loading')} />}
      </ModalDialog>
    );
  }
  return <AccessDialog dossier={dossier} member={member} rule={rule} onClose={onClose} onDone={onDone} />;
}
