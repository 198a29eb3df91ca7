import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { SearchRegister, DocumentStanding, type Contract, type OutputOf, type SearchFilters } from '#contract';
import { calendarDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { countFilters, dayFromTyped, noFilters } from '../question.ts';
import { standingWord } from '../words.ts';

const useStyles = makeStyles({
  column: { height: '100%', overflowY: 'auto', boxSizing: 'border-box', padding: '12px 14px', display: 'flex', flexDirection: 'column', gap: '14px' },
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  field: { width: '100%', boxSizing: 'border-box' },
  label: { padding: 0, display: 'block', marginBottom: '4px', fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase200 },
  days: { display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', alignItems: 'center', gap: '4px 8px', fontSize: tokens.fontSizeBase200 },
  count: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  suggestion: { justifyContent: 'flex-start', textAlign: 'left', minWidth: 0, fontWeight: tokens.fontWeightRegular, overflowWrap: 'anywhere' },
});

/** Where a received document may stand; those of our own have names of their own. */
const incomingStandings: readonly DocumentStanding[] = ['arrived', 'registered', 'presented', 'assigned', 'in-progress', 'done', 'refused', 'recalled', 'replaced'];
const outgoingStandings: readonly DocumentStanding[] = ['numbered', 'sealed', 'issued', 'recalled', 'replaced', 'voided'];
const urgencies = [1, 2, 3, 4] as const;
const sources = ['axis', 'file', 'paper', 'register'] as const;

export type Facets = OutputOf<Contract['search']['facets']>;

export type FilterColumnProps = {
  readonly filters: SearchFilters;
  readonly facets: Facets | undefined;
  readonly onChange: (filters: SearchFilters) => void;
};

/** The filters, with how many of the found documents each value has. */
export function FilterColumn({ filters, facets, onChange }: FilterColumnProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const set = (change: Partial<SearchFilters>): void => {
    onChange({ ...filters, ...change });
  };
  const counted = (values: readonly { value: string; count: number }[] | undefined, value: string): number | undefined =>
    values?.find((one) => one.value === value)?.count;
  const kinds = [...new Set([...filters.kinds, ...(facets?.kinds.map(({ value }) => value) ?? [])])];
  const standings = filters.register === 'outgoing' ? outgoingStandings : filters.register === 'incoming' ? incomingStandings : DocumentStanding.options.filter((one) => filters.standings.includes(one) || counted(facets?.standings, one) !== undefined);
  const choice = <T,>(list: readonly T[], value: T, chosen: boolean): T[] => (chosen ? [...list, value] : list.filter((one) => one !== value));
  return (
    <div className={styles.column} role="group" aria-label={t('find.filters')}>
      <label>
        <span className={styles.label}>{t('find.filter.register')}</span>
        <Select
          size="small"
          value={filters.register ?? ''}
          onChange={(_, { value }) => {
            set({ register: SearchRegister.safeParse(value).data ?? null, standings: [] });
          }}
        >
          <option value="">{t('find.any')}</option>
          <option value="incoming">{t('section.incoming')}</option>
          <option value="outgoing">{t('section.outgoing')}</option>
        </Select>
      </label>
      <label>
        <span className={styles.label}>{t('find.filter.due')}</span>
        <Select
          size="small"
          value={filters.due ?? ''}
          onChange={(_, { value }) => {
            set({ due: value === 'soon' || value === 'overdue' ? value : null });
          }}
        >
          <option value="">{t('find.any')}</option>
          <option value="soon">{t('find.due.soon')}</option>
          <option value="overdue">{t('find.due.overdue')}</option>
        </Select>
      </label>
      <Days
        label={t('find.filter.issued')}
        value={filters.issued}
        onChange={(issued) => {
          set({ issued });
        }}
      />
      <Days
        label={t('find.filter.arrived')}
        value={filters.arrived}
        onChange={(arrived) => {
          set({ arrived });
        }}
      />
      {kinds.length > 0 && (
        <fieldset className={styles.group}>
          <legend className={styles.label}>{t('find.filter.kind')}</legend>
          {kinds.map((kind) => (
            <Choice
              key={kind}
              words={kind}
              count={counted(facets?.kinds, kind)}
              chosen={filters.kinds.includes(kind)}
              onChange={(chosen) => {
                set({ kinds: choice(filters.kinds, kind, chosen) });
              }}
            />
          ))}
        </fieldset>
      )}
      {standings.length > 0 && (
        <fieldset className={styles.group}>
          <legend className={styles.label}>{t('find.filter.standing')}</legend>
          {standings.map((standing) => (
            <Choice
              key={standing}
              words={standingWord(t, standing)}
              count={counted(facets?.standings, standing)}
              chosen={filters.standings.includes(standing)}
              onChange={(chosen) => {
                set({ standings: choice(filters.standings, standing, chosen) });
              }}
            />
          ))}
        </fieldset>
      )}
      <label>
        <span className={styles.label}>{t('find.filter.issuer')}</span>
        <Input
          className={styles.field}
          size="small"
          value={filters.issuer}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => {
            set({ issuer: value.slice(0, 200) });
          }}
        />
      </label>
      {filters.issuer === '' && facets !== undefined && facets.issuers.length > 1 && (
        <div className={styles.group} role="group" aria-label={t('find.filter.issuers')}>
          {facets.issuers.slice(0, 6).map(({ value, count }) => (
            <Button
              key={value}
              size="small"
              appearance="subtle"
              className={styles.suggestion}
              onClick={() => {
                set({ issuer: value });
              }}
            >
              {t('find.withCount', { words: value, count })}
            </Button>
          ))}
        </div>
      )}
      <label>
        <span className={styles.label}>{t('find.filter.holder')}</span>
        <Input
          className={styles.field}
          size="small"
          value={filters.holder}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => {
            set({ holder: value.slice(0, 200) });
          }}
        />
      </label>
      <fieldset className={styles.group}>
        <legend className={styles.label}>{t('find.filter.urgency')}</legend>
        {urgencies.map((urgency) => (
          <Choice
            key={urgency}
            words={t(`urgency.${urgency}`)}
            chosen={filters.urgencies.includes(urgency)}
            onChange={(chosen) => {
              set({ urgencies: choice(filters.urgencies, urgency, chosen) });
            }}
          />
        ))}
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.label}>{t('find.filter.source')}</legend>
        {sources.map((source) => (
          <Choice
            key={source}
            words={t(`find.source.${source}`)}
            chosen={filters.sources.includes(source)}
            onChange={(chosen) => {
              set({ sources: choice(filters.sources, source, chosen) });
            }}
          />
        ))}
      </fieldset>
      <Button
        size="small"
        disabled={countFilters(filters) === 0}
        onClick={() => {
          onChange(noFilters);
        }}
      >
        {t('find.filter.none')}
      </Button>
      {facets?.more === true && <span className={styles.count}>{t('find.facets', { count: facets.counted })}</span>}
    </div>
  );
}

type ChoiceProps = { readonly words: string; readonly count?: number | undefined; readonly chosen: boolean; readonly onChange: (chosen: boolean) => void };

function Choice({ words, count, chosen, onChange }: ChoiceProps): ReactNode {
  const t = useWords();
  return (
    <Checkbox
      label={count === undefined ? words : t('find.withCount', { words, count })}
      checked={chosen}
      onChange={(_, { checked }) => {
        onChange(checked === true);
      }}
    />
  );
}

type DaysProps = { readonly label: string; readonly value: SearchFilters['issued']; readonly onChange: (value: SearchFilters['issued']) => void };

function Days({ label, value, onChange }: DaysProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.days}>
        {(['from', 'to'] as const).map((end) => (
          <DayField
            key={end}
            words={t(`find.filter.${end}`)}
            value={value[end]}
            onChange={(day) => {
              onChange({ ...value, [end]: day });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

type DayFieldProps = { readonly words: string; readonly value: string | null; readonly onChange: (day: string | null) => void };

/** A day as it is typed, `dd/MM/yyyy`; it counts once it is a day. */
function DayField({ words, value, onChange }: DayFieldProps): ReactNode {
  const t = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? '' : calendarDay(value));
  return (
    <>
      <span aria-hidden="true">{words}</span>
      <Input
        size="small"
        aria-label={words}
        aria-invalid={shown !== '' && dayFromTyped(shown) === null}
        placeholder={t('find.filter.dayForm')}
        inputMode="numeric"
        autoComplete="off"
        value={shown}
        onChange={(_, data) => {
          setTyped(data.value);
          const day = dayFromTyped(data.value);
          if (day !== null || data.value.trim() === '') onChange(day);
        }}
        onBlur={() => {
          setTyped(null);
        }}
      />
    </>
  );
}
