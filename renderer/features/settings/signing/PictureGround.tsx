import type { ReactNode } from 'react';
import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { own } from '../../../foundations/theme.ts';

const squares = (one: string): string => `repeating-conic-gradient(${one} 0% 25%, transparent 0% 50%)`;

const useStyles = makeStyles({
  both: { display: 'flex', flexWrap: 'wrap', gap: '8px', margin: 0 },
  ground: { display: 'grid', padding: '12px', borderRadius: '4px', backgroundSize: '16px 16px', width: 'max-content', maxWidth: '100%', boxSizing: 'border-box' },
  paper: { backgroundColor: own.tvtPaper, backgroundImage: squares(own.tvtPaperCheck) },
  night: { backgroundColor: own.tvtNight, backgroundImage: squares(own.tvtNightCheck) },
  picture: { display: 'block', maxWidth: '100%' },
});

export type PictureGroundProps = {
  readonly source: string;
  /** what it shows, for who cannot see it */
  readonly words: string;
  /** true width on paper */
  readonly widthMm: number;
};

/** A picture at its true size on squares, light and dark: what is transparent shows them. */
export function PictureGround({ source, words, widthMm }: PictureGroundProps): ReactNode {
  const styles = useStyles();
  const size = { width: `${String(widthMm)}mm` };
  return (
    <div className={styles.both}>
      <div className={mergeClasses(styles.ground, styles.paper)}>
        <img className={styles.picture} style={size} src={source} alt={words} />
      </div>
      <div className={mergeClasses(styles.ground, styles.night)}>
        <img className={styles.picture} style={size} src={source} alt="" />
      </div>
    </div>
  );
}
