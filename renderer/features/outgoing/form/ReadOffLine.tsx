import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DocumentSearch20Regular } from '@fluentui/react-icons';
import type { MessageKey } from '../../../i18n/catalogue.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { readFields, type ReadField } from './read-off.ts';

const useStyles = makeStyles({
  list: { margin: '4px 0', padding: 0, listStyle: 'none', '& li': { overflowWrap: 'anywhere' } },
  label: { color: tokens.colorNeutralForeground2 },
});

const labels: Readonly<Record<ReadField, MessageKey>> = { typeName: 'field.type', place: 'field.place', subject: 'draft.subject', signerName: 'field.signer', signerPosition: 'field.signerPosition' };

export type ReadOffLineProps = {
  /** name of the file */
  readonly file: string;
  /** what the page has for fields that are still empty */
  readonly found: Partial<Readonly<Record<ReadField, string>>>;
  readonly onFill: () => void;
};

/** Offers what was read off the file for the fields that are empty; nothing is put in by itself. */
export function ReadOffLine({ file, found, onFill }: ReadOffLineProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [put, setPut] = useState(false);
  const fields = readFields.filter((field) => found[field] !== undefined);
  if (fields.length === 0) return put ? <p role="status">{t('draft.read.done')}</p> : null;
  return (
    <Notice tone="info">
      {t('draft.read.found', { file })}
      <ul className={styles.list}>
        {fields.map((field) => (
          <li key={field}>
            <span className={styles.label}>{t(labels[field])}:</span> {found[field]}
          </li>
        ))}
      </ul>
      <Button
        size="small"
        icon={<DocumentSearch20Regular />}
        onClick={() => {
          setPut(true);
          onFill();
        }}
      >
        {t('draft.read.fill', { count: fields.length })}
      </Button>
    </Notice>
  );
}
