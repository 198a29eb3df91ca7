import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Add20Regular, PeopleTeam24Regular } from '@fluentui/react-icons';
import type { RecipientGroup } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { methodKey } from '../../../bridge/methods.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { OptionList } from '../../../ui/OptionList.tsx';
import { GroupForm } from './GroupForm.tsx';

const useStyles = makeStyles({
  page: { display: 'grid', gridTemplateColumns: 'minmax(220px, 300px) minmax(0, 1fr)', height: '100%', minHeight: 0 },
  left: { display: 'flex', flexDirection: 'column', minHeight: 0, borderRight: `1px solid ${tokens.colorNeutralStroke2}` },
  head: { padding: '10px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  list: { flexGrow: 1, minHeight: 0 },
  right: { minWidth: 0, minHeight: 0, overflowY: 'auto', padding: '16px 20px', outlineOffset: '-2px', boxSizing: 'border-box' },
  said: { margin: '0 0 12px' },
  group: { display: 'flex', flexDirection: 'column' },
  count: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type GroupsEditorProps = { readonly groups: readonly RecipientGroup[] | undefined; readonly error: unknown };

const newGroup = 'new';

/** The office's lists of recipients. */
export function GroupsEditor({ groups, error }: GroupsEditorProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const { params } = useAddress();
  const [said, setSaid] = useState('');
  const chosenId = params['group'] ?? null;
  const choose = (id: string | null): void => {
    setSaid('');
    adjustAddress({ group: id });
  };
  const refresh = (): void => {
    void cache.invalidateQueries({ queryKey: methodKey('directory', 'groups') });
  };
  if (groups === undefined) {
    return error === null ? <Waiting label={t('common.loading')} /> : <Notice tone="attention">{failureWords(t, failureOf(error))}</Notice>;
  }
  const group = groups.find(({ id }) => id === chosenId) ?? null;
  const editing = group !== null || chosenId === newGroup;
  return (
    <div className={styles.page}>
      <div className={styles.left} data-pane="list">
        <div className={styles.head}>
          <Button
            icon={<Add20Regular />}
            onClick={() => {
              choose(newGroup);
            }}
          >
            {t('directory.groups.new')}
          </Button>
        </div>
        <div className={styles.list}>
          {groups.length > 0 && (
            <OptionList
              id="directory-groups"
              label={t('directory.groups.label')}
              chosen={groups.findIndex(({ id }) => id === chosenId)}
              options={groups.map(({ id, name, members }) => ({
                key: id,
                content: (
                  <span className={styles.group}>
                    <span>{name}</span>
                    <span className={styles.count}>{t('directory.groups.members', { count: members.length })}</span>
                  </span>
                ),
              }))}
              onChoose={(index) => {
                choose(groups[index]?.id ?? null);
              }}
            />
          )}
        </div>
      </div>
      <div className={styles.right} data-pane="reading" tabIndex={-1}>
        <div role="status" className={said === '' ? undefined : styles.said}>
          {said !== '' && <Notice tone="good">{said}</Notice>}
        </div>
        {editing ? (
          <GroupForm
            key={chosenId}
            group={group}
            others={groups.filter(({ id }) => id !== chosenId)}
            onSaved={(saved) => {
              cache.setQueryData<readonly RecipientGroup[]>(methodKey('directory', 'groups', {}), (before) =>
                before === undefined ? before : [...before.filter(({ id }) => id !== saved.id), saved],
              );
              refresh();
              choose(saved.id);
              setSaid(t('directory.group.saved', { name: saved.name }));
            }}
            onClosed={(closed) => {
              refresh();
              choose(null);
              setSaid(t('directory.group.closed', { name: closed.name }));
            }}
          />
        ) : (
          <EmptyState
            icon={<PeopleTeam24Regular />}
            title={t(groups.length === 0 ? 'directory.groups.none.title' : 'directory.groups.label')}
            text={t(groups.length === 0 ? 'directory.groups.none.text' : 'directory.group.choose')}
          />
        )}
      </div>
    </div>
  );
}
