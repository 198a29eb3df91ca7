import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Radio, RadioGroup, Select, tokens } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { CertifyingArchive, type Certification } from '#contract';
import { refreshHandover } from '../../../bridge/handover-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { CertificationActs } from './CertificationActs.tsx';
import { copiesOf, wishKey, wishOf, type CopyDraft } from './copy-draft.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '10px', borderLeft: `3px solid ${tokens.colorBrandStroke1}`, paddingLeft: '12px' },
  pair: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '10px', '& > *': { flexGrow: 1, flexBasis: '200px' } },
  acts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type CertifyFieldsProps = {
  readonly received: string;
  readonly draft: CopyDraft;
  /** the text that was made of the draft, or of one like it; null: none */
  readonly certification: Certification | null;
  readonly onChange: (part: Partial<CopyDraft>) => void;
  /** to the signing desk */
  readonly onSign: (id: string) => void;
};

/** Whether the copy is certified, and of a certified one the text: made, then signed by the agency (TT 05/2025/TT-BNV art. 41.1, 42.2). */
export function CertifyFields({ received, draft, certification, onChange, onSign }: CertifyFieldsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <>
      <Field label={t('holdings.use.kind')}>
        <RadioGroup value={draft.certified ? 'certified' : 'plain'} onChange={(_, { value }) => { onChange({ certified: value === 'certified' }); }}>
          <Radio value="plain" label={t('holdings.use.plain')} />
          <Radio value="certified" label={t('holdings.use.certified')} />
        </RadioGroup>
      </Field>
      {draft.certified && (
        <div className={styles.box}>
          <div className={styles.pair}>
            <Field label={t('holdings.certify.archive')}>
              <Select name="certifyingArchive" value={draft.archive} onChange={(_, { value }) => { onChange({ archive: CertifyingArchive.parse(value) }); }}>
                {CertifyingArchive.options.map((one) => (
                  <option key={one} value={one}>
                    {t(`holdings.certify.archive.${one}`)}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t('holdings.certify.copies')} required {...(copiesOf(draft) === undefined ? { validationState: 'error' as const, validationMessage: t('holdings.certify.copiesFault') } : {})}>
              <Input name="copies" value={draft.copies} maxLength={3} inputMode="numeric" onChange={(_, { value }) => { onChange({ copies: value }); }} />
            </Field>
          </div>
          <TextSteps received={received} draft={draft} certification={certification} onChange={onChange} onSign={onSign} />
        </div>
      )}
    </>
  );
}

/** Make the text; then it is signed, here or outside. */
function TextSteps({ received, draft, certification, onChange, onSign }: CertifyFieldsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const make = useCommand('holdings', 'makeCertification');
  const [asked, setAsked] = useState(false);
  const acts = useRef<HTMLDivElement>(null);
  const wish = wishOf(received, draft);
  const copies = copiesOf(draft);
  const { text } = draft;
  const current = text !== null && wish !== undefined && text.wish === wishKey(wish, draft);
  // The button that made the text goes with it, and the keys of the dialog must not go along.
  useEffect(() => {
    if (current && document.activeElement === document.body) acts.current?.focus();
  }, [current]);
  const makeText = async (): Promise<void> => {
    setAsked(true);
    if (wish === undefined || copies === undefined || make.pending) return;
    const outcome = await make.run({ ...wish, certification: { archive: draft.archive, copies } });
    if (!outcome.ok) return;
    await refreshHandover(cache);
    onChange({ text: { wish: wishKey(wish, draft), id: outcome.value.id } });
  };
  return (
    <>
      {certification !== null && current && (
        <Notice tone={certification.state === 'signed' ? 'good' : 'info'} live>
          {certification.signed === null ? t('holdings.certify.made', { code: certification.code }) : t('holdings.certify.signedBy', { by: certification.signed.by, at: momentOf(certification.signed.at) })}
        </Notice>
      )}
      {certification !== null && !current && <Notice tone="attention">{t('holdings.certify.outdated', { code: certification.code })}</Notice>}
      <div className={styles.acts} ref={acts} tabIndex={-1}>
        {!current && (
          <Button size="small" disabledFocusable={make.pending} onClick={() => { void makeText(); }}>
            {t(text === null ? 'holdings.certify.make' : 'holdings.certify.again')}
          </Button>
        )}
        {certification !== null && current && <CertificationActs certification={certification} onSign={onSign} />}
      </div>
      {asked && wish === undefined && <Notice tone="attention">{t('holdings.certify.missing')}</Notice>}
      {certification?.state === 'waiting' && current && <span className={styles.quiet}>{t('holdings.certify.kept')}</span>}
      {make.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, make.failure)}
        </Notice>
      )}
    </>
  );
}
