import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { FolderAdd16Regular, FolderOpen16Regular } from '@fluentui/react-icons';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { useDocumentKey } from '../../../ui/document-keys.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { whyWords } from '../parts/dossier-words.ts';
import { NewDossier } from '../form/DossierDialog.tsx';
import { PutIntoDialog } from './PutIntoDialog.tsx';
import { usePutInto, type DocumentKindId } from './use-put-into.ts';

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300 },
  said: { display: 'flex', gap: '6px', alignItems: 'flex-start', flexBasis: '100%', minWidth: 0 },
  icon: { color: tokens.colorNeutralForeground2, flexShrink: 0, marginTop: '2px' },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export type DossierLineProps = {
  readonly document: DocumentKindId;
  /** number and symbol, for the dialog */
  readonly code: string;
  /** the id by which the list chose it */
  readonly chosenAs: string;
  readonly enabled: boolean;
  readonly onDone: (words: string) => void;
};

/** Where a registered document stands or may belong, in one quiet line; one key takes what is suggested, another leads to the others. */
export function DossierLine({ document, code, chosenAs, enabled, onDone }: DossierLineProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const barred = useBarrier('dossiers', 'addDocuments') !== undefined;
  const barredOpen = useBarrier('dossiers', 'open') !== undefined;
  const stands = useAsk('dossiers', 'ofDocument', { document: document.id });
  const suggested = useAsk('dossiers', 'suggest', { document: document.id }, { enabled: stands.data?.length === 0 && !barred });
  const put = usePutInto();
  const [choosing, setChoosing] = useState(false);
  const [opening, setOpening] = useState(false);
  const best = stands.data?.length === 0 ? suggested.data?.find((one) => one.dossier !== null || !barredOpen) : undefined;
  const accept = (): void => {
    if (!enabled || best === undefined) return;
    void put.put([document], best).then((done) => {
      if (done) onDone(t('dossiers.put.done', { code: best.notation, title: best.title }));
    });
  };
  const choose = (): void => {
    if (enabled) setChoosing(true);
  };
  useDocumentKey('Alt+H', chosenAs, enabled && best !== undefined && !put.pending ? accept : undefined);
  useDocumentKey('Alt+Shift+H', chosenAs, enabled && !barred ? choose : undefined);
  if (stands.data === undefined || (barred && stands.data.length === 0)) return null;
  return (
    <div role="group" aria-label={t('dossiers.line')}>
      <div className={styles.line}>
        <span className={styles.said}>
          {stands.data.length > 0 ? <FolderOpen16Regular className={styles.icon} aria-hidden="true" /> : <FolderAdd16Regular className={styles.icon} aria-hidden="true" />}
        {stands.data.length > 0 ? (
          <span className={styles.words}>
            {t('dossiers.line.in', { count: stands.data.length })}{' '}
            {stands.data.map((one, index) => (
              <span key={one.id}>
                {index > 0 && ', '}
                <AddressLink href={formatAddress('dossiers', { id: one.id, year: String(one.catalog) })} onGo={() => { goTo('dossiers', { id: one.id, year: String(one.catalog) }); }}>
                  {one.notation} {one.title}
                </AddressLink>
              </span>
            ))}
          </span>
        ) : best === undefined ? (
          <span className={styles.quiet}>{suggested.isPending && suggested.isFetching ? t('dossiers.line.looking') : t('dossiers.line.none')}</span>
        ) : (
          <span className={styles.words}>
              {t(best.dossier === null ? 'dossiers.line.suggestedNew' : 'dossiers.line.suggested', { code: best.notation, title: best.title })} <span className={styles.quiet}>{t('dossiers.line.why', { why: whyWords(t, best) })}</span>
          </span>
        )}
        </span>
        {best !== undefined && (
          <Button size="small" disabledFocusable={!enabled || put.pending} aria-keyshortcuts="Alt+H" onClick={accept}>
            {t('dossiers.put.accept')}
            <KeyHint keys="Alt+H" inButton />
          </Button>
        )}
        {!barred && (
          <Button size="small" appearance="subtle" disabledFocusable={!enabled} aria-keyshortcuts="Alt+Shift+H" onClick={choose}>
            {t(stands.data.length > 0 ? 'dossiers.put.another' : 'dossiers.put.other')}
            <KeyHint keys="Alt+Shift+H" inButton />
          </Button>
        )}
        {stands.data.length === 0 && !barred && !barredOpen && (
          <Button
            size="small"
            appearance="subtle"
            disabledFocusable={!enabled}
            onClick={() => {
              if (enabled) setOpening(true);
            }}
          >
            {t('dossiers.put.openNew')}
          </Button>
        )}
      </div>
      {opening && (
        <NewDossier
          from={{ as: 'document', document: document.id, entry: null }}
          onClose={() => {
            setOpening(false);
          }}
          onDone={(made) => {
            setOpening(false);
            onDone(t('dossiers.put.opened', { code: made.notation, title: made.title, count: made.members }));
          }}
        />
      )}
      {put.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, put.failure, 'dossiers')}
        </Notice>
      )}
      {choosing && (
        <PutIntoDialog
          document={document}
          code={code}
          onClose={() => {
            setChoosing(false);
          }}
          onDone={(words) => {
            setChoosing(false);
            onDone(words);
          }}
        />
      )}
    </div>
  );
}
