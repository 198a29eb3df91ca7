import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { BoardItem, BoardWhich } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { partyName } from '../direction-draft.ts';
import { DueMark } from '../parts/DueMark.tsx';

const useStyles = makeStyles({
  box: { overflow: 'auto', padding: '12px 16px', outlineOffset: '-2px', minHeight: 0 },
  title: { margin: '0 0 8px', fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px', alignItems: 'baseline' },
  small: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
});

const pageSize = 100;

export type BoardListProps = {
  readonly by: 'unit' | 'person';
  /** null: everybody's */
  readonly chosenKey: string | null;
  readonly which: BoardWhich;
  readonly title: string;
};

/** The work behind a number, the earliest day first. */
export function BoardList({ by, chosenKey, which, title }: BoardListProps): ReactNode {
  const styles = useStyles();
  const [ends, setEnds] = useState<readonly (string | null)[]>([null]);
  return (
    <section className={styles.box} tabIndex={0} aria-label={title} data-pane="reading">
      <h2 className={styles.title}>{title}</h2>
      {ends.map((after, at) => (
        <Page
          key={after ?? ''}
          by={by}
          chosenKey={chosenKey}
          which={which}
          after={after}
          last={at === ends.length - 1}
          onMore={(end) => {
            setEnds([...ends, end]);
          }}
        />
      ))}
    </section>
  );
}

type PageProps = Omit<BoardListProps, 'title'> & { readonly after: string | null; readonly last: boolean; readonly onMore: (end: string) => void };

function Page({ by, chosenKey, which, after, last, onMore }: PageProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const items = useAsk('handling', 'boardList', { by, key: chosenKey, which, after, limit: pageSize }).data;
  if (items === undefined) return <Waiting label={t('common.loading')} lines={6} />;
  if (items.length === 0) return after === null ? <p className={styles.none}>{t('board.none')}</p> : null;
  const end = items.at(-1)?.id;
  return (
    <>
      <ul className={styles.list}>
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
      {last && items.length === pageSize && end !== undefined && (
        <Button
          onClick={() => {
            onMore(end);
          }}
        >
          {t('board.further')}
        </Button>
      )}
    </>
  );
}

function Item({ item }: { readonly item: BoardItem }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const address = { id: item.document };
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <AddressLink
          href={formatAddress('incoming', address)}
          onGo={() => {
            goTo('incoming', address);
          }}
        >
          {item.about}
        </AddressLink>
        <span className={styles.small}>{item.arrivalNumber === null ? '' : t('register.number', { number: String(item.arrivalNumber) })}</span>
        {item.due !== null && <DueMark due={item.due} days={item.dueDays} full />}
      </div>
      <div>{item.subject}</div>
      <p className={styles.small}>
        {partyName(item)} · {t(`handling.part.${item.part}`)} · {t(`handling.assigned.${item.state}`)} · {item.issuerName}
      </p>
    </li>
  );
}
