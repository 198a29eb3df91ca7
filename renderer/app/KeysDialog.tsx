import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { MessageKey } from '../i18n/catalogue.ts';
import { useWords } from '../i18n/use-words.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { ModalDialog } from '../ui/ModalDialog.tsx';

// Only keys that do something in this version.
const keys: readonly (readonly [readonly string[], MessageKey])[] = [
  [['F8'], 'keys.F8'],
  [['Alt+N'], 'keys.new'],
  [['Alt+R'], 'keys.reply'],
  [['Alt+H', 'Alt+Shift+H'], 'keys.dossier'],
  [['Alt+↑', 'Alt+↓'], 'keys.order'],
  [['F2'], 'keys.F2'],
  [['Alt+P'], 'keys.printing'],
  [['Space', 'F2', 'Shift+↑', 'Delete'], 'keys.signing'],
  [['F9'], 'keys.F9'],
  [['Ctrl+O'], 'keys.pickFiles'],
  [['Ctrl+Enter'], 'keys.saveNext'],
  [['Ctrl+D'], 'keys.repeat'],
  [['Alt+↓', 'Alt+↑'], 'keys.candidates'],
  [['Ctrl+↑'], 'keys.first'],
  [['Delete'], 'keys.Delete'],
  [['Alt+Delete'], 'keys.discard'],
  [['F6', 'Shift+F6'], 'keys.F6'],
  [['Ctrl+K'], 'keys.palette'],
  [['F3'], 'keys.find'],
  [['F4'], 'keys.F4'],
  [['F5'], 'keys.F5'],
  [['Alt+1', 'Alt+7'], 'keys.sections'],
  [['Ctrl+PageUp', 'Ctrl+PageDown'], 'keys.parts'],
  [['↑', '↓', 'Home', 'End', 'PageUp', 'PageDown'], 'keys.rows'],
  [['Enter', 'Space'], 'keys.choose'],
  [['+', '−', '0'], 'keys.zoom'],
  [['Ctrl+P'], 'keys.print'],
  [['Ctrl+S'], 'keys.save'],
  [['Ctrl+Shift+L'], 'keys.lock'],
  [['Esc'], 'keys.Escape'],
  [['?'], 'keys.help'],
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

/** The published keys. */
export function KeysDialog({ open, onClose }: KeysDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <ModalDialog open={open} title={t('keys.title')} closeLabel={t('common.close')} onClose={onClose}>
      <table className={styles.table}>
        <tbody>
          {keys.map(([names, meaning]) => (
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
