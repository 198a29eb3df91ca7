import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Checkbox, Field, Input, makeStyles, Radio, RadioGroup, Select, tokens } from '@fluentui/react-components';
import { PurposeCode, type DocumentCopyKind, type DossierDetail, type NotCopiedFile, type DocumentCopy } from '#contract';
import { refreshCopies } from '../../../bridge/handover-cache.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { calendarDay, dayFromTyped, isDay, today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { DayField } from '../../../ui/DayField.tsx';

const useStyles = makeStyles({
  pair: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '10px', '& > *': { flexGrow: 1, flexBasis: '180px' } },
  list: { maxHeight: '150px', overflowY: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '2px 8px', display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** As many as one order takes. */
const mostListed = 200;

export type CopyDialogProps = {
  readonly dossier: DossierDetail;
  /** members that are chosen from the beginning */
  readonly chosen: readonly string[];
  readonly onMade: (made: { readonly copy: DocumentCopy | null; readonly refused: readonly NotCopiedFile[] }) => void;
  readonly onClose: () => void;
};

/** Who is given copies of which documents, what for and of which kind (TT 05/2025/TT-BNV art. 38, 40, 41). */
export function CopyDialog({ dossier, chosen: first, onMade, onClose }: CopyDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const make = useCommand('copies', 'make');
  const members = useAsk('dossiers', 'members', { dossier: dossier.id, after: 0, limit: mostListed });
  const rules = useAsk('copies', 'rules', {});
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(first));
  const [kind, setKind] = useState<DocumentCopyKind>('plain');
  const [purpose, setPurpose] = useState<(typeof PurposeCode.options)[number]>('02');
  const [typed, setTyped] = useState({ recipient: '', recipientId: '', requestId: '', requestDay: '', content: '', approvedOn: calendarDay(today()), approver: '' });
  const type = (part: Partial<typeof typed>): void => { setTyped((before) => ({ ...before, ...part })); };
  const conditional = dossier.fields.useMode === 'conditional';
  const readable = (members.data?.items ?? []).filter(({ hidden, files }) => !hidden && files.length > 0);
  const blocked = typed.recipient.trim() === '' || typed.content.trim() === '' || !isDay(typed.approvedOn) || (typed.requestDay !== '' && !isDay(typed.requestDay)) || chosen.size === 0 || (conditional && typed.approver.trim() === '');
  const confirm = (): void => {
    if (blocked) return;
    const request = { id: typed.requestId.trim(), day: isDay(typed.requestDay) ? dayFromTyped(typed.requestDay) : null, purpose, content: typed.content.trim() };
    const order = { dossier: dossier.id, members: [...chosen], kind, recipient: { name: typed.recipient.trim(), id: typed.recipientId.trim() }, request, approvedOn: dayFromTyped(typed.approvedOn), approver: typed.approver.trim() };
    void make.run(order).then(async (outcome) => {
      if (!outcome.ok) return;
      await refreshCopies(cache);
      onMade(outcome.value);
    });
  };
  const dayFault = (day: string): string | undefined => (day === '' || isDay(day) ? undefined : t('dossiers.fault.startDate'));
  return (
    <ActDialog open title={t('copies.title', { code: dossier.notation })} confirm={t(`copies.confirm.${kind}`)} pending={make.pending} blocked={blocked} failure={make.failure === undefined ? undefined : failureWords(t, make.failure)} onConfirm={confirm} onClose={onClose}>
      <p>{t('copies.meaning')}</p>
      {/* No field: it would give the boxes in it one name and one id. */}
      <div>
        <span aria-hidden="true">{t('copies.documents', { count: chosen.size })}</span>
        <div className={styles.list} role="group" aria-label={t('copies.documents', { count: chosen.size })} tabIndex={0}>
          {readable.map(({ id, codeNumber, codeNotation, issuedDate, subject }) => (
            <Checkbox
              key={id}
              label={[[codeNumber, codeNotation].filter((part) => part !== '').join('/'), issuedDate === null ? '' : calendarDay(issuedDate), subject].filter((part) => part !== '').join(' · ')}
              checked={chosen.has(id)}
              onChange={(_, { checked }) => {
                setChosen((before) => {
                  const after = new Set(before);
                  if (checked === true) after.add(id);
                  else after.delete(id);
                  return after;
                });
              }}
            />
          ))}
          {dossier.members > mostListed && <span className={styles.quiet}>{t('copies.tooMany', { count: mostListed })}</span>}
        </div>
      </div>
      <Field label={t('copies.kind')}>
        <RadioGroup value={kind} onChange={(_, { value }) => { setKind(value === 'certified' ? 'certified' : 'plain'); }}>
          <Radio value="plain" label={t('copies.kind.plain')} />
          <Radio value="certified" label={t('copies.kind.certified')} />
        </RadioGroup>
      </Field>
      <div className={styles.pair}>
        <Field label={t('holdings.use.recipient')} required>
          <Input name="recipient" data-first value={typed.recipient} maxLength={200} onChange={(_, { value }) => { type({ recipient: value }); }} />
        </Field>
        <Field label={t('holdings.use.recipientId')}>
          <Input name="recipientId" value={typed.recipientId} maxLength={60} spellCheck={false} autoComplete="off" onChange={(_, { value }) => { type({ recipientId: value }); }} />
        </Field>
      </div>
      <div className={styles.pair}>
        <Field label={t('packing.field.purpose')}>
          <Select name="purpose" value={purpose} onChange={(_, { value }) => { setPurpose(PurposeCode.parse(value)); }}>
            {PurposeCode.options.map((code) => (
              <option key={code} value={code}>
                {t(`packing.purpose.${code}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('packing.field.purposeContent')} required>
          <Input name="purposeContent" value={typed.content} maxLength={500} onChange={(_, { value }) => { type({ content: value }); }} />
        </Field>
      </div>
      <div className={styles.pair}>
        <Field label={t('packing.field.requestId')}>
          <Input name="requestId" value={typed.requestId} maxLength={100} onChange={(_, { value }) => { type({ requestId: value }); }} />
        </Field>
        <DayField name="requestDay" label={t('packing.field.requestDay')} value={typed.requestDay} fault={dayFault(typed.requestDay)} onChange={(value) => { type({ requestDay: value }); }} />
      </div>
      <div className={styles.pair}>
        <DayField name="approvedOn" label={t('copies.approvedOn')} required value={typed.approvedOn} fault={dayFault(typed.approvedOn)} onChange={(value) => { type({ approvedOn: value }); }} />
        <Field label={t('copies.approver')} required={conditional} hint={conditional ? t('copies.conditional') : null}>
          <Input name="approver" value={typed.approver} maxLength={200} onChange={(_, { value }) => { type({ approver: value }); }} />
        </Field>
      </div>
      {rules.data !== undefined && <span className={styles.quiet}>{t('copies.terms', { download: rules.data.downloadDays, remove: rules.data.removeDays })}</span>}
    </ActDialog>
  );
}
