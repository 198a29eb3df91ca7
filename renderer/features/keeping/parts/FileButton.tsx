import { useRef, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { Attach16Regular } from '@fluentui/react-icons';

const useStyles = makeStyles({ hidden: { display: 'none' } });

export type FileButtonProps = { readonly words: string; readonly small?: boolean; readonly many?: boolean; readonly accept?: string; readonly onFiles: (files: readonly File[]) => void };

/** A button that picks files of this machine. */
export function FileButton({ words, small = false, many = false, accept, onFiles }: FileButtonProps): ReactNode {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...(small ? { size: 'small' as const } : {})} icon={<Attach16Regular />} onClick={() => { input.current?.click(); }}>
        {words}
      </Button>
      <input
        ref={input}
        className={styles.hidden}
        type="file"
        multiple={many}
        {...(accept === undefined ? {} : { accept })}
        aria-label={words}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
    </>
  );
}
