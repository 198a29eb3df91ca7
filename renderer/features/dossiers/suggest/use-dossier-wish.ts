import { useState } from 'react';
import type { Contract, DossierSuggestion, InputOf } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { usePutInto, type DocumentKindId } from './use-put-into.ts';

export type DossierWish = {
  /** best first; empty where nothing is suggested, or who is at the desk may not put documents into dossiers */
  readonly suggestions: readonly DossierSuggestion[];
  readonly chosen: DossierSuggestion | null;
  readonly choose: (suggestion: DossierSuggestion | null) => void;
  /** Takes the best one, or none again. */
  readonly toggle: () => void;
  /** Once the document is in the register: puts it where it was wished to be; answers what to say of that, '' for nothing. */
  readonly after: (document: DocumentKindId) => Promise<string>;
};

/** A dossier for a document that is about to be registered: chosen before, done with the registration. Nothing is chosen by itself. */
export function useDossierWish(question: InputOf<Contract['dossiers']['suggest']> | null): DossierWish {
  const t = useWords();
  const put = usePutInto();
  const barred = useBarrier('dossiers', 'addDocuments') !== undefined;
  const barredOpen = useBarrier('dossiers', 'open') !== undefined;
  const [chosen, setChosen] = useState<DossierSuggestion | null>(null);
  const asked = useAsk('dossiers', 'suggest', question ?? { document: '' }, { enabled: question !== null && !barred, keepFormer: true });
  const suggestions = question === null || barred ? [] : (asked.data ?? []).filter(({ dossier }) => dossier !== null || !barredOpen);
  return {
    suggestions,
    chosen,
    choose: setChosen,
    toggle: () => {
      setChosen(chosen === null ? (suggestions[0] ?? null) : null);
    },
    async after(document) {
      if (chosen === null) return '';
      const said = await put.tryPut([document], chosen);
      return said === null ? t('dossiers.put.done', { code: chosen.notation, title: chosen.title }) : t('dossiers.wish.failed', { code: chosen.notation, why: failureWords(t, said, 'dossiers') });
    },
  };
}
