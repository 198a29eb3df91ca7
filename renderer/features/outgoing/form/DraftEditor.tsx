import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Save20Regular } from '@fluentui/react-icons';
import type { DraftDetail, FileRef } from '#contract';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { adjustAddress } from '../../../foundations/address.ts';
import { layout } from '../../../foundations/layout.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { wantListFocus } from '../../../ui/list-focus.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { FilePane } from '../../files/index.ts';
import { missingWords } from '../parts/life-words.ts';
import { anotherForm } from './another-form.ts';
import { FileFields } from './FileFields.tsx';
import { DocumentFields, KeepingFields } from './PlainFields.tsx';
import { RecipientFields } from './RecipientFields.tsx';
import { SignerFields } from './SignerFields.tsx';
import { useReadOff } from './use-read-off.ts';
import { ReadOffLine } from './ReadOffLine.tsx';
import { useDraftForm, type FormValues } from './use-draft-form.ts';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  form: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: '12px 16px', display: 'flex', flexDirection: 'column', gap: '18px', outlineOffset: '-2px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  bar: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '10px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    flexShrink: 0,
  },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type DraftEditorProps = {
  /** names this form in the address */
  readonly formKey: string;
  readonly storeKey: string;
  readonly start: FormValues;
  /** null: a new one */
  readonly draft: DraftDetail | null;
  /** what it answers, corrects or replaces */
  readonly about: DraftDetail['repliesTo'];
};

type Then = 'stay' | 'next' | 'submit';

/** The form: files, the document's data, signer, recipients; saved with a key, the file beside. */
export function DraftEditor({ formKey, storeKey, start, draft, about }: DraftEditorProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const width = useWindowWidth();
  const sideBySide = width >= layout.sideBySideFrom;
  const [formWidth, setFormWidth] = useRememberedNumber('tvt.outgoing.form', Math.round(width * 0.36));
  const form = useDraftForm(storeKey, start, draft?.id ?? null);
  const read = useReadOff(form, draft === null ? start.fields.typeName : null);
  const create = useCommand('drafting', 'create');
  const save = useCommand('drafting', 'save');
  const submit = useCommand('drafting', 'submit');
  const refresh = useRefreshLife();
  const cache = useQueryClient();
  const [said, setSaid] = useState('');
  const [enlarged, setEnlarged] = useState(false);
  const busy = useRef<Then | null>(null);
  const wished = useRef<Then | null>(null);
  const [bringing, setBringing] = useState(0);
  const [written, setWritten] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const left = useRef(false);
  const wasChecked = draft !== null && draft.state !== 'draft';

  const write = async (then: Then): Promise<void> => {
    // A draft goes nowhere without the files that were chosen for it; nor must it be made twice by a key that repeats faster than
    // the screen redraws.
    if (then !== 'stay' && (bringing > 0 || busy.current === 'stay')) wished.current = then;
    if (busy.current !== null || wished.current !== null) return;
    busy.current = then;
    setSaid('');
    try {
      await writeAnd(then);
    } finally {
      busy.current = null;
      setWritten((before) => before + 1);
    }
  };
  const onWork = (work: Promise<boolean>): void => {
    setBringing((before) => before + 1);
    void work.then((came) => {
      if (!came) wished.current = null;
      setBringing((before) => before - 1);
    });
  };
  const goOn = useEffectEvent(() => {
    const then = wished.current;
    if (then === null || bringing > 0 || busy.current !== null) return;
    wished.current = null;
    void write(then);
  });
  useEffect(() => {
    goOn();
  }, [bringing, written]);
  const writeAnd = async (then: Then): Promise<void> => {
    const files = form.files.map(({ id: _, ...file }) => file);
    const fields = { ...form.fields, toPlaces: withoutEmpty(form.fields.toPlaces), authorityLines: withoutEmpty(form.fields.authorityLines) };
    const outcome = draft === null ? await create.run({ fields, files }) : await save.run({ id: draft.id, version: draft.version, fields, files });
    if (!outcome.ok) return;
    const { id, version } = outcome.value;
    form.saved(outcome.value, form);
    const handed = then === 'submit' ? await submit.run({ id, comment: '' }) : null;
    await refresh([id]);
    // A quick hand has gone on meanwhile; it is not brought back.
    if (left.current) return;
    if (handed?.ok === true) {
      adjustAddress({ tab: 'checking', id, edit: null, about: null, form: null });
      wantListFocus();
    } else if (then === 'next') adjustAddress({ tab: 'draft', id, ...anotherForm('new') });
    else {
      if (then === 'stay') setSaid(t('draft.saved', { version }));
      // A new one has an id from now on; the form stays, and what is typed into it meanwhile.
      if (draft === null) cache.setQueryData(methodKey('drafting', 'get', { id }), outcome.value);
      if (draft === null || then === 'submit') adjustAddress({ tab: 'draft', id, edit: id, about: null, form: formKey });
    }
  };
  // With the commit that takes the form away, not after it.
  useLayoutEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);
  const begin = useEffectEvent(() => box.current?.querySelector<HTMLElement>(draft === null ? 'button' : '[name=typeName]')?.focus());
  useEffect(() => {
    // A new one begins with its file, one that is opened again with what it says.
    begin();
  }, []);
  const unstored = form.files.filter((file) => file.id === undefined).map((file) => file.sha256).join(' ');
  const keepFiles = useEffectEvent(async () => {
    await write('stay');
    // The file was chosen by its button; what the document is comes next.
    if (document.activeElement?.tagName === 'BUTTON' && box.current?.contains(document.activeElement) === true) box.current.querySelector<HTMLElement>('[name=typeName]')?.focus();
  });
  useEffect(() => {
    // A file can be shown once the draft has it; and a draft with its file is worth keeping at once.
    if (unstored !== '') void keepFiles();
  }, [unstored]);
  useShortcut('Ctrl+S', () => void write('stay'));
  useShortcut('Ctrl+Enter', () => void write('next'));
  useShortcut('F8', () => void write('submit'));
  useShortcut('Ctrl+D', () => {
    const values = form.before(document.activeElement?.getAttribute('name') ?? '');
    if (values !== undefined) form.set(values);
  });
  const close = (): void => {
    adjustAddress({ edit: null, about: null, nth: null, form: null });
    wantListFocus();
  };
  useShortcut('Escape', close, !form.dirty && !enlarged);
  useShortcut('F4', () => {
    setEnlarged((before) => !before);
  });
  const failure = submit.failure ?? (draft === null ? create.failure : save.failure);
  const pending = create.pending || save.pending || submit.pending;
  const shown = form.files.filter((file): file is typeof file & FileRef => file.id !== undefined);
  const column = (
    <section className={styles.column} aria-label={t('draft.form')}>
      <div className={styles.form} ref={box} data-pane="reading" tabIndex={0} role="group" aria-label={t('draft.form')}>
        <h2 className={styles.title}>{t(draft === null ? 'draft.new' : 'draft.editing')}</h2>
        {about !== null && <Notice tone="info">{t('draft.about', { code: about.code, subject: about.subject })}</Notice>}
        {draft !== null && draft.state === 'draft' && draft.missing.length > 0 && (
          <Notice tone="info">{t('draft.missing', { names: missingWords(t, draft.missing) })}</Notice>
        )}
        {wasChecked && <Notice tone="attention">{t('draft.voids')}</Notice>}
        <FileFields form={form} onWork={onWork} told={<ReadOffLine key={read.file} file={read.file} found={read.found} onFill={read.fill} />} />
        <DocumentFields form={form} read={read.off} />
        <SignerFields form={form} read={read.off} wanted={read.signer} />
        <RecipientFields form={form} />
        <KeepingFields form={form} />
      </div>
      <div className={styles.bar} role="group" aria-label={t('life.acts')}>
        {failure !== undefined && (
          <Notice tone="attention" live>
            {failureWords(t, failure, 'drafting')}
          </Notice>
        )}
        {said !== '' && !form.dirty && <Notice tone="good">{said}</Notice>}
        <div className={styles.row}>
          <Button appearance="primary" disabledFocusable={pending} aria-keyshortcuts="F8" onClick={() => void write('submit')}>
            {t('draft.saveSubmit')}
            <KeyHint keys="F8" onPrimary />
          </Button>
          <Button icon={<Save20Regular />} disabledFocusable={pending} aria-keyshortcuts="Control+S" onClick={() => void write('stay')}>
            {t('draft.save')}
            <KeyHint keys="Ctrl+S" onPrimary />
          </Button>
          <Button disabledFocusable={pending} aria-keyshortcuts="Control+Enter" onClick={() => void write('next')}>
            {t('draft.saveNext')}
          </Button>
          <Button
            onClick={() => {
              if (form.dirty) form.reset();
              close();
            }}
          >
            {t(form.dirty ? 'draft.forget' : 'common.close')}
          </Button>
          <span className={styles.hint}>{t('draft.keys')}</span>
        </div>
      </div>
      <LiveRegion message={said} />
    </section>
  );
  if (!sideBySide) return column;
  return (
    <SplitPane
      id="outgoing-form"
      label={t('reading.dataWidth')}
      size={formWidth}
      min={340}
      max={Math.round(width * 0.48)}
      onSize={setFormWidth}
      first={column}
      second={
        <FilePane
          files={shown}
          none={t('draft.noFile')}
          enlarged={enlarged && shown.length > 0}
          onEnlarge={() => {
            setEnlarged((before) => !before);
          }}
        />
      }
    />
  );
}

function withoutEmpty(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '');
}
