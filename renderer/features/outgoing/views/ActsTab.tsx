import { useState, type ReactNode } from 'react';
import { Button, Field, makeStyles, mergeClasses, Textarea, tokens } from '@fluentui/react-components';
import type { DraftDetail } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  act: { padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' },
  void: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  comment: { margin: '2px 0 0' },
  form: { display: 'flex', flexDirection: 'column', gap: '8px', alignItems: 'flex-start', '& > div': { width: '100%' } },
});

/** Comments, checks, signature and returns of a draft, oldest first; a line to comment. */
export function ActsTab({ draft }: { readonly draft: DraftDetail }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const comment = useCommand('drafting', 'comment');
  const refresh = useRefreshLife();
  const [text, setText] = useState('');
  const open = draft.state !== 'numbered' && draft.state !== 'discarded';
  return (
    <>
      {draft.acts.length === 0 && <p className={styles.small}>{t('acts.none')}</p>}
      <ol className={styles.list} aria-label={t('acts.label')}>
        {draft.acts.map((act) => (
          <li key={act.id} className={styles.act}>
            <div className={mergeClasses(act.voidedAt !== null && styles.void)}>{t(`acts.${act.act}`, { version: act.version })}</div>
            {act.comment !== '' && <p className={styles.comment}>{act.comment}</p>}
            {act.signed !== null && <p className={styles.small}>{signedWords(t, act.signed)}</p>}
            {act.hints.length > 0 && <p className={styles.small}>{t('acts.hints', { count: act.hints.length })}</p>}
            <div className={styles.small}>
              {t(act.person === act.actor ? 'acts.by' : 'acts.byFor', { person: act.person, actor: act.actor, at: momentOf(act.at) })}
              {act.voidedAt !== null && ` · ${t('acts.voided', { at: momentOf(act.voidedAt) })}`}
            </div>
          </li>
        ))}
      </ol>
      {open && (
        <div className={styles.form}>
          <Field label={t('acts.comment')}>
            <Textarea
              name="new-comment"
              value={text}
              maxLength={500}
              rows={2}
              resize="vertical"
              onChange={(_, { value }) => {
                setText(value);
              }}
            />
          </Field>
          <Button
            disabledFocusable={text.trim() === '' || comment.pending}
            onClick={() => {
              if (text.trim() === '' || comment.pending) return;
              void comment.run({ id: draft.id, text: text.trim(), person: '' }).then(async (outcome) => {
                await refresh([draft.id]);
                if (outcome.ok) setText('');
              });
            }}
          >
            {t('acts.commentAct')}
          </Button>
          {comment.failure !== undefined && (
            <Notice tone="attention" live>
              {failureWords(t, comment.failure, 'drafting')}
            </Notice>
          )}
        </div>
      )}
    </>
  );
}

function signedWords(t: ReturnType<typeof useWords>, signed: NonNullable<DraftDetail['acts'][number]['signed']>): string {
  if (signed.form === 'paper') return t('signed.paper');
  if (signed.form === 'program') return t('signed.program');
  const continues = signed.continues === null ? 'unknown' : signed.continues ? 'yes' : 'no';
  return t('signed.file', { continues, signatures: signed.signatures });
}
