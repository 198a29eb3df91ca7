import type { ReactNode } from 'react';
import { Checkbox, makeStyles, Select, tokens } from '@fluentui/react-components';
import { numberText, type KeptNumber, type LifeItem, type SeriesKey } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  item: { padding: '4px 10px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  line: { display: 'flex', alignItems: 'center', gap: '10px' },
  subject: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  number: { flexShrink: 0, minWidth: '110px' },
  notation: { flexShrink: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type NumberRowProps = {
  readonly item: LifeItem;
  /** symbol and series, as soon as they are known */
  readonly place: { readonly notation: string; readonly series: SeriesKey } | undefined;
  readonly chosen: boolean;
  readonly onChosen: (chosen: boolean) => void;
  /** the number that was kept and is taken in place of the next one */
  readonly kept: KeptNumber | undefined;
  /** kept numbers that other rows take */
  readonly elsewhere: readonly KeptNumber[];
  readonly onKept: (kept: KeptNumber | undefined) => void;
  readonly day: string | null;
};

/** One document to be numbered: with the next number of its series, or with one that was kept, and why that one was. */
export function NumberRow({ item, place, chosen, onChosen, kept, elsewhere, onKept, day }: NumberRowProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const listed = useAsk('numbers', 'kept', place?.series ?? { register: 'outgoing', scope: '', year: 2000 }, { enabled: place !== undefined, fresh: true });
  const offered = (listed.data ?? []).filter((one) => !elsewhere.some((other) => isSame(one, other)));
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <Checkbox checked={chosen} aria-label={item.subject} onChange={(_, { checked }) => { onChosen(checked === true); }} />
        <span className={styles.subject}>{item.subject}</span>
        {offered.length > 0 && (
          <Select
            size="small"
            className={styles.number}
            name={`kept-${item.id}`}
            aria-label={t('number.which', { subject: item.subject })}
            value={kept === undefined ? '' : keyText(kept)}
            disabled={!chosen}
            onChange={(_, { value }) => {
              onKept(offered.find((one) => keyText(one) === value));
            }}
          >
            <option value="">{t('number.next')}</option>
            {offered.map((one) => (
              <option key={keyText(one)} value={keyText(one)}>
                {t('number.keptOption', { number: numberText(one.number, one.suffix), forWhom: one.forWhom })}
              </option>
            ))}
          </Select>
        )}
        <span className={styles.notation}>…/{place?.notation ?? ''}</span>
      </div>
      {chosen && kept !== undefined && (
        <Notice tone={fitsDay(kept, day) ? 'info' : 'attention'}>
          {t('number.kept', {
            number: numberText(kept.number, kept.suffix),
            forWhom: kept.forWhom,
            dated: kept.until === null ? 'no' : 'yes',
            until: kept.until === null ? '' : calendarDay(kept.until),
            reason: kept.reason,
            from: calendarDay(kept.from),
            to: calendarDay(kept.to),
          })}
        </Notice>
      )}
    </li>
  );
}

/** Whether a document of a day may have a number that was kept: it stands between the days of its neighbours. */
export function fitsDay(kept: KeptNumber, day: string | null): boolean {
  return day !== null && kept.from <= day && day <= kept.to;
}

function isSame(one: KeptNumber, other: KeptNumber): boolean {
  return one.register === other.register && one.scope === other.scope && one.year === other.year && keyText(one) === keyText(other);
}

function keyText({ number, suffix }: KeptNumber): string {
  return numberText(number, suffix);
}
