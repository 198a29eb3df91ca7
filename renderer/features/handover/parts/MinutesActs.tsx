import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { DocumentArrowDown16Regular, Print16Regular } from '@fluentui/react-icons';
import type { Printed } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { SaveLink } from '../../files/index.ts';

type Made = { readonly ok: true; readonly value: Printed } | { readonly ok: false; readonly failure: AnyFailure };

export type MinutesActsProps = { /** as that of the buttons around them */ readonly size: 'small' | 'medium'; readonly onPrint: () => void; readonly make: () => Promise<Made> };

/** What either side does with its minutes: print them, and make them a file for the other side's station. */
export function MinutesActs({ size, onPrint, make }: MinutesActsProps): ReactNode {
  const t = useWords();
  return (
    <>
      <Button size={size} icon={<Print16Regular />} onClick={onPrint}>
        {t('handover.print.minutes')}
      </Button>
      <MinutesFile size={size} make={make} />
    </>
  );
}

/** Made on asking, then saved where the person says. */
function MinutesFile({ size, make }: { readonly size: MinutesActsProps['size']; readonly make: () => Promise<Made> }): ReactNode {
  const t = useWords();
  const [made, setMade] = useState<Made | null>(null);
  if (made?.ok === true) return <SaveLink id={made.value.id} name={made.value.name} words={t('handover.minutes.save', { name: made.value.name })} />;
  return (
    <>
      <Button size={size} icon={<DocumentArrowDown16Regular />} onClick={() => { void make().then(setMade); }}>
        {t('handover.minutes.make')}
      </Button>
      {made !== null && <span role="status">{failureWords(t, made.failure)}</span>}
    </>
  );
}
