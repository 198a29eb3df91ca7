import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import type { EnvelopeSender, InputOf, Contract } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import type { Addressee } from '../addressees.ts';
import { useMakeAndShow } from '../use-make-and-show.ts';

const useStyles = makeStyles({
  sender: { display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: '8px 12px', border: 'none', margin: 0, padding: 0, minInlineSize: 0, '& input': { minWidth: 0, width: '100%' } },
  legend: { padding: 0, marginBottom: '4px', fontWeight: tokens.fontWeightSemibold },
  wide: { gridColumn: '1 / -1' },
  list: { listStyle: 'none', margin: 0, padding: '2px', display: 'flex', flexDirection: 'column', gap: '6px', maxHeight: '32vh', overflowY: 'auto' },
  line: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) auto', gap: '6px', alignItems: 'center', '& input': { minWidth: 0, width: '100%' } },
  more: { marginTop: '6px' },
  fault: { color: tokens.colorStatusDangerForeground1 },
  hint: { color: tokens.colorNeutralForeground2 },
});

type Size = InputOf<Contract['printing']['makeEnvelopes']>['size'];
const sizes: readonly Size[] = ['C4', 'C5', 'DL'];
const parts = ['address', 'phone', 'fax', 'email', 'website'] as const;
const longest = { address: 200, phone: 50, fax: 50, email: 100, website: 100 } as const;

/** Envelopes that one pass makes; more are made in two. */
const most = 200;

/** With a key of its own, so that a line taken away does not move what is typed in the next. */
type Line = Addressee & { readonly key: number };

export type EnvelopeDialogProps = { readonly document: string; readonly addressees: readonly Addressee[]; readonly onClose: () => void };

/** Size, sender as on the last envelopes, and to whom, each with an address: then the envelopes are shown to be printed. */
export function EnvelopeDialog({ document, addressees, onClose }: EnvelopeDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const last = useAsk('printing', 'envelopeSender', {}, { fresh: true });
  const { make, pending, failure } = useMakeAndShow('makeEnvelopes');
  const [size, setSize] = useState<Size>('C5');
  const [typed, setTyped] = useState<Partial<EnvelopeSender>>({});
  const [lines, setLines] = useState<readonly Line[]>(() => (addressees.length === 0 ? [{ name: '', address: '' }] : addressees.slice(0, most)).map((one, key) => ({ ...one, key })));
  const [nextKey, setNextKey] = useState(most);
  const [tried, setTried] = useState(false);
  const to = lines.map(({ name, address }) => ({ name: name.trim(), address: address.trim() })).filter(({ name, address }) => name !== '' || address !== '');
  const nobody = to.length === 0 ? 'printing.envelope.nobody' : to.some(({ name }) => name === '') ? 'printing.envelope.nameless' : null;
  const change = (key: number, part: Partial<Addressee>): void => {
    setLines((before) => before.map((one) => (one.key === key ? { ...one, ...part } : one)));
  };
  return (
    <ActDialog
      open
      title={t('printing.envelope.title')}
      confirm={t('printing.envelope.make', { count: to.length })}
      pending={pending}
      blocked={last.data === undefined}
      failure={failure === undefined ? undefined : failureWords(t, failure)}
      onConfirm={() => {
        setTried(true);
        if (last.data !== undefined && nobody === null) void make({ outgoing: [document], size, from: { ...last.data, ...typed }, to });
      }}
      onClose={onClose}
    >
      <Field label={t('printing.envelope.size')}>
        <Select name="size" value={size} data-first onChange={(_, { value }) => { setSize(sizes.find((one) => one === value) ?? 'C5'); }}>
          {sizes.map((one) => (
            <option key={one} value={one}>
              {t(`printing.envelope.size.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <fieldset className={styles.sender}>
        <legend className={styles.legend}>{t('printing.envelope.from')}</legend>
        {parts.map((part) => (
          <Field key={part} label={t(`printing.envelope.${part}`)} {...(part === 'address' ? { className: styles.wide } : {})}>
            <Input
              name={part}
              value={typed[part] ?? last.data?.[part] ?? ''}
              maxLength={longest[part]}
              autoComplete="off"
              onChange={(_, { value }) => {
                setTyped((before) => ({ ...before, [part]: value }));
              }}
            />
          </Field>
        ))}
      </fieldset>
      <div>
        <div className={styles.legend}>{t('printing.envelope.to', { count: lines.length })}</div>
        <ul className={styles.list} aria-label={t('printing.envelope.to', { count: lines.length })}>
          {lines.map(({ key, name, address }, at) => (
            <li key={key} className={styles.line}>
              <Input
                value={name}
                maxLength={200}
                autoComplete="off"
                placeholder={t('printing.envelope.name')}
                aria-label={t('printing.envelope.nameOf', { nth: at + 1 })}
                aria-invalid={tried && name.trim() === '' && (address.trim() !== '' || to.length === 0)}
                onChange={(_, { value }) => {
                  change(key, { name: value });
                }}
              />
              <Input
                value={address}
                maxLength={300}
                autoComplete="off"
                placeholder={t('printing.envelope.toAddress')}
                aria-label={t('printing.envelope.toAddressOf', { nth: at + 1 })}
                onChange={(_, { value }) => {
                  change(key, { address: value });
                }}
              />
              <Button
                size="small"
                appearance="subtle"
                icon={<Dismiss16Regular />}
                aria-label={t('printing.envelope.remove', { nth: at + 1, name })}
                onClick={() => {
                  setLines((before) => before.filter((one) => one.key !== key));
                }}
              />
            </li>
          ))}
        </ul>
        {tried && nobody !== null && (
          <div className={styles.fault} role="alert">
            {t(nobody)}
          </div>
        )}
        {lines.length < most ? (
          <Button
            className={styles.more}
            size="small"
            icon={<Add16Regular />}
            onClick={() => {
              setLines((before) => [...before, { name: '', address: '', key: nextKey }]);
              setNextKey(nextKey + 1);
            }}
          >
            {t('printing.envelope.add')}
          </Button>
        ) : (
          <span className={styles.hint}>{t('printing.envelope.most', { most })}</span>
        )}
      </div>
    </ActDialog>
  );
}
