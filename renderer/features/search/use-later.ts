import { useEffect, useState } from 'react';

/** Follows a value once it has rested for so many ms. Values are compared by what they say. */
export function useLater<T>(value: T, ms: number): T {
  const [later, setLater] = useState(value);
  const said = JSON.stringify(value);
  const isSame = said === JSON.stringify(later);
  useEffect(() => {
    if (isSame) return undefined;
    const timer = setTimeout(() => {
      setLater(JSON.parse(said) as T);
    }, ms);
    return () => {
      clearTimeout(timer);
    };
  }, [said, isSame, ms]);
  return later;
}
