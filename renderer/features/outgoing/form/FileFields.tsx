import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowDown16Regular, ArrowUp16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import type { StoredFile } from '#contract';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { sizeWords } from '../../files/index.ts';
import { FilePick } from '../parts/FilePick.tsx';
import { asMainFile, mainFileTypes } from './main-file.ts';
import { Section } from './Section.tsx';
import type { DraftForm, FormFile } from './use-draft-form.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  file: { display: 'flex', alignItems: 'center', gap: '4px', padding: '2px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  name: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type FileFieldsProps = {
  readonly form: DraftForm;
  /** hears of files on their way into the form; of each, whether it came */
  readonly onWork: (work: Promise<boolean>) => void;
  /** what the document's file tells of the form */
  readonly told: ReactNode;
};

/** The document's PDF, or a text that is made into one; what it was made of; attachments in their order. */
export function FileFields({ form, onWork, told }: FileFieldsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const converter = useAsk('drafting', 'converter', {});
  const convert = useCommand('drafting', 'convert');
  const [missing, setMissing] = useState<string | null>(null);
  const of = (role: FormFile['role']): readonly FormFile[] => ofRole(form.files, role);
  const put = (role: FormFile['role'], change: (now: readonly FormFile[]) => readonly FormFile[]): void => {
    form.changeFiles((files) => {
      const by = { main: ofRole(files, 'main'), attachment: ofRole(files, 'attachment'), source: ofRole(files, 'source') };
      const next = { ...by, [role]: change(by[role]) };
      return [...next.main, ...next.attachment, ...next.source];
    });
  };
  const takeMain = async (file: StoredFile): Promise<void> => {
    setMissing(null);
    const canConvert = converter.data?.available === true;
    const made = await asMainFile(file, canConvert ? (text) => convert.run({ file: text }).then((outcome) => (outcome.ok ? outcome.value : undefined)) : null);
    // A document stays in its place until there is another.
    if (made.files.some(({ role }) => role === 'main')) put('main', () => ofRole(made.files, 'main'));
    put('source', () => ofRole(made.files, 'source'));
    if (made.unconverted) setMissing(file.name);
  };
  const attachments = of('attachment');
  const move = (from: number, to: number): void => {
    put('attachment', (now) => {
      const rest = now.filter((_, at) => at !== from);
      return [...rest.slice(0, to), ...now.slice(from, from + 1), ...rest.slice(to)];
    });
  };
  return (
    <Section title={t('draft.files')}>
      <FilePick
        name="main"
        accept={mainFileTypes.join(',')}
        words={t(of('main').length === 0 ? 'draft.chooseMain' : 'draft.changeMain')}
        onWork={onWork}
        onFiles={([first]) => (first === undefined ? undefined : takeMain(first))}
      />
      {convert.pending && <p role="status">{t('draft.converting')}</p>}
      {convert.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, convert.failure, 'drafting')}
        </Notice>
      )}
      {missing !== null && (
        <Notice tone="attention" live>
          {t('draft.noConverter', { name: missing })}
        </Notice>
      )}
      <ul className={styles.list} aria-label={t('draft.files')}>
        {[...of('main'), ...of('source')].map((file) => (
          <li key={`${file.role} ${file.sha256}`} className={styles.file}>
            <span className={styles.name}>
              {t(`draft.role.${file.role}`, { name: file.name })} <span className={styles.small}>{sizeWords(t, file.size)}</span>
            </span>
            <Button
              size="small"
              appearance="subtle"
              icon={<Dismiss16Regular />}
              aria-label={t('draft.removeFile', { name: file.name })}
              onClick={() => {
                put(file.role, () => []);
              }}
            />
          </li>
        ))}
        {attachments.map((file, index) => (
          <li key={`${String(index)} ${file.sha256}`} className={styles.file}>
            <span className={styles.name}>
              {t('draft.attachmentAt', { place: index + 1, name: file.name })} <span className={styles.small}>{sizeWords(t, file.size)}</span>
            </span>
            <Button
              size="small"
              appearance="subtle"
              icon={<ArrowUp16Regular />}
              aria-label={t('directory.picker.up', { name: file.name })}
              disabledFocusable={index === 0}
              onClick={() => {
                if (index > 0) move(index, index - 1);
              }}
            />
            <Button
              size="small"
              appearance="subtle"
              icon={<ArrowDown16Regular />}
              aria-label={t('directory.picker.down', { name: file.name })}
              disabledFocusable={index === attachments.length - 1}
              onClick={() => {
                if (index < attachments.length - 1) move(index, index + 1);
              }}
            />
            <Button
              size="small"
              appearance="subtle"
              icon={<Dismiss16Regular />}
              aria-label={t('draft.removeFile', { name: file.name })}
              onClick={() => {
                put('attachment', (now) => now.filter((_, at) => at !== index));
              }}
            />
          </li>
        ))}
      </ul>
      {told}
      <FilePick
        name="attachments"
        several
        words={t('draft.addAttachments')}
        onWork={onWork}
        onFiles={(files) => {
          put('attachment', (now) => [...now, ...files.map((file) => ({ ...file, role: 'attachment' as const }))]);
        }}
      />
    </Section>
  );
}

function ofRole(files: readonly FormFile[], role: FormFile['role']): readonly FormFile[] {
  return files.filter((file) => file.role === role);
}
