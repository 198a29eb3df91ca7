import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, Switch, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import type { Person, PictureKind, Session, SigningPicture } from '#contract';
import { methodKey, useAsk, useCommand } from '../../../bridge/methods.ts';
import { useSession } from '../../../bridge/session.ts';
import { momentOf, timeOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { Card } from '../people/Card.tsx';
import { Acts, Small, Table } from '../people/Table.tsx';
import { PictureForm } from './PictureForm.tsx';
import { PictureGround } from './PictureGround.tsx';

const useStyles = makeStyles({ words: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' } });

type Task = { readonly kind: PictureKind; readonly persons: readonly Pick<Person, 'id' | 'name'>[]; readonly widthMm: string };

/** Usual outer width of a seal and of a signature as it is printed; the true one is measured. */
const usualMm: Readonly<Record<PictureKind, string>> = { seal: '36', signature: '40' };

/** Pictures of signatures and of the seal: those that the person at the window may see and set. */
export function PicturesCard(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const session = useSession();
  const [ended, setEnded] = useState(false);
  const answer = useAsk('signingSettings', 'pictures', { ended }, { keepFormer: true, fresh: true });
  const staff = useAsk('people', 'staff', { ended: false }).data?.persons ?? [];
  const end = useCommand('signingSettings', 'endPicture');
  const [task, setTask] = useState<Task | null>(null);
  const [ending, setEnding] = useState<SigningPicture | null>(null);
  const [said, setSaid] = useState('');
  const close = (): void => {
    setTask(null);
    setEnding(null);
  };
  const done = (): void => {
    close();
    setSaid(t('settings.savedAt', { time: timeOf(new Date()) }));
    void cache.invalidateQueries({ queryKey: methodKey('signingSettings', 'pictures') });
  };
  const begin = (next: Task): void => {
    setSaid('');
    setTask(next);
  };
  const persons = personsFor(session, staff);
  const pictures = answer.data ?? [];
  const replace = ({ kind, person, personName, widthMm }: SigningPicture): void => {
    begin({ kind, persons: person === null ? [] : [{ id: person, name: personName }], widthMm: String(widthMm) });
  };
  const whose = ({ kind, personName }: SigningPicture): string => (kind === 'seal' ? t('signer.picture.seal') : t('signer.picture.of', { name: personName }));
  return (
    <Card
      title={t('signer.pictures.title')}
      intro={t('signer.pictures.intro')}
      said={said}
      acts={
        <>
          <Switch
            label={t('signer.pictures.ended')}
            checked={ended}
            onChange={(_, { checked }) => {
              setEnded(checked);
            }}
          />
          {persons.length > 0 && (
            <Button
              icon={<Add20Regular />}
              onClick={() => {
                begin({ kind: 'signature', persons, widthMm: usualMm.signature });
              }}
            >
              {t('signer.picture.set.signature')}
            </Button>
          )}
          {maySetSeal(session) && (
            <Button
              icon={<Add20Regular />}
              onClick={() => {
                begin({ kind: 'seal', persons: [], widthMm: usualMm.seal });
              }}
            >
              {t('signer.picture.set.seal')}
            </Button>
          )}
        </>
      }
      task={task === null ? undefined : <PictureForm key={`${task.kind} ${task.persons[0]?.id ?? ''}`} {...task} onDone={done} onCancel={close} />}
    >
      {pictures.length === 0 ? (
        <p className={styles.words}>{t('signer.pictures.none')}</p>
      ) : (
        <Table
          label={t('signer.pictures.title')}
          columns={[t('signer.picture.whose'), t('signer.picture.seen'), t('signer.picture.size'), t('signer.picture.since'), t('people.acts')]}
          rows={pictures.map((picture) => ({
            key: picture.file.id,
            cells: [
              <>
                {whose(picture)}
                {picture.endedAt !== null && <Small>{t('signer.picture.endedBy', { at: momentOf(picture.endedAt), who: picture.endedBy, reason: picture.endedReason })}</Small>}
              </>,
              <PictureGround key="picture" source={`/files/${picture.file.id}`} words={whose(picture)} widthMm={picture.widthMm} />,
              <>
                {t('signer.picture.mm', { width: picture.widthMm, height: picture.heightMm })}
                <Small>{t('signer.picture.px', { width: picture.widthPx, height: picture.heightPx })}</Small>
              </>,
              <>
                {momentOf(picture.setAt)}
                <Small>{t('signer.picture.setBy', { who: picture.setBy, reason: picture.reason })}</Small>
              </>,
              picture.endedAt === null && (
                <Acts>
                  <Button
                    size="small"
                    aria-label={t('signer.picture.replaceOf', { whose: whose(picture) })}
                    onClick={() => {
                      replace(picture);
                    }}
                  >
                    {t('signer.picture.replace')}
                  </Button>
                  <Button
                    size="small"
                    aria-label={t('signer.picture.endOf', { whose: whose(picture) })}
                    onClick={() => {
                      setSaid('');
                      end.reset();
                      setEnding(picture);
                    }}
                  >
                    {t('signer.picture.end')}
                  </Button>
                </Acts>
              ),
            ],
          }))}
        />
      )}
      <p className={styles.words}>{t('signer.pictures.trueSize')}</p>
      <ReasonDialog
        open={ending !== null}
        title={t('signer.picture.endOf', { whose: ending === null ? '' : whose(ending) })}
        reason={{ label: t('signer.field.reason'), missing: t('signer.reasonMissing'), starts: [], startsLabel: '' }}
        confirm={t('signer.picture.end')}
        cancel={t('ask.cancel')}
        pending={end.pending}
        failure={end.failure === undefined ? undefined : failureWords(t, end.failure)}
        onConfirm={(reason) => {
          void end.run({ id: ending?.file.id ?? '', reason }).then(({ ok }) => {
            if (ok) done();
          });
        }}
        onClose={close}
      >
        <p>{t('signer.picture.endMeaning')}</p>
      </ReasonDialog>
    </Card>
  );
}

/** Whose signatures the person at the window may set, as the core judges it: everybody's for an administrator, else one's own. */
function personsFor(session: Session | undefined, staff: readonly Person[]): readonly Pick<Person, 'id' | 'name'>[] {
  if (session === undefined) return [];
  return session.roles.includes('administrator') ? staff : staff.filter(({ id }) => id === session.person?.id);
}

function maySetSeal(session: Session | undefined): boolean {
  return session?.roles.some((role) => role === 'administrator' || role === 'clerk') === true;
}
