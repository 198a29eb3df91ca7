import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { DossierDetail } from '#contract';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { retentionWords } from '../parts/dossier-words.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, 30%) minmax(0, 1fr)',
    columnGap: '12px',
    rowGap: '5px',
    margin: 0,
    '& dt': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300 },
    '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text' },
  },
  group: { display: 'contents' },
});

/** What is written of the dossier; what is empty is not named. */
export function FactsTab({ dossier }: { readonly dossier: DossierDetail }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <dl className={styles.fields}>
      {linesOf(t, dossier)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name} className={styles.group}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function linesOf(t: Formatter, dossier: DossierDetail): readonly (readonly [string, string])[] {
  const { fields } = dossier;
  return [
    [t('dossiers.field.catalog'), String(fields.catalog)],
    [t('dossiers.field.notation'), fields.notation],
    [t('dossiers.field.title'), fields.title],
    [t('dossiers.retention'), retentionWords(t, fields.retention)],
    [t('dossiers.retention.basis'), fields.retention.basis],
    [t('dossiers.maker.unit'), fields.maker.unitName],
    [t('dossiers.maker.person'), fields.maker.personName],
    [t('dossiers.field.startDate'), fields.startDate === null ? '' : calendarDay(fields.startDate)],
    [t('dossiers.field.endDate'), fields.endDate === null ? '' : calendarDay(fields.endDate)],
    [t('dossiers.field.useMode'), t(`dossiers.useMode.${fields.useMode}`)],
    [t('dossiers.field.keyword'), fields.keyword],
    [t('dossiers.field.infoSign'), fields.infoSign],
    [t('dossiers.field.condition'), t(`dossiers.condition.${fields.condition}`)],
    [t('dossiers.field.paperCode'), fields.paperCode],
    [t('dossiers.field.paperSheets'), fields.paperSheets === null ? '' : String(fields.paperSheets)],
    [t('dossiers.field.description'), fields.description],
    [t('dossiers.field.pages'), t('dossiers.field.pagesOf', { documents: dossier.members, pages: dossier.pages })],
    [t('dossiers.field.arranged'), t(`dossiers.arranged.${dossier.arranged}`)],
    [t('dossiers.field.opened'), t('acts.by', { person: dossier.openedBy, at: momentOf(dossier.openedAt) })],
    [t('dossiers.field.changed'), t('acts.by', { person: dossier.changedBy, at: momentOf(dossier.changedAt) })],
  ];
}
