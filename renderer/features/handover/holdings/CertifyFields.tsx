import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Radio, RadioGroup, Select, tokens } from '@fluentui/react-components';
import { CertifyingArchive } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { SaveLink } from '../../files/index.ts';
import { FileButton } from '../../keeping/index.ts';
import { copiesOf, wishKey, wishOf, type CopyDraft } from './copy-draft.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '10px', borderLeft: `3px solid ${tokens.colorBrandStroke1}`, paddingLeft: '12px' },
  pair: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '10px', '& > *': { flexGrow: 1, flexBasis: '200px' } },
  acts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type CertifyFieldsProps = { readonly received: string; readonly draft: CopyDraft; readonly onChange: (part: Partial<CopyDraft>) => void };

/** Whether the copy is certified, and of a certified one the text: made, signed by the agency outside, brought back (TT 05/2025/TT-BNV art. 41.1, 42.2). */
export function CertifyFields({ received, draft, onChange }: CertifyFieldsProps): ReactNode {
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
          <TextSteps received={received} draft={draft} onChange={onChange} />
        </div>
      )}
    </>
  );
}

/** Make the text, save it, sign it with the agency's token, bring it back. */
function TextSteps({ received, draft, onChange }: CertifyFieldsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const make = useCommand('holdings', 'makeCertification');
  const staging = useStaging();
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
    if (outcome.ok) onChange({ text: { wish: wishKey(wish, draft), certification: outcome.value.certification, code: outcome.value.code, file: { id: outcome.value.file.id, name: outcome.value.file.name }, signed: null } });
  };
  const bring = async (files: readonly File[]): Promise<void> => {
    const [signed] = await staging.take(files.slice(0, 1));
    if (signed !== undefined && text !== null) onChange({ text: { ...text, signed } });
  };
  const failure = make.failure ?? staging.failure;
  return (
    <>
      {text !== null && current && (
        <Notice tone="info" live>
          {t('holdings.certify.made', { code: text.code })}
        </Notice>
      )}
      {text !== null && !current && <Notice tone="attention">{t('holdings.certify.outdated', { code: text.code })}</Notice>}
      <div className={styles.acts} ref={acts} tabIndex={-1}>
        {!current && (
          <Button size="small" disabledFocusable={make.pending} onClick={() => { void makeText(); }}>
            {t(text === null ? 'holdings.certify.make' : 'holdings.certify.again')}
          </Button>
        )}
        {text !== null && current && (
          <>
            <SaveLink id={text.file.id} name={text.file.name} words={t('holdings.certify.save')} />
            <FileButton small words={t('holdings.certify.pick')} accept=".pdf,application/pdf" onFiles={(files) => { void bring(files); }} />
            {staging.busy !== null && <span role="status">{t('stage.busy', { name: staging.busy })}</span>}
          </>
        )}
      </div>
      {text !== null && current && text.signed !== null && <Notice tone="good" live>{t('holdings.certify.signed', { name: text.signed.name })}</Notice>}
      {asked && wish === undefined && <Notice tone="attention">{t('holdings.certify.missing')}</Notice>}
      {text !== null && current && <span className={styles.quiet}>{t('holdings.certify.kept')}</span>}
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure)}
        </Notice>
      )}
    </>
  );
}
