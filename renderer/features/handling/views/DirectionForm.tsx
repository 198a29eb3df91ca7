import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, Checkbox, Field, Input, makeStyles, Radio, RadioGroup, Select, Textarea, tokens } from '@fluentui/react-components';
import type { HandlingDetail } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { delegations, directionOf, draftFaults, emptyDraft, waysOf, withParty, type Draft } from '../direction-draft.ts';
import { ChosenParties } from '../parts/ChosenParties.tsx';
import { DayField } from '../../../ui/DayField.tsx';
import { NameField } from '../parts/NameField.tsx';
import { PartyPicker } from '../parts/PartyPicker.tsx';
import { useStep } from '../use-handling.ts';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: '10px',
    padding: '10px 12px 12px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  meaning: { margin: '-4px 0 0', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px' },
  pair: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 128px', gap: '8px', alignItems: 'start', '& *': { minWidth: 0 }, '& select, & input, & :has(> input)': { width: '100%' } },
  fault: { color: tokens.colorStatusDangerForeground1, fontSize: tokens.fontSizeBase200 },
});

/** The button that sends the form stands at the foot of the pane, where every next step has its place. */
export const directionFormId = 'direction-form';

const starts = ['reply', 'study', 'advise'] as const;

export type DirectionFormProps = {
  readonly handling: HandlingDetail;
  readonly enabled: boolean;
  /** how often it was asked for by key or button: each time it takes the focus; 0 when it stands there by itself */
  readonly focus: number;
  /** told that it was done, in words; `next`: and the next document is wanted */
  readonly onDone: (words: string, next: boolean) => void;
  readonly onClose: () => void;
};

/** A leader's direction with who leads, who joins and by when, on one form beside the document. Also what the clerk reads on paper. */
export function DirectionForm({ handling, enabled, focus, onDone, onClose }: DirectionFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const operator = (useAsk('station', 'status', {}).data)?.operator ?? '';
  const parties = useAsk('handling', 'parties', {}).data;
  const leaders = parties?.persons.filter((one) => one.leader) ?? [];
  const [typed, setTyped] = useState<Partial<Draft>>({});
  const [checked, setChecked] = useState(false);
  const command = useStep('direct');
  const form = useRef<HTMLFormElement>(null);
  const ways = waysOf(handling);
  const paperDirections = useAsk('handling', 'settings', {}).data?.paperDirections ?? false;
  const draft: Draft = { ...emptyDraft(handling, ways.onScreen ? operator : (leaders[0]?.name ?? ''), paperDirections), ...typed };
  const open = handling.assignments.filter((one) => one.endedAt === null);
  const leadTaken = !draft.withdraw && open.some((one) => one.part === 'lead');
  const faults = checked ? draftFaults(draft, leadTaken) : {};
  const set = (part: Partial<Draft>): void => {
    setTyped((before) => ({ ...before, ...part }));
  };
  const faultOf = (key: keyof ReturnType<typeof draftFaults>): string | undefined => {
    const words = faults[key];
    return words !== undefined && isMessageKey(words) ? t(words) : undefined;
  };
  useEffect(() => {
    if (focus > 0) form.current?.querySelector<HTMLElement>('textarea')?.focus();
  }, [focus]);

  const submit = (next: boolean): void => {
    if (!enabled || command.pending) return;
    const found = Object.keys(draftFaults(draft, leadTaken));
    setChecked(found.length > 0);
    if (found.length > 0) {
      form.current?.querySelector<HTMLElement>(`[name="${found[0] ?? ''}"]`)?.focus();
      return;
    }
    void command.run(directionOf(handling.id, draft, leaders)).then((done) => {
      if (done) onDone(t('handling.done.direct'), next);
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault();
      submit(true);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter and Esc bubble up from its fields
    <form
      ref={form}
      id={directionFormId}
      className={styles.form}
      aria-label={t('handling.direct.title')}
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <h3 className={styles.title}>{t(open.length > 0 ? 'handling.direct.again' : ways.onScreen ? 'handling.direct.title' : 'handling.direct.paperTitle')}</h3>
      {!ways.onScreen && <p className={styles.meaning}>{t('handling.direct.paperMeaning')}</p>}
      <Field label={t('handling.direct.text')}>
        <Textarea
          name="text"
          value={draft.text}
          maxLength={4000}
          rows={3}
          resize="vertical"
          onChange={(_, { value }) => {
            set({ text: value });
          }}
        />
      </Field>
      <div className={styles.row} role="group" aria-label={t('handling.direct.starts')}>
        {starts.map((start) => (
          <Button
            key={start}
            size="small"
            onClick={() => {
              set({ text: draft.text === '' ? t(`handling.direct.start.${start}`) : `${draft.text} ${t(`handling.direct.start.${start}`)}` });
            }}
          >
            {t(`handling.direct.start.${start}`)}
          </Button>
        ))}
      </div>
      {open.length > 0 && (
        <RadioGroup
          value={draft.withdraw ? 'withdraw' : 'beside'}
          onChange={(_, { value }) => {
            set({ withdraw: value === 'withdraw' });
          }}
          aria-label={t('handling.direct.round')}
        >
          <Radio value="beside" label={t('handling.direct.beside')} />
          <Radio value="withdraw" label={t('handling.direct.withdraw')} />
        </RadioGroup>
      )}
      <PartyPicker
        label={t('handling.direct.parties')}
        fault={faultOf('party')}
        onPick={(party) => {
          setTyped((before) => ({ ...before, ...withParty({ ...draft, ...before }, party, leadTaken) }));
        }}
      />
      {faultOf('party') !== undefined && <span className={styles.fault}>{faultOf('party')}</span>}
      <ChosenParties
        chosen={draft.chosen}
        leadTaken={leadTaken}
        onChange={(chosen) => {
          set({ chosen });
        }}
      />
      <DayField
        name="deadline"
        label={t('handling.direct.deadline')}
        value={draft.deadline}
        fault={faultOf('deadline')}
        hint={handling.due === null ? t('handling.direct.noDeadline') : t('handling.direct.keepDeadline', { day: calendarDay(handling.due) })}
        onChange={(deadline) => {
          set({ deadline });
        }}
      />
      <div className={styles.row} role="group" aria-label={t('handling.direct.offers')}>
        {handling.offers.map(({ workingDays, day }) => (
          <Button
            key={workingDays}
            size="small"
            aria-pressed={draft.deadline === calendarDay(day)}
            onClick={() => {
              set({ deadline: calendarDay(day) });
            }}
          >
            {t('handling.direct.offer', { days: workingDays, day: calendarDay(day).slice(0, 5) })}
          </Button>
        ))}
      </div>
      {handling.proposed !== null && (
        <span>{t('handling.direct.proposed', { days: handling.proposed.workingDays, day: calendarDay(handling.proposed.day), note: handling.proposed.note, noted: handling.proposed.note === '' ? 'no' : 'yes' })}</span>
      )}
      <div className={styles.pair}>
        <NameField
          name="leaderName"
          label={t('handling.direct.leader')}
          value={draft.leaderName}
          known={leaders.map((one) => one.name)}
          fault={faultOf('leaderName')}
          required
          onChange={(leaderName) => {
            set({ leaderName });
          }}
        />
        <Field label={t('handling.direct.delegated')}>
          <Select
            name="delegatedAs"
            value={draft.delegatedAs}
            onChange={(_, { value }) => {
              set({ delegatedAs: value });
            }}
          >
            {delegations.map((one) => (
              <option key={one} value={one}>
                {one === '' ? t('handling.direct.delegated.own') : one}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {ways.onScreen && ways.fromPaper && (
        <Checkbox
          name="fromPaper"
          label={t('handling.direct.paper')}
          checked={draft.fromPaper}
          onChange={(_, { checked: fromPaper }) => {
            set({ fromPaper: fromPaper === true });
          }}
        />
      )}
      {draft.fromPaper && (
        <DayField
          name="givenOn"
          label={t('handling.direct.givenOn')}
          value={draft.givenOn}
          fault={faultOf('givenOn')}
          required
          onChange={(givenOn) => {
            set({ givenOn });
          }}
        />
      )}
      {draft.withdraw && (
        <Field
          label={t('handling.direct.reason')}
          required
          validationState={faultOf('reason') === undefined ? 'none' : 'error'}
          validationMessage={faultOf('reason') ?? null}
        >
          <Input
            name="reason"
            value={draft.reason}
            maxLength={500}
            onChange={(_, { value }) => {
              set({ reason: value });
            }}
          />
        </Field>
      )}
      {command.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, command.failure, 'handling')}
        </Notice>
      )}
    </form>
  );
}
