import { useEffect, useEffectEvent } from 'react';
import { today } from '../../i18n/dates.ts';

const lookMs = 60_000;

/** Acts when a new day has begun in Vietnam: days left are counted from today, and a window stays open overnight. */
export function useNewDay(act: () => void): void {
  const onAct = useEffectEvent(act);
  useEffect(() => {
    let known = today();
    const timer = setInterval(() => {
      if (today() === known) return;
      known = today();
      onAct();
    }, lookMs);
    return () => {
      clearInterval(timer);
    };
  }, []);
}
