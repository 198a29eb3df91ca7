import { useState, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { FileVerdict, SignatureVerdict } from '#contract';
import { momentOf } from '../../i18n/dates.ts';
import type { Formatter } from '../../i18n/formatter.ts';
import { useWords } from '../../i18n/use-words.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { CompareDialog } from './CompareDialog.tsx';
import { signedPart, verdictPlace, type ComparedPlace, type PointedPlace } from './places.ts';
import { changeWords, commonName, lookOf, reasonWords, timeWords } from './verdict-words.tsx';

const useStyles = makeStyles({
  basis: { display: 'flex', flexDirection: 'column', gap: '10px' },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '12px' },
  signature: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: '8px' },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  state: { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'normal' },
  facts: { margin: '4px 0', display: 'grid', gridTemplateColumns: 'minmax(84px, max-content) 1fr', columnGap: '10px', rowGap: '2px', '& dt': { color: tokens.colorNeutralForeground2 }, '& dd': { margin: 0, overflowWrap: 'anywhere' } },
  part: { margin: '6px 0 0', fontWeight: tokens.fontWeightSemibold },
  reasons: { margin: '2px 0 0', paddingInlineStart: '18px', textWrap: 'pretty', overflowWrap: 'anywhere' },
  remark: { color: tokens.colorNeutralForeground2 },
  place: { marginInlineStart: '6px' },
});

const parts = ['cryptography', 'coverage', 'trust'] as const;

export type BasisProps = {
  readonly of: FileVerdict;
  /** shows a place of the file beside; absent where no file is shown */
  /** undefined where no file is shown */
  readonly onPlace: ((place: PointedPlace) => void) | undefined;
};

/** What the result on a file stands on: of each signature who, for whom, when, whole or changed, the certificate then. */
export function Basis({ of, onPlace }: BasisProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [compared, setCompared] = useState<ComparedPlace | null>(null);
  const verdict = of.result?.verdict;
  if (verdict === undefined) return null;
  return (
    <div className={styles.basis}>
      {verdict.reasons.length > 0 && (
        <ul className={styles.reasons}>
          {verdict.reasons.map((one, at) => (
            <li key={at}>{reasonWords(t, one)}</li>
          ))}
        </ul>
      )}
      <ol className={styles.list}>
        {verdict.signatures.map((signature, at) => (
          <li key={at} className={styles.signature}>
            <Signature signature={signature} file={of.file} onPlace={onPlace} revisions={verdict.file.revisions} onCompare={setCompared} />
          </li>
        ))}
      </ol>
      <CompareDialog
        compared={compared}
        onClose={() => {
          setCompared(null);
        }}
      />
    </div>
  );
}

type SignatureProps = {
  readonly signature: SignatureVerdict;
  readonly file: FileVerdict['file'];
  readonly onPlace: BasisProps['onPlace'];
  /** how many the file has */
  readonly revisions: number;
  readonly onCompare: (place: ComparedPlace) => void;
};

function Signature(props: SignatureProps): ReactNode {
  const { signature } = props;
  const styles = useStyles();
  const t = useWords();
  const look = lookOf(t, signature.indication);
  const cause = signature.subIndication === null ? '' : t('verification.report.because', { cause: t(`verification.subIndication.${signature.subIndication}`) });
  const name = signature.kind === 'document-timestamp' ? t('verification.kind.document-timestamp') : (signature.signer?.name ?? t('verification.report.unnamed'));
  return (
    <>
      <h3 className={styles.name}>{name}</h3>
      <StateMark tone={look.tone} icon={look.icon} className={styles.state}>
        {`${look.words}${cause}`}
      </StateMark>
      <dl className={styles.facts}>
        {factsOf(t, signature).map(([label, value]) => (
          <Fact key={label} label={label} value={value} />
        ))}
      </dl>
      {parts.map((part) => {
        const { indication, reasons, remarks } = signature[part];
        return (
          <div key={part}>
            <p className={styles.part}>{t(`verification.part.${part}`, { verdict: t(`verdict.word.${indication}`) })}</p>
            {reasons.length + remarks.length > 0 && (
              <ul className={styles.reasons}>
                {reasons.map((one, at) => (
                  <li key={at}>{reasonWords(t, one)}</li>
                ))}
                {remarks.map((one, at) => (
                  <li key={`r${String(at)}`} className={styles.remark}>
                    {reasonWords(t, one)}
                  </li>
                ))}
              </ul>
            )}
            {part === 'coverage' && <Changes {...props} />}
          </div>
        );
      })}
    </>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** Label and value of what a certificate and its signature say, in the order of TT 15/2025/TT-BKHCN annex II. */
function factsOf(t: Formatter, signature: SignatureVerdict): readonly (readonly [string, string])[] {
  const { signer, chain, evidence, timestamps } = signature;
  const newest = evidence.map(({ issuedAt }) => issuedAt).toSorted().at(-1);
  const facts: [string, string][] = [];
  if (signer !== null && signature.kind === 'signature') {
    const { organization, unit, capacity, agency, certificate } = signer;
    facts.push([t('verdict.fact.organization'), [organization, unit].filter((part) => part !== '').join('; ')]);
    facts.push([t('verdict.fact.capacity'), t(`verification.capacity.${capacity}`)]);
    facts.push([t('verdict.fact.sender'), t(`verification.agency.${agency.match}`)]);
    facts.push([t('verdict.fact.issuer'), commonName(chain[1]?.subject ?? certificate.issuer)]);
    facts.push([t('verdict.fact.validity'), t('verdict.span', { from: momentOf(certificate.validFrom), to: momentOf(certificate.validTo) })]);
  }
  facts.push([t('verdict.fact.time'), timeWords(t, signature)]);
  for (const [at, stamp] of timestamps.entries()) facts.push([t('verdict.fact.stamp', { number: at + 1 }), t('verdict.stamp', { at: momentOf(stamp.at), authority: stamp.authority, valid: stamp.isValid ? 'yes' : 'no' })]);
  facts.push([t('verdict.fact.status'), newest === undefined ? t('verdict.noStatus') : t('verdict.statusAt', { at: momentOf(newest) })]);
  return facts.filter(([, value]) => value !== '');
}

/** What was done after it was signed, what is forbidden or doubtful first; each with its place where it has one. */
function Changes({ signature, file, revisions, onPlace, onCompare }: SignatureProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const order = ['forbidden', 'suspicious', 'undecided', 'permitted'];
  const sorted = signature.changes.toSorted((a, b) => order.indexOf(a.class) - order.indexOf(b.class));
  const signed = signedPart(signature);
  if (sorted.length === 0) return null;
  return (
    <ul className={styles.reasons} aria-label={t('verdict.changes')}>
      {sorted.map((change, at) => {
        const place = verdictPlace(file.id, change);
        return (
          <li key={at} className={mergeClasses(change.class === 'permitted' && styles.remark)}>
            {t('verdict.change', { class: change.class, words: changeWords(t, change.code) })}
            {place !== undefined && onPlace !== undefined && (
              <Button
                className={styles.place}
                size="small"
                appearance="secondary"
                onClick={() => {
                  onPlace(place);
                }}
              >
                {t('verdict.place', { page: place.page })}
              </Button>
            )}
            {place !== undefined && signed !== undefined && change.class !== 'permitted' && (
              <Button
                className={styles.place}
                size="small"
                appearance="secondary"
                aria-haspopup="dialog"
                onClick={() => {
                  onCompare({ file, revisions, place, change, signed });
                }}
              >
                {t('verdict.compare.act')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
