import { useId, useState, type ReactNode } from 'react';
import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import type { GivenPin, PinFacts, PinRemarkName } from '#contract';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { pinRemarks } from './pin-remarks.ts';
import { usePinTyping } from './use-pin-typing.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '10px' },
  label: { marginBottom: '-6px' },
  field: {
    width: '320px',
    maxWidth: '100%',
    height: '32px',
    boxSizing: 'border-box',
    padding: '0 12px',
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px' },
    ':read-only': { color: tokens.colorNeutralForeground2, backgroundColor: tokens.colorNeutralBackground2 },
  },
  list: { margin: 0, paddingLeft: '18px' },
  state: { margin: 0, color: tokens.colorNeutralForeground2 },
  act: { alignSelf: 'flex-start' },
});

export type PinBoxProps = {
  /** how the token stands, read just now */
  readonly pin: PinFacts;
  /** what the button does, e.g. "Ký 12 văn bản" */
  readonly act: string;
  /** its words while it is under way */
  readonly busyWords: string;
  readonly busy: boolean;
  /**
   * Called once for each press. The bytes are the receiver's: they go into one message to the core and are overwritten;
   * this box and the field hold nothing any more.
   */
  readonly onGiven: (given: GivenPin) => void;
};

/**
 * Asks for a token's PIN, and says before it costs a try what may be wrong with it: a Vietnamese keyboard, Caps Lock,
 * spaces, an impossible length. The last try must be accepted; a locked token gets no field; a token with a keypad gets
 * a button only. To be used by whatever signs.
 */
export function PinBox({ pin, act, busyWords, busy, onGiven }: PinBoxProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const fieldId = useId();
  const stateId = useId();
  const typing = usePinTyping(pin);
  const [accepted, setAccepted] = useState(false);
  const [asTyped, setAsTyped] = useState(false);
  const [tooShort, setTooShort] = useState(false);
  if (pin.locked) return <Notice tone="attention">{t('pinBox.tries.none')}</Notice>;

  const finalTryAccepted = pin.finalTry && accepted;
  const doubtful: readonly PinRemarkName[] = [...typing.remarks, ...(tooShort && !typing.isEmpty ? (['too-short'] as const) : [])];
  const ready = !busy && (!pin.finalTry || accepted) && (pin.pad || (!typing.isEmpty && (doubtful.length === 0 || asTyped)));
  const give = (): void => {
    if (!ready) return;
    if (pin.pad) {
      onGiven({ kind: 'pad', finalTryAccepted });
      return;
    }
    if (!asTyped && isTooShort(typing.field.current, pin)) {
      setTooShort(true);
      return;
    }
    const bytes = typing.take();
    setAccepted(false);
    setAsTyped(false);
    setTooShort(false);
    onGiven({ kind: 'typed', pin: Array.from(bytes), finalTryAccepted, asTyped });
    bytes.fill(0);
  };

  return (
    <form
      className={styles.form}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <div id={stateId}>
        {pin.finalTry ? (
          <Notice tone="attention">{t('pinBox.tries.last')}</Notice>
        ) : (
          <p className={styles.state}>{t(pin.countLow ? 'pinBox.tries.low' : 'pinBox.tries.full')}</p>
        )}
      </div>
      {pin.toBeChanged && <Notice tone="attention">{t('pinBox.toBeChanged')}</Notice>}
      {pin.pad ? (
        <Notice tone="info" live>
          {t(busy ? 'pinBox.padWaiting' : 'pinBox.pad')}
        </Notice>
      ) : (
        <>
          <label className={styles.label} htmlFor={fieldId}>
            {t('pinBox.label')}
          </label>
          {/* The browser's own: Fluent's keeps what is typed in React's state. */}
          <input
            id={fieldId}
            ref={typing.field}
            className={styles.field}
            data-first
            type="password"
            name="token-pin"
            autoComplete="off"
            spellCheck={false}
            maxLength={128}
            readOnly={busy}
            aria-describedby={stateId}
            onInput={(event) => {
              setTooShort(false);
              setAsTyped(false);
              typing.onInput(event);
            }}
            onCompositionStart={typing.onComposition}
            onKeyDown={typing.onKey}
            onKeyUp={typing.onKey}
          />
          <Warnings t={t} remarks={doubtful} capsLock={typing.capsLock} rewritten={typing.rewritten} listClass={styles.list} />
          {doubtful.length > 0 && (
            <Checkbox
              label={t('pinBox.asTyped')}
              checked={asTyped}
              onChange={(_, { checked }) => {
                setAsTyped(checked === true);
              }}
            />
          )}
        </>
      )}
      {pin.finalTry && (
        <Checkbox
          label={t('pinBox.acceptLast')}
          checked={accepted}
          onChange={(_, { checked }) => {
            setAccepted(checked === true);
          }}
        />
      )}
      <Button className={styles.act} appearance="primary" type="submit" disabledFocusable={!ready}>
        {busy ? busyWords : act}
      </Button>
    </form>
  );
}

type WarningsProps = {
  readonly t: Formatter;
  readonly remarks: readonly PinRemarkName[];
  readonly capsLock: boolean;
  readonly rewritten: boolean;
  readonly listClass: string;
};

function Warnings({ t, remarks, capsLock, rewritten, listClass }: WarningsProps): ReactNode {
  const words = [
    ...(rewritten ? [t('pinBox.ime')] : []),
    ...(capsLock ? [t('pinBox.capsLock')] : []),
    ...remarks.map((remark) => t(`token.pinRemark.${remark}`)),
  ];
  // There before it says something, so that readers hear it.
  return (
    <div role="status">
      {words.length > 0 && (
        <Notice tone="attention">
          {words.length === 1 ? words[0] : <ul className={listClass}>{words.map((one) => <li key={one}>{one}</li>)}</ul>}
        </Notice>
      )}
    </div>
  );
}

function isTooShort(field: HTMLInputElement | null, pin: PinFacts): boolean {
  const bytes = new TextEncoder().encode(field?.value ?? '');
  const short = pinRemarks(bytes, pin).includes('too-short');
  bytes.fill(0);
  return short;
}
