import { useState, type ReactNode } from 'react';
import { Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { AxisKind, type AxisSettings, ElementOrderName, ProxyKind } from '#contract';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { isPlainHttp, type AxisSecretValues, type AxisValues } from '../axis-values.ts';
import type { Faults } from '../form-faults.ts';
import { AreaField } from './AreaField.tsx';
import { BrokerAccount } from './BrokerAccount.tsx';
import { FieldGroup } from './FieldGroup.tsx';
import { TextField, type TextFieldProps } from './TextField.tsx';

const useStyles = makeStyles({
  pairs: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))',
    gap: '12px',
    alignItems: 'start',
    '& > *': { minWidth: 0 },
    '& .fui-Input': { width: '100%', minWidth: 0 },
  },
  trusted: { margin: 0, paddingInlineStart: '18px', overflowWrap: 'anywhere', userSelect: 'text', fontSize: tokens.fontSizeBase200 },
});

export type AxisGroupProps = {
  readonly axis: AxisSettings;
  readonly values: AxisValues;
  readonly secrets: AxisSecretValues;
  readonly faults: Faults;
  readonly readOnly: boolean;
  readonly set: (part: Partial<AxisValues>) => void;
  readonly setSecret: (part: Partial<AxisSecretValues>) => void;
};

type Line = 'endpoint' | 'systemId' | 'proxyHost' | 'proxyPort' | 'proxyUser' | 'pollSeconds' | 'sendTimeoutSeconds' | 'idleTimeoutSeconds' | 'retrySeconds' | 'maxTries';

/** A line of text of the connection, by its name. */
function AxisLine(props: AxisGroupProps & { readonly name: Line } & Pick<TextFieldProps, 'hint' | 'required'>): ReactNode {
  const { name, values, faults, readOnly, set, hint, required } = props;
  const t = useWords();
  return (
    <TextField
      name={name}
      label={t(`settings.axis.${name}`)}
      {...(hint === undefined ? {} : { hint })}
      {...(required === undefined ? {} : { required })}
      value={values[name]}
      fault={faults[name]}
      readOnly={readOnly}
      onChange={(value) => {
        set({ [name]: value });
      }}
    />
  );
}

/** Where the axis is, and which way of speaking it knows. */
export function AddressGroup(props: AxisGroupProps): ReactNode {
  const { values, faults, readOnly, set } = props;
  const t = useWords();
  return (
    <FieldGroup title={t('settings.axis.group.address')}>
      <Field label={t('settings.axis.kind')} hint={t('settings.axis.kindHint')}>
        <RadioGroup
          value={values.kind}
          disabled={readOnly}
          onChange={(_, { value }) => {
            const kind = AxisKind.options.find((one) => one === value);
            if (kind !== undefined) set({ kind });
          }}
        >
          {AxisKind.options.map((one) => (
            <Radio key={one} value={one} label={t(`settings.axis.kind.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      <AxisLine
        {...props}
        name="endpoint"
        hint={values.kind === 'vxp' ? t('settings.axis.endpointHint') : t('settings.axis.endpointHintBroker')}
      />
      {isPlainHttp(values.endpoint) && <Notice tone="attention">{t('settings.axis.plainHttpWarning')}</Notice>}
      <AreaField
        name="plainHttpHosts"
        label={t('settings.axis.plainHttpHosts')}
        hint={t('settings.axis.plainHttpHostsHint')}
        value={values.plainHttpHosts}
        fault={faults['plainHttpHosts']}
        readOnly={readOnly}
        rows={2}
        onChange={(plainHttpHosts) => {
          set({ plainHttpHosts });
        }}
      />
      <Field label={t('settings.axis.elementOrder')} hint={t('settings.axis.elementOrderHint')}>
        <RadioGroup
          value={values.elementOrder}
          disabled={readOnly}
          onChange={(_, { value }) => {
            const elementOrder = ElementOrderName.options.find((one) => one === value);
            if (elementOrder !== undefined) set({ elementOrder });
          }}
        >
          {ElementOrderName.options.map((one) => (
            <Radio key={one} value={one} label={t(`settings.axis.elementOrder.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
    </FieldGroup>
  );
}

/** Who we are there. */
export function AccountGroup(props: AxisGroupProps): ReactNode {
  const { axis, values, secrets, faults, readOnly, set, setSecret } = props;
  const t = useWords();
  return (
    <FieldGroup title={t('settings.axis.group.account')}>
      <AxisLine {...props} name="systemId" hint={t('settings.axis.systemIdHint')} />
      <TextField
        name="secret"
        type="password"
        autoComplete="new-password"
        label={t('settings.axis.secret')}
        hint={axis.hasSecret ? t('settings.axis.secretKept') : t('settings.axis.secretAbsent')}
        value={secrets.secret}
        fault={faults['secret']}
        readOnly={readOnly}
        onChange={(secret) => {
          setSecret({ secret });
        }}
      />
      {values.kind === 'lgsp-rest' && (
        <BrokerAccount
          username={values.username}
          password={secrets.password}
          applicationCode={values.applicationCode}
          hasPassword={axis.hasPassword}
          faults={faults}
          readOnly={readOnly}
          onChange={set}
          onPassword={(password) => {
            setSecret({ password });
          }}
        />
      )}
    </FieldGroup>
  );
}

/** The way out of the office's network. */
export function ProxyGroup(props: AxisGroupProps): ReactNode {
  const { axis, values, secrets, faults, readOnly, set, setSecret } = props;
  const styles = useStyles();
  const t = useWords();
  return (
    <FieldGroup title={t('settings.axis.group.proxy')}>
      <Field label={t('settings.axis.proxy')}>
        <RadioGroup
          value={values.proxy}
          disabled={readOnly}
          onChange={(_, { value }) => {
            const proxy = ProxyKind.options.find((one) => one === value);
            if (proxy !== undefined) set({ proxy });
          }}
        >
          {ProxyKind.options.map((one) => (
            <Radio key={one} value={one} label={t(`settings.axis.proxy.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      {values.proxy === 'http' && (
        <>
          <div className={styles.pairs}>
            <AxisLine {...props} name="proxyHost" required hint={t('settings.axis.proxyHostHint')} />
            <AxisLine {...props} name="proxyPort" required />
            <AxisLine {...props} name="proxyUser" hint={t('settings.axis.proxyUserHint')} />
            <TextField
              name="proxyPassword"
              type="password"
              autoComplete="new-password"
              label={t('settings.axis.proxyPassword')}
              hint={axis.hasProxyPassword ? t('settings.axis.proxyPasswordKept') : t('settings.axis.proxyPasswordAbsent')}
              value={secrets.proxyPassword}
              fault={faults['proxyPassword']}
              readOnly={readOnly}
              onChange={(proxyPassword) => {
                setSecret({ proxyPassword });
              }}
            />
          </div>
          <AreaField
            name="proxyBypass"
            label={t('settings.axis.proxyBypass')}
            hint={t('settings.axis.proxyBypassHint')}
            value={values.proxyBypass}
            fault={faults['proxyBypass']}
            readOnly={readOnly}
            rows={2}
            onChange={(proxyBypass) => {
              set({ proxyBypass });
            }}
          />
        </>
      )}
    </FieldGroup>
  );
}

/** How often, how long and how many times. */
export function TimesGroup(props: AxisGroupProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <FieldGroup title={t('settings.axis.group.times')}>
      <div className={styles.pairs}>
        <AxisLine {...props} name="pollSeconds" required hint={t('settings.axis.pollSecondsHint')} />
        <AxisLine {...props} name="maxTries" required hint={t('settings.axis.maxTriesHint')} />
        <AxisLine {...props} name="sendTimeoutSeconds" required hint={t('settings.axis.sendTimeoutSecondsHint')} />
        <AxisLine {...props} name="idleTimeoutSeconds" required hint={t('settings.axis.idleTimeoutSecondsHint')} />
      </div>
      <AxisLine {...props} name="retrySeconds" required hint={t('settings.axis.retrySecondsHint')} />
    </FieldGroup>
  );
}

/** Whom to trust beside what the machine trusts. */
export function CertificateGroup(props: AxisGroupProps): ReactNode {
  const { axis, values, faults, readOnly, set } = props;
  const [openedAt] = useState(() => Date.now());
  const styles = useStyles();
  const t = useWords();
  return (
    <FieldGroup title={t('settings.axis.group.certificate')}>
      <AreaField
        name="caPem"
        label={t('settings.axis.caPem')}
        hint={t('settings.axis.caPemHint')}
        value={values.caPem}
        fault={faults['caPem']}
        readOnly={readOnly}
        rows={3}
        onChange={(caPem) => {
          set({ caPem });
        }}
      />
      {axis.caCertificates.length > 0 && (
        <div>
          {t('settings.axis.caTrusted')}
          <ul className={styles.trusted}>
            {axis.caCertificates.map(({ subject, validFrom, validTo, fingerprint }) => (
              <li key={fingerprint}>
                {t(Date.parse(validTo) < openedAt ? 'settings.axis.caTrustedExpired' : 'settings.axis.caTrustedOne', {
                  subject,
                  from: momentOf(validFrom),
                  until: momentOf(validTo),
                  fingerprint,
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </FieldGroup>
  );
}
