import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowLeft20Regular, DocumentAdd24Regular } from '@fluentui/react-icons';
import type { IntakeFile, PagePlace } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { methodKey, useAsk, useCommand } from '../../../bridge/methods.ts';
import { reloadIncoming } from '../../../bridge/incoming-cache.ts';
import { useBarrier, useSession } from '../../../bridge/session.ts';
import { adjustAddress, formatAddress, goTo, useAddress } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useFileDrop } from '../../../ui/use-file-drop.ts';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { FilePane } from '../../files/index.ts';
import { registeredWords } from '../registered-words.ts';
import { AddFiles } from '../parts/AddFiles.tsx';
import { DiscardDialog } from '../parts/DiscardDialog.tsx';
import { QueueList } from '../parts/QueueList.tsx';
import { UploadNotes } from '../parts/UploadNotes.tsx';
import type { FormValues } from '../form-values.ts';
import { MessageView } from '../message/MessageView.tsx';
import { droppedFiles, useUpload } from '../use-upload.ts';
import { IntakeForm, type Saved } from './IntakeForm.tsx';

const useStyles = makeStyles({
  view: { display: 'grid', gridTemplateColumns: '232px minmax(0, 1fr)', height: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground1 },
  over: { outline: `3px dashed ${tokens.colorBrandStroke1}`, outlineOffset: '-6px' },
  queue: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, borderRight: `1px solid ${tokens.colorNeutralStroke2}` },
  ways: { padding: '10px 12px 0', display: 'flex', flexDirection: 'column', gap: '8px' },
  back: { alignSelf: 'flex-start' },
  files: { flexGrow: 1, minHeight: 0, overflowY: 'auto' },
  main: { display: 'flex', flexDirection: 'column', minHeight: 0, minWidth: 0 },
  note: { padding: '8px 16px 0' },
  body: { flexGrow: 1, minHeight: 0 },
  strong: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
});

const paperKey = 'paper';
/** What was typed and not saved, by person and file; the section may be left and come back to. */
const typedByKey = new Map<string, Partial<FormValues>>();

/** Thêm văn bản đến: files that wait, the form of one of them, and its page beside it. */
export function IntakeView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const { params } = useAddress();
  const width = useWindowWidth();
  const [formWidth, setFormWidth] = useRememberedNumber('tvt.intake.form', Math.round(width * 0.36));
  const upload = useUpload();
  const discard = useCommand('intake', 'discardFile');
  const barrier = useBarrier('intake', 'addIncoming');
  const listed = useAsk('intake', 'files', {});
  const [, redraw] = useState(0);
  const [attachedTo, setAttached] = useState<Readonly<Record<string, readonly string[]>>>({});
  const [former, setFormer] = useState<FormValues>();
  const [done, setDone] = useState<Saved>();
  const [round, setRound] = useState(0);
  const [marks, setMarks] = useState<readonly PagePlace[]>([]);
  const [enlarged, setEnlarged] = useState(false);
  // Entered or put away here, before the list is asked for anew.
  const [gone, setGone] = useState<readonly string[]>([]);
  const [discarding, setDiscarding] = useState<IntakeFile | null>(null);

  const waiting = (listed.data ?? []).filter((one) => !gone.includes(one.id));
  const onPaper = params['paper'] === 'yes';
  const file = onPaper ? null : (waiting.find((one) => one.id === params['file']) ?? waiting[0] ?? null);
  const key = file?.id ?? paperKey;
  const person = useSession()?.person?.id ?? '';
  const typedKeyOf = (of: string): string => `${person} ${of}`;
  const attached = (attachedTo[key] ?? []).filter((id) => id !== file?.id && waiting.some((one) => one.id === id));
  const shown = [...(file === null || file.message ? [] : [file]), ...waiting.filter((one) => attached.includes(one.id))];
  const leave = (): void => {
    goTo('incoming');
  };
  useShortcut('Escape', () => {
    const active = document.activeElement;
    if (enlarged) setEnlarged(false);
    // In a field Esc closes its list first; a second one leaves.
    else if (active instanceof HTMLElement && active.matches('input, textarea, select')) document.querySelector<HTMLElement>('[data-intake=back]')?.focus();
    else leave();
  });
  useShortcut('F4', () => {
    setEnlarged((before) => !before);
  }, shown.length > 0 || file?.message === true);

  const take = (files: readonly File[], leftOut: number): void => {
    const had = waiting.length > 0;
    void upload.add(files, leftOut).then(([first]) => {
      if (first !== undefined && !had) adjustAddress({ file: first, paper: null });
    });
  };
  const { over, target } = useFileDrop(({ items }) => {
    void droppedFiles(items).then(({ files, leftOut }) => {
      take(files, leftOut);
    });
  });
  const onSaved = (saved: Saved): void => {
    typedByKey.delete(typedKeyOf(key));
    setFormer(saved.values);
    setDone(saved);
    setMarks([]);
    setGone((before) => [...before, ...shown.map((one) => one.id)]);
    setRound((before) => before + 1);
    void reloadIncoming(cache);
    if (saved.then === 'open') {
      void cache.invalidateQueries({ queryKey: methodKey('intake', 'files') });
      goTo('incoming', { id: saved.id });
      return;
    }
    const at = waiting.findIndex((one) => one.id === file?.id);
    const rest = [...waiting.slice(at + 1), ...waiting.slice(0, Math.max(0, at))].filter((one) => !attached.includes(one.id) && one.id !== file?.id);
    adjustAddress({ file: onPaper ? null : (rest[0]?.id ?? null) });
    void cache.invalidateQueries({ queryKey: methodKey('intake', 'files') });
  };

  return (
    <div className={mergeClasses(styles.view, over && styles.over)} {...target}>
      <section className={styles.queue} aria-label={t('intake.queue')} data-pane="queue">
        <div className={styles.ways}>
          <Button className={styles.back} data-intake="back" size="small" appearance="subtle" icon={<ArrowLeft20Regular />} aria-keyshortcuts="Escape" onClick={leave}>
            {t('intake.back')}
          </Button>
          <AddFiles
            onFiles={take}
            onPaper={() => {
              adjustAddress({ paper: 'yes', file: null });
            }}
          />
          <UploadNotes upload={upload} />
          {discard.failure !== undefined && <Notice tone="attention" live>{failureWords(t, discard.failure)}</Notice>}
        </div>
        <div className={styles.files}>
          <QueueList
            files={waiting}
            current={file?.id ?? null}
            attached={attached}
            mayAttach={file?.message !== true}
            onChoose={(id) => {
              adjustAddress({ file: id, paper: null });
              setMarks([]);
            }}
            onAttach={(id, on) => {
              setAttached((before) => ({ ...before, [key]: on ? [...attached, id] : attached.filter((one) => one !== id) }));
            }}
          />
        </div>
      </section>
      <div className={styles.main}>
        {done !== undefined && (
          <div className={styles.note}>
            <Notice tone="good" live>
              {done.arrivalNumber !== null && <span className={styles.strong}>{registeredWords(t, String(done.arrivalNumber), done.book)} </span>}
              {t(done.arrivalNumber === null ? 'intake.saved' : 'intake.registered', { subject: done.values.subject })}{' '}
              <AddressLink
                href={formatAddress('incoming', { id: done.id })}
                onGo={() => {
                  goTo('incoming', { id: done.id });
                }}
              >
                {t('intake.open')}
              </AddressLink>
              {done.dossier !== '' && <div>{done.dossier}</div>}
            </Notice>
          </div>
        )}
        <div className={styles.body}>
          {listed.isError || barrier !== undefined ? (
            <div className={styles.note}>
              <Notice tone="attention">{failureWords(t, barrier ?? failureOf(listed.error))}</Notice>
            </div>
          ) : file === null && !onPaper ? (
            <EmptyState icon={<DocumentAdd24Regular />} title={t('intake.none.title')} text={t('intake.none.text')} />
          ) : file?.message === true ? (
            <MessageView
              key={key}
              file={file}
              width={formWidth}
              onWidth={setFormWidth}
              enlarged={enlarged}
              onEnlarge={() => {
                setEnlarged((before) => !before);
              }}
              onPutAway={() => {
                setDiscarding(file);
              }}
            />
          ) : (
            <SplitPane
              id="intake-form"
              label={t('intake.formWidth')}
              size={formWidth}
              min={380}
              max={Math.round(width * 0.5)}
              onSize={setFormWidth}
              first={
                <IntakeForm
                  key={`${key} ${file === null ? String(round) : ''}`}
                  file={file}
                  attached={attached}
                  typed={typedByKey.get(typedKeyOf(key)) ?? {}}
                  onTyped={(typed) => {
                    typedByKey.set(typedKeyOf(key), typed);
                    redraw((before) => before + 1);
                  }}
                  former={former}
                  onMarks={setMarks}
                  onSaved={onSaved}
                  onDiscard={() => {
                    setDiscarding(file);
                  }}
                />
              }
              second={
                shown.length === 0 ? (
                  <EmptyState icon={<DocumentAdd24Regular />} title={t('intake.noScan.title')} text={t('intake.noScan.text')} />
                ) : (
                  <FilePane
                    key={key}
                    files={shown}
                    marks={file === null ? [] : marks}
                    enlarged={enlarged}
                    onEnlarge={() => {
                      setEnlarged((before) => !before);
                    }}
                  />
                )
              }
            />
          )}
        </div>
      </div>
      <DiscardDialog
        file={discarding}
        onClose={() => {
          setDiscarding(null);
        }}
        onDiscard={(one) => {
          if (discard.pending) return;
          void discard.run({ id: one.id }).then((outcome) => {
            // With the file, or the next key would meet it once more.
            setDiscarding(null);
            if (outcome.ok) {
              typedByKey.delete(typedKeyOf(one.id));
              setGone((before) => [...before, one.id]);
              adjustAddress({ file: null });
            }
            void cache.invalidateQueries({ queryKey: methodKey('intake', 'files') });
          });
        }}
      />
    </div>
  );
}
