import { useState, type ReactNode } from 'react';
import { Button, Field, makeStyles, Radio, RadioGroup, Textarea, tokens } from '@fluentui/react-components';
import { Dismiss16Regular, PersonSearch20Regular } from '@fluentui/react-icons';
import { Role, type AccessName, type AccessRule, type Contract, type DossierDetail, type OutputOf } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { fold, foldedMatch } from '../../../i18n/fold.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { ComboboxList } from '../../../ui/ComboboxList.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useCombobox } from '../../../ui/use-combobox.ts';
import { PickerField } from '../../../ui/PickerField.tsx';
import { useDossierAct } from '../parts/use-dossier-act.ts';
import { ReaderList } from './ReaderList.tsx';

const useStyles = makeStyles({
  box: { position: 'relative' },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  two: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', gap: '12px' },
});

type Parties = OutputOf<Contract['handling']['parties']>;

export type AccessDialogProps = { readonly dossier: DossierDetail; /** one document of it; null: the dossier */ readonly member: { readonly id: string; readonly name: string } | null; readonly rule: AccessRule; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** Changes who may read, with who wins and who loses the right before it is done (NĐ 30/2020 annex VI part I III.3). */
export function AccessDialog({ dossier, member, rule, onClose, onDone }: AccessDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const command = useDossierAct('saveAccess');
  const parties = useAsk('handling', 'parties', {}).data;
  const [named, setNamed] = useState<readonly AccessName[] | null>(rule.named);
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const wanted: AccessRule = { named: named === null ? null : [...named] };
  const same = JSON.stringify(wanted) === JSON.stringify(rule);
  const preview = useAsk('dossiers', 'previewAccess', { dossier: dossier.id, member: member?.id ?? null, rule: wanted }, { enabled: !same, fresh: true });
  const query = fold(text.trim());
  const options = namesOf(t, parties).filter((one) => !(named ?? []).some((has) => keyOf(has) === one.key) && foldedMatch(fold(one.words), query)).slice(0, 12);
  const combobox = useCombobox({
    keys: options.map(({ key }) => key),
    empty: text === '',
    onPick: (index) => {
      const option = options[index];
      if (option === undefined) return;
      setNamed((before) => [...(before ?? []), option.name]);
      setText('');
    },
    ...(text === '' ? {} : { onClear: () => { setText(''); } }),
  });
  const words = new Map(namesOf(t, parties).map((one) => [one.key, one.words]));
  return (
    <ActDialog
      open
      title={member === null ? t('dossiers.access.title', { code: dossier.notation }) : t('dossiers.access.memberTitle', { name: member.name, code: dossier.notation })}
      confirm={t('dossiers.access.confirm')}
      pending={command.pending}
      blocked={same}
      failure={command.failure !== undefined ? failureWords(t, command.failure, 'dossiers') : preview.isError ? failureWords(t, failureOf(preview.error), 'dossiers') : undefined}
      onConfirm={() => {
        setTried(true);
        // What is asked for must stand before one's eyes, so an early key only tells what is missing.
        if (reason.trim() === '' || preview.data === undefined || preview.isFetching) return;
        void command.run({ dossier: dossier.id, member: member?.id ?? null, rule: wanted, reason: reason.trim(), seen: preview.data.seen }).then(async (changed) => {
          if (changed !== undefined) onDone(t(member === null ? 'dossiers.done.access' : 'dossiers.done.memberAccess'));
          else await preview.refetch();
        });
      }}
      onClose={onClose}
    >
      {member !== null && <p>{t('dossiers.access.memberMeaning')}</p>}
      <Field label={t('dossiers.access.who')}>
        <RadioGroup
          value={named === null ? 'office' : 'named'}
          onChange={(_, chosen) => {
            setNamed(chosen.value === 'office' ? null : (rule.named ?? []));
          }}
        >
          <Radio value="office" label={t(member === null ? 'dossiers.access.office' : 'dossiers.access.asDossier')} />
          <Radio value="named" label={t('dossiers.access.named')} />
        </RadioGroup>
      </Field>
      {named !== null && (
        <>
          <div className={styles.box}>
            <PickerField combobox={combobox} label={t('dossiers.access.add')} text={text} placeholder={t('dossiers.access.addHint')} icon={<PersonSearch20Regular aria-hidden="true" />} onText={setText} />
            <ComboboxList combobox={combobox} label={t('dossiers.access.add')} nothing={t('dossiers.access.nobody')} options={options.map(({ key, words: content }) => ({ key, content }))} />
          </div>
          <ul className={styles.list} aria-label={t('dossiers.access.chosen')}>
            {named.map((one) => (
              <li key={keyOf(one)} className={styles.row}>
                {words.get(keyOf(one)) ?? keyOf(one)}
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<Dismiss16Regular />}
                  aria-label={t('dossiers.access.drop', { name: words.get(keyOf(one)) ?? '' })}
                  onClick={() => {
                    setNamed(named.filter((other) => keyOf(other) !== keyOf(one)));
                  }}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {!same && preview.data !== undefined && (
        <>
          <Notice tone="attention" live>
            {t('dossiers.access.preview', { wins: preview.data.wins.length, loses: preview.data.loses.length, readers: preview.data.readers })}
          </Notice>
          <div className={styles.two}>
            <ReaderList label={t('dossiers.access.wins', { count: preview.data.wins.length })} readers={preview.data.wins} />
            <ReaderList label={t('dossiers.access.loses', { count: preview.data.loses.length })} readers={preview.data.loses} />
          </div>
        </>
      )}
      <Field label={t('handling.reason')} required {...(tried && reason.trim() === '' ? { validationState: 'error' as const, validationMessage: t('ask.reasonMissing') } : {})}>
        <Textarea name="reason" value={reason} maxLength={500} rows={2} onChange={(_, { value }) => { setReason(value); }} />
      </Field>
    </ActDialog>
  );
}

function keyOf(name: AccessName): string {
  return name.kind === 'role' ? `role ${name.role}` : `${name.kind} ${name.id}`;
}

function namesOf(t: Formatter, parties: Parties | undefined): readonly { readonly key: string; readonly words: string; readonly name: AccessName }[] {
  const names: { readonly words: string; readonly name: AccessName }[] = [
    ...(parties?.units ?? []).map(({ id, name }) => ({ words: name, name: { kind: 'unit' as const, id } })),
    ...(parties?.persons ?? []).map(({ id, name, position, unitName }) => ({ words: [name, position, unitName].filter((part) => part !== '').join(', '), name: { kind: 'person' as const, id } })),
    ...Role.options.map((role) => ({ words: t('dossiers.access.role', { role: t(`role.${role}`) }), name: { kind: 'role' as const, role } })),
  ];
  return names.map((one) => ({ ...one, key: keyOf(one.name) }));
}
