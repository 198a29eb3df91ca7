import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { PackageRemark, PackageVerdict } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { sizeWords } from '../../files/index.ts';
import { ruleWords } from '../parts/rule-words.ts';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: '4px 16px',
    margin: 0,
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text' },
  },
  title: { margin: '4px 0 0', fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  group: { padding: '8px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' },
  places: { margin: '4px 0', paddingInlineStart: '20px' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

type Group = { readonly rule: string; readonly remarks: readonly PackageRemark[] };

/** Rules in the order in which they are first met, each with all its places. */
function groupsOf(remarks: readonly PackageRemark[]): readonly Group[] {
  const groups = new Map<string, PackageRemark[]>();
  for (const one of remarks) groups.set(one.rule, [...(groups.get(one.rule) ?? []), one]);
  return [...groups].map(([rule, its]) => ({ rule, remarks: its }));
}

/** What the validator found, by how much it binds and by rule: what is wrong, where, what to do, and by which text. */
export function VerdictSheet({ verdict }: { readonly verdict: PackageVerdict }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { fit, complete, broken, remarks } = verdict;
  const all = broken.must + broken.should + broken.may;
  return (
    <>
      <Notice tone={fit ? 'good' : 'attention'} live>
        {t('packing.verdictHead', { name: verdict.name, fit: fit ? 'yes' : 'no' })} {!complete && t('package.report.incomplete')}
      </Notice>
      <dl className={styles.facts}>
        <dt>{t('packing.fact.profile')}</dt>
        <dd>{t(`package.profile.${verdict.profile}`)}</dd>
        {verdict.code !== '' && (
          <>
            <dt>{t('packing.fact.code')}</dt>
            <dd>
              {verdict.code} {verdict.title}
            </dd>
          </>
        )}
        <dt>{t('packing.fact.object')}</dt>
        <dd>{verdict.objectId === '' ? t('package.nothing') : verdict.objectId}</dd>
        <dt>{t('packing.fact.amount')}</dt>
        <dd>{t('packing.factAmount', { documents: verdict.documents, files: verdict.files, failed: verdict.failed, size: sizeWords(t, verdict.bytes) })}</dd>
      </dl>
      <div>{all === 0 ? t('package.report.clean') : t('package.report.counts', broken)}</div>
      {(['must', 'should', 'may'] as const).map((level) => {
        const groups = groupsOf(remarks.filter((one) => one.level === level));
        return (
          groups.length > 0 && (
            <section key={level} aria-label={t(`package.level.${level}`)}>
              <h2 className={styles.title}>{t('packing.levelHead', { level: t(`package.level.${level}`), count: broken[level] })}</h2>
              <ul className={styles.list}>
                {groups.map((group) => (
                  <RuleGroup key={group.rule} group={group} />
                ))}
              </ul>
            </section>
          )
        );
      })}
      {all > remarks.length && <div className={styles.small}>{t('packing.moreRemarks', { count: all - remarks.length })}</div>}
    </>
  );
}

const shownPlaces = 5;

function RuleGroup({ group }: { readonly group: Group }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [all, setAll] = useState(false);
  const [first] = group.remarks;
  if (first === undefined) return null;
  const sentence = ruleWords(t, group.rule, first.params);
  const shown = all ? group.remarks : group.remarks.slice(0, shownPlaces);
  return (
    <li className={styles.group}>
      <div>{sentence}</div>
      <ul className={styles.places}>
        {shown.map((one, index) => {
          const said = ruleWords(t, one.rule, one.params);
          return (
            <li key={`${one.file} ${one.at} ${String(index)}`}>
              {one.file === '' ? t('package.report.whole') : one.line > 0 ? t('package.report.line', { file: one.file, line: one.line }) : one.file} <span className={styles.small}>{one.at}</span>
              {said !== sentence && <div className={styles.small}>{said}</div>}
            </li>
          );
        })}
      </ul>
      {group.remarks.length > shownPlaces && (
        <Button size="small" aria-expanded={all} onClick={() => { setAll(!all); }}>
          {t(all ? 'packing.placesLess' : 'packing.placesMore', { count: group.remarks.length - shownPlaces })}
        </Button>
      )}
      <div className={styles.small}>{t('packing.basis', { source: first.source, rule: first.rule, sure: first.confidence })}</div>
    </li>
  );
}
