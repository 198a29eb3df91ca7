import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Checkbox, Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import type { Certification, HandoverRun, MadePackage } from '#contract';
import { refreshHandover } from '../../../bridge/handover-cache.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { DayField } from '../../../ui/DayField.tsx';
import { DriveField, RequestFields, RunLine } from '../../packages/index.ts';
import { goToSigning } from '../../signing/index.ts';
import { CertifyFields } from './CertifyFields.tsx';
import { draftFor, untilOf, wishKey, wishOf, type CopyDraft } from './copy-draft.ts';

const useStyles = makeStyles({
  pair: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '10px', '& > *': { flexGrow: 1, flexBasis: '200px' } },
  list: { maxHeight: '180px', overflowY: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '2px 8px', display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** More than a person picks from. */
const mostListed = 500;

export type UseCopyDialogProps = { readonly held: { readonly id: string; readonly documents: number }; readonly code: string; readonly running: HandoverRun | null; /** the text that the copy was asked for with, and is signed by now; null: a new copy */ readonly given: Certification | null; readonly onMade: (made: MadePackage) => void; readonly onClose: () => void };

/** Who is given a use copy of an archived package, what for, of which documents, certified or not, and where it is put (TT 05/2025/TT-BNV art. 40–42, Phụ lục V). */
export function UseCopyDialog({ held, code, running, given, onMade, onClose }: UseCopyDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const make = useCommand('holdings', 'makeUseCopy');
  const documents = useAsk('holdings', 'documents', { package: held.id, after: 0, limit: mostListed });
  const [draft, setDraft] = useState(() => draftFor(held.id, given));
  const certifications = useAsk('holdings', 'certifications', { package: held.id });
  const change = (part: Partial<CopyDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const wish = wishOf(held.id, draft);
  const { text } = draft;
  const certification = certifications.data?.find(({ id }) => id === text?.id) ?? null;
  const isSigned = wish !== undefined && text?.wish === wishKey(wish, draft) && certification?.state === 'signed';
  const blocked = wish === undefined || (draft.certified && !isSigned);
  const confirm = (): void => {
    if (wish === undefined) return;
    void make.run({ ...wish, certification: draft.certified && isSigned ? certification.id : null, output: draft.output, drive: draft.drive }).then(async (outcome) => {
      await refreshHandover(cache);
      if (!outcome.ok) return;
      onMade(outcome.value.made);
    });
  };
  return (
    <ActDialog open title={t('holdings.use.title', { code })} confirm={t('holdings.use.confirm')} pending={make.pending} blocked={blocked} failure={make.failure === undefined ? undefined : failureWords(t, make.failure)} onConfirm={confirm} onClose={onClose}>
      <p>{t('holdings.use.meaning')}</p>
      <div className={styles.pair}>
        <Field label={t('holdings.use.recipient')} required>
          <Input name="recipient" data-first value={draft.recipient} maxLength={200} onChange={(_, { value }) => { change({ recipient: value }); }} />
        </Field>
        <Field label={t('holdings.use.recipientId')} required={draft.certified}>
          <Input name="recipientId" value={draft.recipientId} maxLength={60} spellCheck={false} autoComplete="off" onChange={(_, { value }) => { change({ recipientId: value }); }} />
        </Field>
      </div>
      <RequestFields draft={draft} onChange={change} why />
      <DayField name="validUntil" label={t('holdings.use.validUntil')} value={draft.validUntil} fault={untilOf(draft) === undefined ? t('holdings.use.validFault') : undefined} onChange={(value) => { change({ validUntil: value }); }} />
      <Field label={t('holdings.use.what')}>
        <RadioGroup value={draft.whole ? 'whole' : 'some'} onChange={(_, { value }) => { change({ whole: value === 'whole' }); }}>
          <Radio value="whole" label={t('holdings.use.all', { count: held.documents })} />
          <Radio value="some" label={t('holdings.use.some', { count: draft.chosen.size })} />
        </RadioGroup>
      </Field>
      {!draft.whole && (
        <div className={styles.list} role="group" aria-label={t('holdings.use.what')} tabIndex={0}>
          {(documents.data ?? []).map(({ docCode, codeNumber, codeNotation, issuedDate, subject }) => (
            <Checkbox
              key={docCode}
              label={[[codeNumber, codeNotation].filter((part) => part !== '').join('/'), issuedDate, subject].filter((part) => part !== '').join(' · ')}
              checked={draft.chosen.has(docCode)}
              onChange={(_, { checked }) => {
                const chosen = new Set(draft.chosen);
                if (checked === true) chosen.add(docCode);
                else chosen.delete(docCode);
                change({ chosen });
              }}
            />
          ))}
          {held.documents > mostListed && <span className={styles.quiet}>{t('holdings.use.tooMany', { count: mostListed })}</span>}
        </div>
      )}
      <CertifyFields received={held.id} draft={draft} certification={certification} onChange={change} onSign={(id) => { goToSigning('agency', [id]); }} />
      <Field label={t('holdings.use.output')}>
        <RadioGroup layout="horizontal" value={draft.output} onChange={(_, { value }) => { change({ output: value === 'folder' ? 'folder' : 'zip' }); }}>
          <Radio value="zip" label={t('packing.output.zip')} />
          <Radio value="folder" label={t('packing.output.folder')} />
        </RadioGroup>
      </Field>
      <DriveField label={t('packing.where')} chosen={draft.drive} onChoose={(drive) => { change({ drive }); }} />
      {running !== null && <RunLine run={running} />}
    </ActDialog>
  );
}
