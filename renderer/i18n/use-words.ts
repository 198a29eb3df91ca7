import { usePreferences } from '../foundations/preferences.tsx';
import { formatterFor, type Formatter } from './formatter.ts';

/** The words of the chosen language. A change of language redraws everything that uses it. */
export function useWords(): Formatter {
  return formatterFor(usePreferences().language);
}
