import { useState, type ReactNode } from 'react';
import { useGivenOrder, type SigningOrder } from '../../bridge/signing-cache.ts';
import { adjustAddress, goTo, useAddress } from '../../foundations/address.ts';
import { roundIn } from './parts/go.ts';
import { PinDialog } from './pin/PinDialog.tsx';
import { ReviewView } from './review/ReviewView.tsx';
import type { Checked } from './review/use-check.ts';
import { RunView } from './run/RunView.tsx';

/** Ký số: what is about to be signed, then the PIN, then what comes of it. */
export function SigningView(): ReactNode {
  const address = useAddress();
  const [, keep] = useGivenOrder();
  const [asked, setAsked] = useState<{ readonly order: SigningOrder; readonly checked: Checked | null } | null>(null);
  const round = roundIn(address);
  const back = (): void => {
    // Left for good: the next time this section shows the last batch.
    adjustAddress({ role: null, ids: null });
    goTo('outgoing');
  };
  return (
    <>
      {round !== null ? (
        <ReviewView
          key={`${round.role} ${round.ids.join(' ')}`}
          role={round.role}
          ids={round.ids}
          onBack={back}
          onGoOn={(order, checked) => {
            setAsked({ order, checked });
          }}
        />
      ) : (
        <RunView
          onBack={back}
          onRetry={(order) => {
            setAsked({ order, checked: null });
          }}
        />
      )}
      {asked !== null && (
        <PinDialog
          {...asked}
          onStarted={(batch, order) => {
            keep({ batch, order });
          }}
          onGoOn={() => {
            setAsked(null);
            adjustAddress({ role: null, ids: null });
          }}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </>
  );
}
