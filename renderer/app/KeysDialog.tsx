import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useMay, useSession, type Method } from '../bridge/session.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { useWords } from '../i18n/use-words.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { ModalDialog } from '../ui/ModalDialog.tsx';
import { printNeeds } from './routes.tsx';

type Key = {
  readonly names: readonly string[];
  readonly meaning: MessageKey;
  /** it is of use to whoever may give one of these commands; absent: to everybody */
  readonly needs?: readonly Method[];
  /** only where one signs in */
  readonly signedIn?: true;
};

const drafts: readonly Method[] = [['drafting', 'create']];
const makes: readonly Method[] = [...drafts, ['dossiers', 'open'], ['dossiers', 'createPlan'], ['handover', 'make'], ['keeping', 'createDisposal'], ['intake', 'addIncoming']];

// Only keys that do something in this version.
const keys: readonly Key[] = [
  { names: ['F8'], meaning: 'keys.F8' },
  { names: ['Alt+N'], meaning: 'keys.new', needs: makes },
  { names: ['Alt+R'], meaning: 'keys.reply', needs: drafts },
  { names: ['Alt+H', 'Alt+Shift+H'], meaning: 'keys.dossier', needs: [['dossiers', 'addDocuments']] },
  { names: ['Alt+↑', 'Alt+↓'], meaning: 'keys.order', needs: [['dossiers', 'arrange'], ['dossiers', 'moveInPlan']] },
  { names: ['F2'], meaning: 'keys.F2', needs: [...makes, ['dossiers', 'save']] },
  { names: ['Alt+P'], meaning: 'keys.printing', needs: printNeeds },
  { names: ['Space', 'F2', 'Shift+↑', 'Delete'], meaning: 'keys.signing', needs: [['signing', 'start']] },
  { names: ['F9'], meaning: 'keys.F9', needs: [['intake', 'addIncoming']] },
  { names: ['Ctrl+O'], meaning: 'keys.pickFiles', needs: [['intake', 'takeFile'], ['legacy', 'preview']] },
  { names: ['Ctrl+Enter'], meaning: 'keys.saveNext' },
  { names: ['Ctrl+D'], meaning: 'keys.repeat', needs: [...drafts, ['intake', 'addIncoming']] },
  { names: ['Alt+↓', 'Alt+↑'], meaning: 'keys.candidates', needs: [...drafts, ['intake', 'addIncoming']] },
  { names: ['Ctrl+↑'], meaning: 'keys.first', needs: [['exchange', 'moveUp']] },
  { names: ['Delete'], meaning: 'keys.Delete' },
  { names: ['Alt+Delete'], meaning: 'keys.discard', needs: [['intake', 'discardFile']] },
  { names: ['F6', 'Shift+F6'], meaning: 'keys.F6' },
  { names: ['Ctrl+K'], meaning: 'keys.palette' },
  { names: ['F3'], meaning: 'keys.find' },
  { names: ['F4'], meaning: 'keys.F4' },
  { names: ['F5'], meaning: 'keys.F5' },
  { names: ['Alt+1', 'Alt+7'], meaning: 'keys.sections' },
  { names: ['Ctrl+PageUp', 'Ctrl+PageDown'], meaning: 'keys.parts' },
  { names: ['↑', '↓', 'Home', 'End', 'PageUp', 'PageDown'], meaning: 'keys.rows' },
  { names: ['Enter', 'Space'], meaning: 'keys.choose' },
  { names: ['+', '−', '0'], meaning: 'keys.zoom' },
  { names: ['Ctrl+P'], meaning: 'keys.print', needs: [['handling', 'printCopy']] },
  { names: ['Ctrl+S'], meaning: 'keys.save' },
  { names: ['Ctrl+Shift+L'], meaning: 'keys.lock', signedIn: true },
  { names: ['Esc'], meaning: 'keys.Escape' },
  { names: ['?'], meaning: 'keys.help' },
];

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    '& td, & th': {
      textAlign: 'left',
      fontWeight: tokens.fontWeightRegular,
      padding: '6px 8px',
      borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
      verticalAlign: 'top',
    },
  },
  keys: { display: 'flex', flexWrap: 'wrap', gap: '4px', width: '210px' },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export type KeysDialogProps = { readonly open: boolean; readonly onClose: () => void };

/** The published keys that are of use to whoever sits here. */
export function KeysDialog({ open, onClose }: KeysDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const may = useMay();
  const signedIn = useSession()?.state === 'signed-in';
  const shown = keys.filter(({ needs, signedIn: only }) => (needs?.some((method) => may(...method)) ?? true) && (only !== true || signedIn));
  return (
    <ModalDialog open={open} title={t('keys.title')} closeLabel={t('common.close')} onClose={onClose}>
      <table className={styles.table}>
        <tbody>
          {shown.map(({ names, meaning }) => (
            <tr key={meaning}>
              <th scope="row">
                <span className={styles.keys}>
                  {names.map((name) => (
                    <KeyHint key={name} keys={name} />
                  ))}
                </span>
              </th>
              <td>{t(meaning)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{t('keys.note')}</p>
    </ModalDialog>
  );
}
