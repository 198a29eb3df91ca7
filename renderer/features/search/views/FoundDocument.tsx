import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Open16Regular } from '@fluentui/react-icons';
import type { IncomingDetail, OutgoingDetail, SearchHit } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { urgencyWord } from '../../../i18n/urgency-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { FilePane } from '../../files/index.ts';
import { addressOfDocument, openDocument } from '../open-document.ts';
import { MarkedText } from '../parts/MarkedText.tsx';
import { standingWord } from '../words.ts';

const useStyles = makeStyles({
  pane: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  facts: { padding: '12px 16px', display: 'flex', flexDirection: 'column', gap: '8px', flexShrink: 0, maxHeight: '45%', overflowY: 'auto', outlineStyle: 'none' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  open: { gap: '6px' },
  subject: { margin: 0, textWrap: 'pretty', overflowWrap: 'anywhere' },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, 26%) minmax(0, 1fr)',
    columnGap: '12px',
    rowGap: '3px',
    margin: 0,
    '& dt': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300 },
    '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text' },
  },
  file: { flexGrow: 1, minHeight: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  note: { padding: '12px 16px' },
});

export type FoundDocumentProps = { readonly hit: SearchHit };

/** A found document with its main fields and its file; one step leads to it where it lives. */
export function FoundDocument({ hit }: FoundDocumentProps): ReactNode {
  const incoming = useAsk('records', 'incomingGet', { id: hit.id }, { enabled: hit.register === 'incoming' });
  const outgoing = useAsk('records', 'outgoingGet', { id: hit.id }, { enabled: hit.register === 'outgoing' });
  const answer = hit.register === 'incoming' ? incoming : outgoing;
  const styles = useStyles();
  const t = useWords();
  const [enlarged, setEnlarged] = useState(false);
  const document = answer.data;
  return (
    <div className={styles.pane}>
      <div className={styles.facts} data-pane="reading" tabIndex={0} role="group" aria-label={t('reading.label')}>
        <h2 className={styles.title}>
          <MarkedText parts={hit.code} />
        </h2>
        <p className={styles.subject}>
          <MarkedText parts={hit.subject} />
        </p>
        <div>
          <Button
            as="a"
            appearance="primary"
            size="small"
            className={styles.open}
            icon={<Open16Regular />}
            href={addressOfDocument(hit)}
            onClick={(event: { preventDefault: () => void }) => {
              event.preventDefault();
              openDocument(hit);
            }}
          >
            {t(`find.open.${hit.register}`)} <KeyHint keys="Enter" />
          </Button>
        </div>
        <dl className={styles.fields}>
          {[...fieldsOf(t, hit), ...(document === undefined ? [] : moreFields(t, document))].map(([name, value]) =>
            value === '' ? null : (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
          {hit.found.map(({ place, parts }) => (
            <div key={place} style={{ display: 'contents' }}>
              <dt>{t('find.foundIn', { place: t(`find.place.${place}`) })}</dt>
              <dd>
                <MarkedText parts={parts} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
      {answer.isError && (
        <div className={styles.note}>
          <Notice tone="attention">{failureWords(t, failureOf(answer.error))}</Notice>
        </div>
      )}
      {document !== undefined && document.files.length > 0 && (
        <div className={styles.file}>
          <FilePane
            key={document.id}
            files={document.files}
            destroyed={'filesDestroyed' in document && document.filesDestroyed}
            enlarged={enlarged}
            onEnlarge={() => {
              setEnlarged(!enlarged);
            }}
          />
        </div>
      )}
    </div>
  );
}

type Field = readonly [name: string, value: string];

function fieldsOf(t: Formatter, hit: SearchHit): readonly Field[] {
  const number = hit.arrivalNumber === null ? '' : t('find.arrived', { number: hit.arrivalNumber, day: calendarDay(hit.day) });
  return [
    [t('find.filter.standing'), hit.imported ? t('legacy.mark') : standingWord(t, hit.standing)],
    [t('find.filter.kind'), hit.typeName],
    [t('find.filter.issuer'), hit.issuerName],
    [t('find.filter.issued'), hit.issuedDate === null ? '' : calendarDay(hit.issuedDate)],
    [t('find.number'), number],
    [t('find.filter.urgency'), urgencyWord(t, hit.urgency) ?? ''],
    [t('find.filter.due'), hit.dueDate === null ? '' : calendarDay(hit.dueDate)],
  ];
}

function moreFields(t: Formatter, document: IncomingDetail | OutgoingDetail): readonly Field[] {
  return [
    [t('find.field.signer'), [document.signerPosition, document.signerName].filter((part) => part !== '').join(' ')],
    [t('find.field.recipients'), document.toPlaces.join('; ')],
  ];
}
