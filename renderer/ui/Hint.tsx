import { useEffect, useState, type ReactNode } from 'react';
import { Tooltip, type TooltipProps } from '@fluentui/react-components';

const covering = new EventTarget();

/** Said by a dialog just before it covers the window. */
export function coverHints(): void {
  covering.dispatchEvent(new Event('covered'));
}

/**
 * Fluent's tooltip, gone when a dialog covers what it tells of. By itself it takes the next Esc wherever the focus is, and below a
 * dialog it stays until then: the first Esc would seem to do nothing.
 */
export function Hint(props: Omit<TooltipProps, 'visible' | 'onVisibleChange'>): ReactNode {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const hide = (): void => {
      setVisible(false);
    };
    covering.addEventListener('covered', hide);
    return () => {
      covering.removeEventListener('covered', hide);
    };
  }, []);
  return (
    <Tooltip
      {...props}
      visible={visible}
      onVisibleChange={(event, data) => {
        setVisible(data.visible && !isCovered(event?.target));
      }}
    />
  );
}

/** A dialog may have come while the tooltip still waited to be shown. */
function isCovered(target: EventTarget | null | undefined): boolean {
  const over = [...document.querySelectorAll('dialog:modal')].at(-1);
  return over !== undefined && !(target instanceof Node && over.contains(target));
}
