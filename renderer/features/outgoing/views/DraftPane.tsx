import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { ArrowReply20Regular, CheckmarkCircle20Regular, Delete20Regular, Edit20Regular, NumberSymbol20Regular, Send20Regular, Signature20Regular } from '@fluentui/react-icons';
import type { DraftDetail, LifeAct } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { adjustAddress, formatAddress, goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { useDocumentKey } from '../../../ui/document-keys.ts';
import { FieldLines } from '../../../ui/FieldLines.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Trace } from '../../incoming/index.ts';
import { goToSigning, SignatureLabels, useMaySign } from '../../signing/index.ts';
import { CheckDialog } from '../acts/CheckDialog.tsx';
import { NumberDialog } from '../acts/NumberDialog.tsx';
import { ReasonAct } from '../acts/ReasonAct.tsx';
import { SignDialog } from '../acts/SignDialog.tsx';
import { useSigningWay } from '../acts/signing-way.ts';
import { HintList } from '../hints/HintList.tsx';
import { useFormHints } from '../hints/use-form-hints.ts';
import { draftLines } from '../parts/draft-lines.ts';
import { missingWords } from '../parts/life-words.ts';
import { anotherForm } from '../form/another-form.ts';
import { LifeSteps } from '../parts/LifeSteps.tsx';
import { ActsTab } from './ActsTab.tsx';
import { PaneFrame } from './PaneFrame.tsx';
import { VersionsTab } from './VersionsTab.tsx';

/** The one step that leads on from here, and its look. */
const nextActs = ['submit', 'check-content', 'check-form', 'sign', 'number'] as const;
type NextAct = (typeof nextActs)[number];
const icons = {
  submit: <Send20Regular />,
  'check-content': <CheckmarkCircle20Regular />,
  'check-form': <CheckmarkCircle20Regular />,
  sign: <Signature20Regular />,
  number: <NumberSymbol20Regular />,
} as const;

/** `chosenAs`: the id by which the list chose it. */
export type DraftPaneProps = { readonly draft: DraftDetail; readonly chosenAs: string; readonly current: boolean; readonly agency: string };

/** A draft: what it says, where it is, what was said of it, and the next step. */
export function DraftPane({ draft, chosenAs, current, agency }: DraftPaneProps): ReactNode {
  const t = useWords();
  const [asking, setAsking] = useState<NextAct | null>(null);
  const [said, setSaid] = useState('');
  const submit = useCommand('drafting', 'submit');
  const refresh = useRefreshLife();
  const hints = useFormHints(draft, agency);
  const [way, setWay] = useSigningWay('sign');
  const [sealWay] = useSigningWay('seal');
  const maySeal = useMaySign('agency');
  const may = (act: LifeAct): boolean => draft.may.includes(act);
  const next = nextActs.find(may);
  const onPaper = draft.acts.findLast(({ act, voidedAt }) => act === 'sign' && voidedAt === null)?.signed?.form === 'paper';
  // What was signed by hand is sealed by hand.
  const seal = !maySeal || onPaper ? 'no' : sealWay === 'program' ? 'first' : 'too';
  const incomplete = draft.state === 'draft' && draft.missing.length > 0;
  const close = (): void => {
    setAsking(null);
  };
  const edit = (): void => {
    adjustAddress(anotherForm(draft.id));
  };
  const act = (): void => {
    if (!current || next === undefined) return;
    setSaid('');
    if (next === 'sign' && way === 'program') goToSigning('person', [draft.id]);
    else if (next !== 'submit') setAsking(next);
    else if (incomplete) edit();
    else if (!submit.pending) {
      void submit.run({ id: draft.id, comment: '' }).then(async (outcome) => {
        await refresh([draft.id]);
        if (outcome.ok) setSaid(t('submit.done'));
      });
    }
  };
  useDocumentKey('F8', chosenAs, current && next !== undefined ? act : undefined);
  useDocumentKey('F2', chosenAs, current && may('change') ? edit : undefined);
  const { fields } = draft;
  const title = fields.typeName === '' ? t('life.untitled') : fields.typeName;
  return (
    <>
      <PaneFrame
        heading={{
          title: t('draft.heading', { type: title }),
          struck: draft.state === 'discarded',
          source: t('draft.source', { version: draft.version, at: momentOf(draft.changedAt), by: draft.changedBy }),
          subject: fields.subject,
        }}
        notices={
          <>
            {draft.returnedReason !== '' && (
              <Notice tone="attention">{t('draft.returned', { reason: draft.returnedReason })}</Notice>
            )}
            {incomplete && (
              <Notice tone="info">
                {t('draft.missing', { names: missingWords(t, draft.missing) })}
              </Notice>
            )}
            {(['repliesTo', 'corrects', 'replaces'] as const).map((kind) => {
              const about = draft[kind];
              if (about === null) return null;
              const section = kind === 'repliesTo' ? 'incoming' : 'outgoing';
              return (
                <Notice key={kind} tone="info">
                  {t(`draft.${kind}`)}{' '}
                  <AddressLink
                    href={formatAddress(section, { id: about.id })}
                    onGo={() => {
                      goTo(section, { id: about.id });
                    }}
                  >
                    {about.code}
                  </AddressLink>
                </Notice>
              );
            })}
            <LifeSteps state={draft.state} />
            {draft.state === 'signed' && !onPaper && <SignatureLabels id={draft.id} file={draft.files.find(({ role }) => role === 'main')} />}
            {draft.state === 'content-checked' && <HintList hints={hints} />}
            {submit.failure !== undefined && (
              <Notice tone="attention" live>
                {failureWords(t, submit.failure, 'drafting')}
              </Notice>
            )}
          </>
        }
        tabs={[
          { name: 'fields', words: t('reading.tab.fields'), body: <FieldLines lines={draftLines(t, fields)} /> },
          { name: 'acts', words: t('draft.tab.acts', { count: draft.acts.length }), body: <ActsTab draft={draft} /> },
          { name: 'versions', words: t('draft.tab.versions', { count: draft.version }), body: <VersionsTab id={draft.id} /> },
          { name: 'trace', words: t('reading.tab.trace'), body: <Trace id={draft.id} /> },
        ]}
        files={draft.files}
        said={said}
        acts={
          draft.may.length === 0 ? null : (
            <>
              {next !== undefined && (
                <Button appearance="primary" icon={icons[next]} disabledFocusable={!current || submit.pending} aria-keyshortcuts="F8" onClick={act}>
                  {t(incomplete ? 'draft.fillIn' : next === 'sign' && way === 'program' ? 'draft.next.signHere' : next === 'number' && seal === 'first' ? 'draft.next.numberSeal' : `draft.next.${next}`)}
                  <KeyHint keys="F8" onPrimary />
                </Button>
              )}
              {next === 'sign' && (
                <Button
                  disabledFocusable={!current}
                  onClick={() => {
                    if (current) setAsking('sign');
                  }}
                >
                  {t('sign.otherWays')}
                </Button>
              )}
              {may('change') && (
                <Button icon={<Edit20Regular />} aria-keyshortcuts="F2" onClick={edit}>
                  {t('draft.edit')}
                </Button>
              )}
              {may('return') && (
                <ReasonAct kind="return" id={draft.id} chosenAs={chosenAs} what={title} icon={<ArrowReply20Regular />} enabled={current} onDone={setSaid} />
              )}
              {may('discard') && (
                <ReasonAct kind="discard" id={draft.id} chosenAs={chosenAs} what={title} icon={<Delete20Regular />} enabled={current} onDone={setSaid} />
              )}
            </>
          )
        }
      />
      <CheckDialog draft={draft} kind="content" open={asking === 'check-content'} hints={null} onClose={close} onDone={setSaid} />
      <CheckDialog draft={draft} kind="form" open={asking === 'check-form'} hints={hints} onClose={close} onDone={setSaid} />
      <SignDialog
        what={{ kind: 'sign', id: draft.id, version: draft.version, signer: fields.signerName }}
        open={asking === 'sign'}
        way={way}
        onWay={setWay}
        onClose={close}
        onDone={setSaid}
      />
      <NumberDialog drafts={asking === 'number' ? { only: draft.id, seal } : null} onClose={close} />
    </>
  );
}
