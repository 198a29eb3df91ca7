import { useDeferredValue, useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { BookAdd20Regular, Save20Regular } from '@fluentui/react-icons';
import { IncomingFields, type Agency, type Candidate, type FileSuggestions, type IntakeFile, type PagePlace } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { DossierWishLine, useDossierWish } from '../../dossiers/index.ts';
import { useLater } from '../../search/index.ts';
import { BookField, useBookChoice } from '../parts/BookField.tsx';
import { DuplicateList } from '../parts/DuplicateList.tsx';
import { FormFields } from '../parts/FormFields.tsx';
import { useIssuerMatch } from '../parts/IssuerInput.tsx';
import { candidatesFor, checked, emptyValues, inputOf, shownValue, suggestedValues, type Faults, type FieldName, type FormValues } from '../form-values.ts';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: '10px 16px', display: 'flex', flexDirection: 'column', gap: '8px', outlineOffset: '-2px' },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px',
    padding: '10px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    flexShrink: 0,
  },
});

export type Saved = {
  readonly id: string;
  readonly arrivalNumber: number | null;
  readonly arrivalYear: number | null;
  /** the book in which it was entered; '' for the register of the office */
  readonly book: string;
  readonly values: FormValues;
  /** what became of the dossier that was wished for it; '' for none */
  readonly dossier: string;
  /** what comes next: the next form, or the document that was saved */
  readonly then: 'next' | 'open';
};

export type IntakeFormProps = {
  /** the document's own file; null for paper */
  readonly file: IntakeFile | null;
  readonly attached: readonly string[];
  /** what was typed here before and not saved */
  readonly typed: Partial<FormValues>;
  readonly onTyped: (typed: Partial<FormValues>) => void;
  /** what was saved last, for Ctrl+D */
  readonly former: FormValues | undefined;
  readonly onMarks: (places: readonly PagePlace[]) => void;
  readonly onSaved: (saved: Saved) => void;
  readonly onDiscard: () => void;
};

const nowhere: readonly PagePlace[] = [];

/** The form of one document, filled as far as its file tells. */
export function IntakeForm({ file, attached, typed, onTyped, former, onMarks, onSaved, onDiscard }: IntakeFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const asked = useAsk('intake', 'suggest', { file: file?.id ?? '' }, { enabled: file !== null });
  const suggestions: FileSuggestions | undefined = file === null ? undefined : asked.data;
  const add = useCommand('intake', 'addIncoming');
  const box = useRef<HTMLDivElement>(null);
  const busy = useRef(false);
  const [faults, setFaults] = useState<Faults>({});
  const [failure, setFailure] = useState<AnyFailure>();
  const [warnedOf, setWarnedOf] = useState('');
  const [entered, setEntered] = useState<FieldName | null>(null);
  const filled: FormValues = { ...emptyValues(), ...suggestedValues(suggestions), ...typed };
  // A name that stands for one agency brings its code; one that was chosen from the directory has it already.
  const issuer = useIssuerMatch(filled.issuerName);
  const values: FormValues = { ...filled, issuerOrganId: typed.issuerOrganId ?? issuer.code };
  const choice = useBookChoice(values);
  const wish = useDossierWish(useSuggestQuestion(values));
  const duplicates = useDuplicates(values, [file?.id ?? [], ...attached].flat());
  const found = duplicates.map((one) => one.id).join(' ');
  const secret = suggestions?.secret ?? null;

  // The field that one stands in points at its place, also when the file is read only after one came there.
  const value = entered === null ? '' : values[entered];
  const candidates = entered === null ? [] : candidatesFor(suggestions, entered);
  const shown = candidates.find((one) => entered !== null && shownValue(entered, one.value) === value) ?? candidates[0];
  const places = shown?.places ?? nowhere;
  const tellMarks = useEffectEvent(onMarks);
  // Told when they are others, not at each letter: an effect that draws anew at each of fifty quick letters makes React
  // take it for a loop, and the next letter is lost.
  useEffect(() => {
    tellMarks(places);
  }, [places]);

  useEffect(() => {
    box.current?.querySelector<HTMLElement>('[name=codeNumber]')?.focus();
  }, []);
  const firstFault = Object.keys(faults)[0];
  useEffect(() => {
    if (firstFault !== undefined) box.current?.querySelector<HTMLElement>(`[name=${firstFault}]`)?.focus();
  }, [firstFault, faults]);

  const set = (field: FieldName, value: string): void => {
    const { issuerOrganId, ...others } = typed;
    // A code belongs to the name with which it was chosen.
    const kept = field === 'issuerName' || issuerOrganId === undefined ? {} : { issuerOrganId };
    onTyped({ ...others, ...kept, [field]: value });
    setFaults(({ [field]: _, ...rest }) => rest);
  };
  const takeIssuer = ({ name, code }: Agency): void => {
    onTyped({ ...typed, issuerName: name, issuerOrganId: code });
    setFaults(({ issuerName: _, ...rest }) => rest);
  };
  const choose = (field: FieldName, candidate: Candidate): void => {
    set(field, shownValue(field, candidate.value));
    setEntered(field);
  };

  const save = (register: boolean, then: Saved['then']): void => {
    if (busy.current || secret !== null) return;
    const judged = checked(values, t);
    setFailure(undefined);
    if ('faults' in judged) {
      setFaults(judged.faults);
      return;
    }
    setFaults({});
    if (found !== '' && warnedOf !== found) {
      setWarnedOf(found);
      return;
    }
    busy.current = true;
    const files = [...(file === null ? [] : [file.id]), ...attached];
    void add.run({ fields: judged.fields, source: file === null ? 'paper' : 'file', files, register, ...choice.input }).then(async (outcome) => {
      const dossier = outcome.ok && register ? await wish.after({ kind: 'incoming', id: outcome.value.id }) : '';
      busy.current = false;
      if (outcome.ok) {
        onSaved({ ...outcome.value, values, then, dossier, book: register ? choice.name : '' });
        return;
      }
      const field = String(outcome.failure.params?.['field'] ?? '').split('.').at(-1) ?? '';
      if (field in values) setFaults({ [field]: failureWords(t, outcome.failure) });
      else setFailure(outcome.failure);
    });
  };
  useShortcut('F8', (event) => {
    if (!event.repeat) save(true, 'next');
  });
  useShortcut('Ctrl+Enter', (event) => {
    if (!event.repeat) save(false, 'next');
  });
  useShortcut('Ctrl+S', (event) => {
    if (!event.repeat) save(false, 'open');
  });
  useShortcut('Alt+Delete', onDiscard, file !== null);
  useShortcut('Alt+H', wish.toggle, wish.suggestions.length > 0);
  useShortcut('Ctrl+D', () => {
    const name = document.activeElement?.getAttribute('name') as FieldName | null;
    const before = name === null ? undefined : former?.[name];
    if (name !== null && before !== undefined && before !== '') set(name, before);
  });

  return (
    <form
      className={styles.column}
      aria-label={t('intake.form')}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <div className={styles.scroll} ref={box} data-pane="form">
        {secret !== null && <Notice tone="attention" live>{t('intake.secret', { words: secret.words })}</Notice>}
        <TextNote file={file} suggestions={suggestions} failed={asked.isError} />
        {warnedOf !== '' && warnedOf === found && <Notice tone="attention" live>{t('duplicate.again')}</Notice>}
        <DuplicateList found={duplicates} live />
        {failure !== undefined && <Notice tone="attention" live>{failureWords(t, failure, 'addIncoming')}</Notice>}
        <FormFields values={values} faults={faults} suggestions={suggestions} several={issuer.several} onIssuer={takeIssuer} onChange={set} onEnter={setEntered} onChoose={choose} />
        <DossierWishLine wish={wish} />
      </div>
      <div className={styles.bar} role="group" aria-label={t('intake.acts')}>
        <Button
          appearance="primary"
          icon={<BookAdd20Regular />}
          aria-keyshortcuts="F8"
          disabledFocusable={secret !== null || add.pending}
          onClick={() => {
            save(true, 'next');
          }}
        >
          {t('intake.register')}
          <KeyHint keys="F8" onPrimary />
        </Button>
        <BookField choice={choice} />
        <Button
          icon={<Save20Regular />}
          aria-keyshortcuts="Control+Enter"
          disabledFocusable={secret !== null || add.pending}
          onClick={() => {
            save(false, 'next');
          }}
        >
          {t('intake.saveNext')}&nbsp;
          <KeyHint keys="Ctrl+Enter" />
        </Button>
        {file !== null && (
          <Button appearance="subtle" aria-keyshortcuts="Alt+Delete" onClick={onDiscard}>
            {t('intake.discard')}&nbsp;
            <KeyHint keys="Alt+Delete" />
          </Button>
        )}
      </div>
    </form>
  );
}

/** Why nothing was read, where that is so. */
function TextNote({ file, suggestions, failed }: { readonly file: IntakeFile | null; readonly suggestions: FileSuggestions | undefined; readonly failed: boolean }): ReactNode {
  const t = useWords();
  if (file === null) return null;
  if (failed) return <Notice tone="attention">{t('intake.text.failed')}</Notice>;
  if (suggestions === undefined) return <Notice tone="info">{t('intake.text.reading')}</Notice>;
  const { state, fields } = suggestions;
  // A scan may have text all the same: the block of a portal's signature.
  if (state === 'read') return fields.some((one) => one.best !== null && one.field !== 'pageAmount') ? null : <Notice tone="info">{t('intake.text.nothing')}</Notice>;
  return <Notice tone={state === 'scan' || state === 'no-pdf' ? 'info' : 'attention'}>{t(`intake.text.${state}`)}</Notice>;
}

/** Typing is let rest so long before a dossier is looked for. */
const restMs = 300;

/** What the form tells of its document, for a suggestion of a dossier; null while that is nothing. */
function useSuggestQuestion({ issuerName, typeName, subject, arrivedOn }: FormValues): Parameters<typeof useDossierWish>[0] {
  const year = /(\d{4})$/.exec(arrivedOn.trim())?.[1] ?? today().slice(0, 4);
  const asked = useLater({ issuerName: issuerName.trim().slice(0, 300), typeName: typeName.trim().slice(0, 100), subject: subject.trim().slice(0, 1000), year: Number(year) }, restMs);
  if (asked.subject === '' || asked.year < 1900 || asked.year > 2199) return null;
  const { year: catalog, ...told } = asked;
  return { ...told, repliesTo: null, fileNotation: '', catalog };
}

/** Documents like the one in the form, looked for as it is filled. */
function useDuplicates(values: FormValues, files: readonly string[]): readonly NonNullable<ReturnType<typeof useAsk<'intake', 'findDuplicates'>>['data']>[number][] {
  const input = inputOf(values);
  const asked = useDeferredValue(
    JSON.stringify({
      codeNumber: values.codeNumber.slice(0, 100),
      codeNotation: values.codeNotation.slice(0, 100),
      issuerName: values.issuerName.slice(0, 500),
      issuerOrganId: values.issuerOrganId.slice(0, 100),
      issuedDate: IncomingFields.shape.issuedDate.safeParse(input.issuedDate).data ?? null,
      files,
    }),
  );
  const question = JSON.parse(asked) as { codeNumber: string; codeNotation: string; issuerName: string; issuerOrganId: string; issuedDate: string | null; files: string[] };
  const enabled = question.files.length > 0 || (question.codeNumber !== '' && question.codeNotation !== '');
  return useAsk('intake', 'findDuplicates', question, { enabled, keepFormer: true }).data ?? [];
}
