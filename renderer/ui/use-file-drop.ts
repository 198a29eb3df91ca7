import { useState, type DragEvent } from 'react';

export type FileDrop = {
  /** files are held over the place */
  readonly over: boolean;
  /** for the element on which they are dropped */
  readonly target: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: () => void;
    readonly onDrop: (event: DragEvent) => void;
  };
};

/** A place where files may be dropped; a way beside one that the keyboard has. Text that is dragged is left alone. */
export function useFileDrop(onDropped: (dropped: DataTransfer) => void): FileDrop {
  const [over, setOver] = useState(false);
  return {
    over,
    target: {
      onDragOver: (event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => {
        setOver(false);
      },
      onDrop: (event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(false);
        onDropped(event.dataTransfer);
      },
    },
  };
}
