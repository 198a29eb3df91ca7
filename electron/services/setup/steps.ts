import { SetupStep, type AxisSettings, type Office, type Role, type SetupLack, type SetupStepState } from '#contract';

export type BackupFacts = { readonly hasFolder: boolean; readonly hasPassphrase: boolean; readonly made: boolean };

/** What the station itself says of how far an office has come. */
export type SetupFacts = {
  readonly office: Pick<Office, 'name' | 'organId' | 'place' | 'abbreviation' | 'headPosition'>;
  /** roles that somebody in office has */
  readonly roles: readonly Role[];
  /** an administrator has a password */
  readonly administratorSignsIn: boolean;
  /** symbols of công văn have a unit or a field to name */
  readonly hasUnits: boolean;
  /** a register of this year has a last number */
  readonly numbersBegun: boolean;
  readonly tokenReady: boolean;
  /** pictures that stand in signatures */
  readonly pictures: { readonly signature: boolean; readonly seal: boolean };
  readonly axis: Pick<AxisSettings, 'kind' | 'endpoint' | 'systemId' | 'username' | 'hasSecret' | 'hasPassword'>;
  readonly axisAnswers: boolean;
  readonly backup: BackupFacts;
};

export type Said = NonNullable<SetupStepState['said']>;

type Rule = {
  readonly lacks: (facts: SetupFacts) => readonly (readonly [SetupLack, missing: boolean])[];
  /** without these the step is not done */
  readonly needs: readonly SetupLack[];
  /** a person's word stands for what no setting can say, e.g. that numbers begin at 01 */
  readonly byWord: boolean;
};

const rules: Readonly<Record<SetupStep, Rule>> = {
  agency: {
    lacks: ({ office }) => [
      ['agency-name', office.name === ''],
      ['agency-code', office.organId === ''],
      // Number and place stand on every document (NĐ 30/2020 annex I part II.3, II.4); the head's position above signatures (II.7).
      ['agency-abbreviation', office.abbreviation === ''],
      ['agency-place', office.place === ''],
      ['agency-head', office.headPosition === ''],
    ],
    needs: ['agency-name', 'agency-code'],
    byWord: false,
  },
  people: {
    lacks: ({ roles, administratorSignsIn, hasUnits }) => [
      ['administrator', !administratorSignsIn],
      ['clerk', !roles.includes('clerk')],
      ['leader', !roles.includes('leader')],
      ['archivist', !roles.includes('archivist')],
      // A công văn has no number without one (NĐ 30/2020 annex I part II.3.b).
      ['units', !hasUnits],
    ],
    needs: ['administrator', 'clerk'],
    byWord: false,
  },
  numbers: { lacks: ({ numbersBegun }) => [['last-numbers', !numbersBegun]], needs: ['last-numbers'], byWord: true },
  token: {
    lacks: ({ tokenReady, pictures }) => [
      ['certificate', !tokenReady],
      ['signature-picture', !pictures.signature],
      ['seal-picture', !pictures.seal],
    ],
    needs: ['certificate'],
    byWord: true,
  },
  axis: {
    lacks: ({ axis, axisAnswers }) => [
      ['axis-address', axis.endpoint === ''],
      ['axis-account', axis.systemId === '' || (axis.kind === 'lgsp-rest' && axis.username === '')],
      ['axis-secret', !axis.hasSecret || (axis.kind === 'lgsp-rest' && !axis.hasPassword)],
      ['axis-answer', !axisAnswers],
    ],
    needs: ['axis-address', 'axis-account', 'axis-secret'],
    byWord: false,
  },
  backup: {
    lacks: ({ backup }) => [
      ['backup-folder', !backup.hasFolder],
      ['backup-passphrase', !backup.hasPassphrase],
      ['backup-made', !backup.made],
    ],
    needs: ['backup-folder', 'backup-passphrase'],
    byWord: false,
  },
  review: { lacks: () => [['look-back', true]], needs: ['look-back'], byWord: true },
};

/** How every step stands, by what the station says and by what persons said. */
export function stepStates(facts: SetupFacts, said: (step: SetupStep) => Said | null): SetupStepState[] {
  return SetupStep.options.map((step) => {
    const { lacks, needs, byWord } = rules[step];
    const word = said(step);
    const missing = lacks(facts).flatMap(([lack, is]) => (is ? [lack] : []));
    const settled = byWord && word?.as === 'done';
    const done = settled || !missing.some((lack) => needs.includes(lack));
    const state = done ? 'done' : word?.as === 'skipped' ? 'skipped' : 'open';
    return { step, state, lacks: settled ? [] : missing, said: word };
  });
}

/** The step after one; the last is its own. */
export function stepAfter(step: SetupStep): SetupStep {
  return SetupStep.options[SetupStep.options.indexOf(step) + 1] ?? step;
}
