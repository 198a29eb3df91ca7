import { Component, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { ArrowClockwise20Regular, ErrorCircle24Regular } from '@fluentui/react-icons';
import type { Formatter } from '../i18n/formatter.ts';
import { ScreenMessage } from './ScreenMessage.tsx';

type Props = { readonly words: Formatter; readonly children: ReactNode };
type State = { readonly incident: string | null };

/** Takes the place of a screen that broke, with a number to read out and a way to go on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { incident: null };

  static getDerivedStateFromError(): State {
    return { incident: makeIncident(new Date()) };
  }

  override render(): ReactNode {
    const { incident } = this.state;
    if (incident === null) return this.props.children;
    const t = this.props.words;
    return (
      <ScreenMessage
        icon={<ErrorCircle24Regular />}
        title={t('crash.title')}
        paragraphs={[t('crash.meaning'), t('crash.remedy')]}
        facts={[[t('crash.incident'), incident]]}
      >
        <Button
          appearance="primary"
          icon={<ArrowClockwise20Regular />}
          onClick={() => {
            this.setState({ incident: null });
          }}
        >
          {t('crash.again')}
        </Button>
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          {t('crash.reload')}
        </Button>
      </ScreenMessage>
    );
  }
}

/** Short enough to read over the telephone: `W` for window, the minute, and two letters against coincidence. */
function makeIncident(now: Date): string {
  const minutes = Math.floor(now.getTime() / 60_000).toString(36).toUpperCase();
  const tail = Math.floor(Math.random() * 1296).toString(36).toUpperCase().padStart(2, '0');
  return `W-${minutes}-${tail}`;
}
