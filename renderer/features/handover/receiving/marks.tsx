import type { ReactNode } from 'react';
import { ArrowUndo16Regular, Checkmark16Regular, CheckmarkCircle16Regular, CopySelect20Regular, DismissCircle16Regular, QuestionCircle16Regular } from '@fluentui/react-icons';
import type { HandoverAspect, HandoverDecision, ReceivedPackage } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';

/** đạt / không đạt, and whether it came twice or is held already. */
export function PassedMark({ passed, duplicate = 'none' }: { readonly passed: boolean; readonly duplicate?: ReceivedPackage['duplicate'] }): ReactNode {
  const t = useWords();
  if (passed && duplicate !== 'none') return <DuplicateMark duplicate={duplicate} />;
  return passed ? <StateMark tone="good" icon={<CheckmarkCircle16Regular aria-hidden="true" />}>{t('handover.passed')}</StateMark> : <StateMark tone="danger" icon={<DismissCircle16Regular aria-hidden="true" />}>{t('handover.failed')}</StateMark>;
}

/** trùng lặp: whether it came twice, or something like it is held. */
export function DuplicateMark({ duplicate }: Pick<ReceivedPackage, 'duplicate'>): ReactNode {
  const t = useWords();
  return duplicate === 'none' ? <StateMark tone="good" icon={<CheckmarkCircle16Regular aria-hidden="true" />}>{t('handover.duplicate.none')}</StateMark> : <StateMark tone="attention" icon={<CopySelect20Regular aria-hidden="true" />}>{t(`handover.duplicate.${duplicate}`)}</StateMark>;
}

/** What was decided of it. */
export function DecisionMark({ decision }: { readonly decision: HandoverDecision | null }): ReactNode {
  const t = useWords();
  if (decision === null) return <StateMark tone="neutral" icon={<QuestionCircle16Regular aria-hidden="true" />}>{t('handover.answer.none')}</StateMark>;
  return decision === 'accepted' ? <StateMark tone="good" icon={<Checkmark16Regular aria-hidden="true" />}>{t('handover.answer.accepted')}</StateMark> : <StateMark tone="attention" icon={<ArrowUndo16Regular aria-hidden="true" />}>{t('handover.answer.refused')}</StateMark>;
}

/** xác thực, toàn vẹn, khả dụng: passed, failed, or nothing that says yes or no. */
export function AspectMark({ aspect, words }: { readonly aspect: HandoverAspect; readonly words: string }): ReactNode {
  const t = useWords();
  const said = t('handover.aspectOf', { aspect: words, result: t(`handover.aspect.${aspect}`) });
  if (aspect === 'passed') return <StateMark tone="good" icon={<CheckmarkCircle16Regular aria-hidden="true" />}>{said}</StateMark>;
  return aspect === 'failed' ? <StateMark tone="danger" icon={<DismissCircle16Regular aria-hidden="true" />}>{said}</StateMark> : <StateMark tone="attention" icon={<QuestionCircle16Regular aria-hidden="true" />}>{said}</StateMark>;
}
