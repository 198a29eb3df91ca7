import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { KeptNumber, LifeItem, NumberOutcome } from '#contract';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { adjustAddress } from '../../../foundations/address.ts';
import { calendarDay, today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { wantListFocus } from '../../../ui/list-focus.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { DayField } from '../parts/DayField.tsx';
import { goToSigning, useMaySign } from '../../signing/index.ts';
import { fitsDay, NumberRow } from './NumberRow.tsx';
import { useSigningWay } from './signing-way.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, maxHeight: '46vh', overflowY: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  item: { display: 'flex', alignItems: 'center', gap: '10px', padding: '4px 10px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  subject: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  number: { flexShrink: 0, fontSize: tokens.fontSizeBase500, fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums', minWidth: '150px' },
});

/** Most documents numbered in one pass. */
const most = 200;

export type NumberDialogProps = {
  /**
   * One that waits for a number, all of them (`only` null), or null: closed. `seal`: whether the one is sealed here as soon as it has
   * its number, as what is usually done, or as another way.
   */
  readonly drafts: { readonly only: string | null; readonly seal: 'no' | 'first' | 'too' } | null;
  readonly onClose: () => void;
};

/** Number and date for one signed document or for all that wait, then the numbers that were given, large. */
export function NumberDialog(props: NumberDialogProps): ReactNode {
  const [opening, setOpening] = useState({ drafts: props.drafts, nth: 0 });
  if ((props.drafts === null) !== (opening.drafts === null)) setOpening({ drafts: props.drafts, nth: opening.nth + (props.drafts === null ? 0 : 1) });
  return <Asking key={opening.nth} {...props} />;
}

function Asking({ drafts, onClose }: NumberDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const open = drafts !== null;
  const refresh = useRefreshLife();
  const waiting = useAsk('drafting', 'list', { tab: 'numbering', before: null, limit: most }, { enabled: open });
  const items = (waiting.data?.items ?? []).filter((item) => drafts?.only === null || item.id === drafts?.only).toReversed();
  const [left, setLeft] = useState<readonly string[]>([]);
  const [kept, setKept] = useState<Readonly<Record<string, KeptNumber>>>({});
  const [day, setDay] = useState<string | null>(today());
  const number = useCommand('drafting', 'number');
  // The list may be renewed before the answer is here; what was numbered is told by what was asked.
  const [sent, setSent] = useState<readonly LifeItem[]>([]);
  const chosen = items.filter((item) => !left.includes(item.id));
  const preview = useAsk('drafting', 'numberPreview', { drafts: chosen.map((item) => item.id), day: day ?? today() }, { enabled: open && chosen.length > 0, keepFormer: true });
  const places = new Map(preview.data?.map((one) => [one.draft, one]) ?? []);
  const taken = chosen.flatMap(({ id }) => (kept[id] === undefined ? [] : [{ draft: id, number: kept[id] }]));
  const fits = taken.every(({ number: one }) => fitsDay(one, day));
  const seal = drafts?.only == null ? 'no' : drafts.seal;
  const numberThen = (andSeal: boolean): void => {
    if (day === null) return;
    setSent(chosen);
    // In the order in which they were signed into the queue: numbers run on with time.
    const asked = taken.map(({ draft, number: { register, scope, year, number: of, suffix } }) => ({ draft, number: { register, scope, year, number: of, suffix } }));
    void number.run({ drafts: chosen.map((item) => item.id), day, kept: asked }).then(async (outcome) => {
      const documents = outcome.ok ? outcome.value.flatMap((one) => one.document?.id ?? []) : [];
      await refresh([...chosen.map((item) => item.id), ...documents]);
      if (drafts?.only === null || documents.length !== 1) return;
      onClose();
      if (andSeal) goToSigning('agency', documents);
    });
  };
  // The number of a single one stands large in its own pane, which takes the place of this.
  const alone = drafts?.only !== null && number.value?.every((one) => one.document !== null) === true;
  if (number.value !== undefined && !alone) return <Given open={open} outcomes={number.value} items={sent} day={day ?? today()} onClose={onClose} />;
  return (
    <ActDialog
      open={open}
      title={t(seal === 'first' ? 'number.titleSeal' : 'number.title')}
      confirm={seal === 'first' ? t('number.actSeal') : t('number.act', { count: chosen.length })}
      {...(seal === 'no' ? {} : { other: { words: t(seal === 'first' ? 'number.actOnly' : 'number.actSeal'), onAct: () => { numberThen(seal === 'too'); } } })}
      pending={number.pending || alone}
      blocked={chosen.length === 0 || day === null || !fits}
      failure={number.failure === undefined ? undefined : failureWords(t, number.failure, 'drafting')}
      onConfirm={() => {
        numberThen(seal === 'first');
      }}
      onClose={onClose}
    >
      <p>{t('number.meaning')}</p>
      {seal === 'first' && <p>{t('number.sealMeaning')}</p>}
      <DayField
        name="day"
        label={t('number.day')}
        hint={t('number.dayHint')}
        value={day}
        onChange={setDay}
      />
      <ul className={styles.list} aria-label={t('number.list')} {...(items.length > 6 ? { tabIndex: 0 } : {})}>
        {items.map((item) => (
          <NumberRow
            key={item.id}
            item={item}
            place={places.get(item.id)}
            chosen={!left.includes(item.id)}
            onChosen={(on) => {
              setLeft((before) => (on ? before.filter((id) => id !== item.id) : [...before, item.id]));
            }}
            kept={kept[item.id]}
            elsewhere={taken.filter(({ draft }) => draft !== item.id).map((one) => one.number)}
            onKept={(one) => {
              setKept(({ [item.id]: _, ...others }) => (one === undefined ? others : { ...others, [item.id]: one }));
            }}
            day={day}
          />
        ))}
      </ul>
    </ActDialog>
  );
}

type GivenProps = {
  readonly open: boolean;
  readonly outcomes: readonly NumberOutcome[];
  readonly items: readonly LifeItem[];
  readonly day: string;
  readonly onClose: () => void;
};

function Given({ open, outcomes, items, day, onClose }: GivenProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [kept] = useState(() => new Map(items.map((item) => [item.id, item.subject])));
  const given = outcomes.filter((one) => one.document !== null);
  const first = given[0]?.document?.id ?? null;
  const maySeal = useMaySign('agency');
  const [way] = useSigningWay('seal');
  const here = maySeal && way === 'program' && given.length > 0;
  const seal = (): void => {
    onClose();
    goToSigning('agency', given.flatMap(({ document }) => document?.id ?? []));
  };
  const close = (): void => {
    if (first !== null) {
      adjustAddress({ tab: 'issuing', id: first });
      wantListFocus();
    }
    onClose();
  };
  return (
    <ModalDialog
      open={open}
      title={t('number.given', { count: given.length, day: calendarDay(day) })}
      closeLabel={t('common.close')}
      onClose={close}
      foot={
        <>
          {here && (
            <Button appearance="primary" onClick={seal} data-first>
              {t('signing.batch.agency', { count: given.length })}
            </Button>
          )}
          <Button appearance={here ? 'secondary' : 'primary'} onClick={close} {...(here ? {} : { 'data-first': true })}>
            {t('number.goOn')}
          </Button>
        </>
      }
    >
      <ul className={styles.list} aria-label={t('number.list')} {...(outcomes.length > 6 ? { tabIndex: 0 } : {})}>
        {outcomes.map((one) => (
          <li key={one.draft} className={styles.item}>
            <span className={styles.number}>{one.document === null ? '–' : `${one.document.codeNumber}/${one.document.codeNotation}`}</span>
            <span className={styles.subject}>
              {kept.get(one.draft) ?? ''}
              {one.failure !== null && <Notice tone="attention">{failureWords(t, one.failure, 'drafting')}</Notice>}
            </span>
          </li>
        ))}
      </ul>
    </ModalDialog>
  );
}
