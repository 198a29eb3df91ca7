import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Switch, tokens } from '@fluentui/react-components';
import type { TokensState } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '10px' },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  module: { display: 'flex', gap: '12px', alignItems: 'center', padding: '4px 0', overflowWrap: 'anywhere' },
  less: { color: tokens.colorNeutralForeground2 },
  // The button beside the field, which has its label above and a hint below.
  add: { display: 'flex', gap: '8px', alignItems: 'center', flexWrap: 'wrap' },
  path: { flex: '1 1 320px', maxWidth: '560px' },
});

export type DriversProps = { readonly state: TokensState };

/** The drivers of this machine, and when they are started. */
export function Drivers({ state }: DriversProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [path, setPath] = useState('');
  const use = useCommand('tokens', 'useModule');
  const drop = useCommand('tokens', 'dropModule');
  const watch = useCommand('tokens', 'saveWatch');
  const failure = use.failure ?? drop.failure ?? watch.failure;
  const barred = use.barred !== undefined;
  const add = (): void => {
    if (path.trim() === '' || use.pending || barred) return;
    void use.run({ path: path.trim() }).then((outcome) => {
      if (outcome.ok) setPath('');
    });
  };
  return (
    <div className={styles.box}>
      <ul className={styles.list}>
        {state.modules.map((module) => (
          <li key={module.id} className={styles.module}>
            <span>{module.path}</span>
            <span className={styles.less}>{module.added ? t('doctor.drivers.added') : module.family}</span>
            {module.added && !barred && (
              <Button size="small" aria-label={t('doctor.drivers.drop', { path: module.path })} onClick={() => void drop.run({ module: module.id })}>
                {t('doctor.drivers.dropShort')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {barred ? (
        <span className={styles.less}>{failureWords(t, use.barred)}</span>
      ) : (
        <>
          <form
            className={styles.add}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              add();
            }}
          >
            <Field className={styles.path} label={t('doctor.drivers.path')} hint={t('doctor.drivers.pathHint')}>
              <Input
                name="module-path"
                value={path}
                autoComplete="off"
                spellCheck={false}
                maxLength={1000}
                onChange={(_, data) => {
                  use.reset();
                  setPath(data.value);
                }}
              />
            </Field>
            <Button type="submit" disabledFocusable={path.trim() === '' || use.pending}>
              {t('doctor.drivers.add')}
            </Button>
          </form>
          <Field hint={t('doctor.drivers.watchHint')}>
            <Switch
              label={t('doctor.drivers.watch')}
              checked={state.watchFromStart}
              onChange={(_, { checked }) => void watch.run({ fromStart: checked })}
            />
          </Field>
        </>
      )}
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure)}
        </Notice>
      )}
    </div>
  );
}
