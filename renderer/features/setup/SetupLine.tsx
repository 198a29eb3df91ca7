import type { ReactNode } from 'react';
import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { TaskListSquareLtr20Regular } from '@fluentui/react-icons';
import { useAsk, useCommand } from '../../bridge/methods.ts';
import { useBarrier } from '../../bridge/session.ts';
import { formatAddress, goTo } from '../../foundations/address.ts';
import { useWords } from '../../i18n/use-words.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { openSteps } from './use-setup.ts';

/** How often the steps are counted anew: settings change on other screens, without a word to this one. */
const everyMs = 60_000;

const useStyles = makeStyles({
  // A link of the bar by its looks, and a button by what it does.
  button: { border: 'none', font: 'inherit', backgroundColor: 'transparent', cursor: 'pointer' },
});

export type SetupLineProps = {
  /** looks of an item of the bar that leads somewhere */
  readonly className: string;
};

/**
 * At the foot of the window: how many steps of the set-up wait, and nothing once none does; in practice the
 * way back to the office's station.
 */
export function SetupLine({ className }: SetupLineProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const barred = useBarrier('setup', 'settle');
  const change = useCommand('setup', 'changeProfile');
  const state = useAsk('setup', 'state', {}, { renewMs: everyMs }).data;
  if (state?.changesTo === 'office') {
    return (
      <button type="button" className={mergeClasses(className, styles.button)} onClick={() => void change.run({})}>
        {t('setup.office.open')}
      </button>
    );
  }
  // An office that worked before there was a set-up, and never opened it, is not reminded of it.
  if (state === undefined || barred !== undefined || (state.begun === null && state.putAway === null)) return null;
  const count = openSteps(state);
  if (count === 0) return null;
  return (
    <a
      className={className}
      href={formatAddress('setup')}
      onClick={(event) => {
        event.preventDefault();
        goTo('setup', {});
      }}
    >
      <StateMark tone="neutral" icon={<TaskListSquareLtr20Regular aria-hidden="true" />}>
        {t('bar.setup', { count })}
      </StateMark>
    </a>
  );
}
