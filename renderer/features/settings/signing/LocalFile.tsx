import { useRef, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { Attach20Regular } from '@fluentui/react-icons';

export type LocalFileProps = {
  readonly name: string;
  readonly words: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
};

/** A button that picks one file of this machine; nothing leaves the window by it. */
export function LocalFile({ name, words, accept, onFile }: LocalFileProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div>
      <input
        ref={input}
        type="file"
        name={name}
        hidden
        accept={accept}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // The same file may be chosen again after it was changed.
          currentTarget.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
      <Button
        icon={<Attach20Regular />}
        onClick={() => {
          input.current?.click();
        }}
      >
        {words}
      </Button>
    </div>
  );
}
