import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Faults } from '../form-faults.ts';
import { TextField } from './TextField.tsx';

export type BrokerAccountProps = {
  readonly username: string;
  /** what is being typed; the stored one is never here */
  readonly password: string;
  readonly applicationCode: string;
  readonly hasPassword: boolean;
  readonly faults: Faults;
  readonly readOnly: boolean;
  readonly onChange: (part: { readonly username: string } | { readonly applicationCode: string }) => void;
  readonly onPassword: (password: string) => void;
};

/** The account at a provincial broker, which the axis itself does not ask for. */
export function BrokerAccount(props: BrokerAccountProps): ReactNode {
  const { faults, readOnly, onChange } = props;
  const t = useWords();
  return (
    <>
      <TextField
        name="username"
        required
        label={t('settings.axis.username')}
        hint={t('settings.axis.usernameHint')}
        value={props.username}
        fault={faults['username']}
        readOnly={readOnly}
        onChange={(username) => {
          onChange({ username });
        }}
      />
      <TextField
        name="password"
        type="password"
        autoComplete="new-password"
        label={t('settings.axis.password')}
        hint={props.hasPassword ? t('settings.axis.passwordKept') : t('settings.axis.passwordAbsent')}
        value={props.password}
        fault={faults['password']}
        readOnly={readOnly}
        onChange={props.onPassword}
      />
      <TextField
        name="applicationCode"
        label={t('settings.axis.applicationCode')}
        hint={t('settings.axis.applicationCodeHint')}
        value={props.applicationCode}
        fault={faults['applicationCode']}
        readOnly={readOnly}
        onChange={(applicationCode) => {
          onChange({ applicationCode });
        }}
      />
    </>
  );
}
