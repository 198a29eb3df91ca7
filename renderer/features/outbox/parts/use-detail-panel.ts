import { makeStyles, tokens } from '@fluentui/react-components';

/** The panel below a table that says everything about the chosen row. */
export const useDetailPanel = makeStyles({
  panel: {
    borderTop: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground2,
    padding: '12px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    flexShrink: 0,
    maxHeight: '50%',
    overflowY: 'auto',
    outlineOffset: '-2px',
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
});
