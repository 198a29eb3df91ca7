import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { BoxToolbox24Regular } from '@fluentui/react-icons';
import type { HandoverRemark, PackageLook, PackageOrder } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { refreshHandover } from '../../../bridge/handover-cache.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { sizeWords } from '../../files/index.ts';
import { useLater } from '../../search/index.ts';
import { RemarkList } from '../parts/RemarkList.tsx';
import { RunLine } from '../parts/RunLine.tsx';
import { formNeeds, orderOf, useOrderDraft } from './order-draft.ts';
import { OrderForm } from './OrderForm.tsx';
import { ResultSheet } from './ResultSheet.tsx';

const useStyles = makeStyles({
  side: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground1 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: '12px 16px', display: 'flex', flexDirection: 'column', gap: '12px', outlineOffset: '-2px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 12px', padding: '10px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, flexShrink: 0 },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
});

/** Đóng gói: what, in which form and for whom on one side; what stands against it, live, and the making of it on the other. */
export function MakeView(): ReactNode {
  const t = useWords();
  const [draft, change] = useOrderDraft();
  const width = useWindowWidth();
  const [formWidth, setFormWidth] = useRememberedNumber('tvt.packing.form', Math.round(width * 0.46));
  const order = orderOf(draft);
  const settled = useLater(order, 200);
  const chosen = formNeeds[draft.form].of === 'dossiers' ? draft.dossiers.length : draft.documents.length;
  return (
    <SplitPane
      id="packing-form"
      label={t('packing.formWidth')}
      size={formWidth}
      min={360}
      max={Math.round(width * 0.6)}
      onSize={setFormWidth}
      first={<OrderForm draft={draft} onChange={change} />}
      second={<LookSide order={settled} current={JSON.stringify(settled) === JSON.stringify(order)} chosen={chosen} output={draft.output} drive={draft.drive} />}
    />
  );
}

type LookSideProps = { readonly order: PackageOrder; readonly current: boolean; readonly chosen: number; readonly output: 'zip' | 'folder'; readonly drive: string | null };

function LookSide({ order, current, chosen, output, drive }: LookSideProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const look = useAsk('packages', 'look', order, { enabled: chosen > 0, keepFormer: true, fresh: true });
  const here = useAsk('packages', 'lying', {}).data?.place ?? null;
  const place = drive ?? here;
  const state = useLatest('handover', 'progress');
  const make = useCommand('packages', 'make');
  const running = state?.running ?? null;
  const ready = chosen > 0 && current && !look.isPlaceholderData && look.data !== undefined && look.data.stopping === 0 && look.data.packages.length > 0 && running === null && !make.pending;
  const begin = (): void => {
    if (ready) void make.run({ order, output, drive }).then(() => refreshHandover(cache));
  };
  useShortcut('F8', begin);
  return (
    <section className={styles.side} aria-label={t('packing.look')}>
      <div className={styles.scroll} data-pane="reading" tabIndex={0} role="group" aria-label={t('packing.look')}>
        {running !== null && <RunLine run={running} />}
        {make.failure !== undefined && (
          <Notice tone={make.failure.code === 'packages-cancelled' ? 'info' : 'attention'} live>
            {failureWords(t, make.failure, 'packing')}
          </Notice>
        )}
        {make.value !== undefined && <ResultSheet made={make.value} />}
        {chosen === 0 ? (
          <EmptyState icon={<BoxToolbox24Regular />} title={t('packing.nothing.title')} text={t(`packing.nothing.${formNeeds[order.form].of}`)} />
        ) : look.isError ? (
          <Notice tone="attention">{failureWords(t, failureOf(look.error))}</Notice>
        ) : look.data === undefined ? (
          <Waiting label={t('packing.looking')} lines={6} />
        ) : (
          <Looked look={look.data} />
        )}
      </div>
      <div className={styles.bar} role="group" aria-label={t('life.acts')}>
        <Button appearance="primary" aria-keyshortcuts="F8" disabledFocusable={!ready} onClick={begin}>
          {t('packing.make', { count: chosen === 0 ? 0 : (look.data?.packages.length ?? 0) })}
          <KeyHint keys="F8" onPrimary />
        </Button>
        <span className={styles.small}>{place === null ? t('failure.handover-no-place') : t('packing.into', { folder: `${place}/goi-tin` })}</span>
      </div>
    </section>
  );
}

/** Elements of the head of a package that the form beside asks for, by what the circular calls them. */
const fields: Readonly<Record<string, string>> = { 'Tiêu đề gói tin': 'title', 'Mã yêu cầu khai thác': 'requestId', 'Ngày yêu cầu': 'requestDay' };

/** Leads to the field of the form in which a remark is mended; undefined when it is mended elsewhere. */
function fieldOf({ code, params }: HandoverRemark): (() => void) | undefined {
  const name = code === 'agreement-missing' ? 'agreement' : params['problem'] === 'package-archive-missing' ? 'archiveCode' : code === 'both-registers' ? 'find' : params['document'] === 0 ? fields[String(params['field'])] : undefined;
  return name === undefined
    ? undefined
    : () => {
        document.querySelector<HTMLElement>(`[data-pane=list] [name=${name}]`)?.focus();
      };
}

function Looked({ look }: { readonly look: PackageLook }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { packages, remarks, stopping } = look;
  const sum = (of: (one: PackageLook['packages'][number]) => number): number => packages.reduce((all, one) => all + of(one), 0);
  const told = remarks.length - remarks.filter(({ stops }) => stops).length;
  return (
    <>
      <Notice tone={stopping > 0 ? 'attention' : 'good'} live>
        {stopping > 0 ? t('packing.stopping', { count: stopping }) : t('packing.free', { told })}
      </Notice>
      <div className={styles.small}>{t('packing.amount', { packages: packages.length, documents: sum(({ documents }) => documents), files: sum(({ files }) => files), size: sizeWords(t, sum(({ bytes }) => bytes)) })}</div>
      {remarks.length > 0 && (
        <div>
          <h2 className={styles.title}>{t('packing.remarks', { count: remarks.length })}</h2>
          <RemarkList label={t('packing.remarks', { count: remarks.length })} remarks={remarks} mendHere={fieldOf} />
        </div>
      )}
    </>
  );
}
