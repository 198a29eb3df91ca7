import type { Client, IncomingSummary, Outcome } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { DocumentFonts } from '../../records/index.ts';
import type { PracticeControl } from '../axis/control-client.ts';
import { correspondents } from '../documents/correspondents.ts';
import { axisView, type AxisView } from './axis-view.ts';

export type DayPorts = {
  /** the same calls that the window makes */
  readonly client: Client;
  readonly control: PracticeControl;
  readonly clock: Clock;
  /** what our own documents are printed with */
  readonly fonts: DocumentFonts;
  readonly readFile: (fileId: string) => Promise<Uint8Array>;
  /** whether the station still hands the file out */
  readonly hasFile: (fileId: string) => Promise<boolean>;
  /** puts the bytes of a file into the store; they are named by their hash afterwards */
  readonly storeFile: (bytes: Uint8Array) => Promise<{ readonly sha256: string; readonly size: number }>;
  /** one line of progress */
  readonly say: (line: string) => void;
  /** keeps a file of the results under a path of names joined by `/` */
  readonly keep: (name: string, bytes: Uint8Array | string) => void;
};

export type DayCheck = { readonly chapter: string; readonly what: string; readonly ok: boolean; readonly found: string };

/** What every chapter of the practice day works with. */
export type Day = DayPorts & {
  readonly axis: AxisView;
  readonly checks: readonly DayCheck[];
  /** Begins a chapter: its number and title are said. */
  readonly chapter: (title: string) => void;
  /** Notes a claim with what was found, and says it. */
  readonly check: (what: string, ok: boolean, found: string) => void;
  /** One round with the axis, as the button Nhận ngay does it. */
  readonly exchange: () => Promise<{ readonly received: number; readonly quarantined: number; readonly sent: number }>;
};

/**
 * The two agencies at the other end. The commune is played by its script: it accepts, answers, and gives back what is
 * recalled. The department takes its messages in and says nothing by itself (script `silent`), so that the day speaks
 * for it: it accepts one document, refuses another, and refuses a recall.
 */
export const partners = { commune: correspondents.commune, department: correspondents.provinceFinance } as const;

export function openDay(ports: DayPorts): Day {
  const checks: DayCheck[] = [];
  let title = '';
  let number = 0;
  return {
    ...ports,
    axis: axisView(ports.control),
    checks,
    chapter(next) {
      number += 1;
      title = next;
      ports.say(`${String(number)}. ${title}`);
    },
    check(what, ok, found) {
      checks.push({ chapter: title, what, ok, found });
      ports.say(`  ${ok ? '✓' : '✗'} ${what}: ${found}`);
    },
    exchange: async () => must(await ports.client.exchange.receiveNow({})),
  };
}

/** The value of a call that has no reason to fail; the day ends where one does. */
export function must<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value;
  const { code, params, incident } = outcome.failure;
  throw new Error(`the practice day stopped: ${code} ${JSON.stringify(params ?? {})} ${incident ?? ''}`);
}

/** `accepted`, or the code of the refusal. */
export function answerOf(outcome: Outcome<unknown, string>): string {
  return outcome.ok ? 'accepted' : outcome.failure.code;
}

const words: Readonly<Record<string, string>> = {
  accepted: 'được nhận',
  'already-registered': 'văn bản này đã vào sổ',
  'axis-unreachable': 'trục liên thông không trả lời',
  'document-frozen': 'văn bản đã khóa',
  'step-not-allowed': 'bước này không làm được lúc này',
  'same-person': 'cùng một người',
  'verdict-asks': 'trạm hỏi lại vì chữ ký số',
  'remarks-unseen': 'còn lưu ý chưa xem',
  'dossier-step': 'hồ sơ đã đóng',
  done: 'đã giải quyết',
  'document-closed': 'văn bản đã trả lại',
  doctype: 'chứa khai báo DOCTYPE, không được phép',
  asked: 'chưa trả lời',
  agreed: 'đã đồng ý',
  refused: 'đã từ chối',
  'take-back-refused': 'nơi nhận không trả lại',
  registered: 'đã vào sổ',
  recalled: 'đã thu hồi',
  replaced: 'đã được thay thế',
  cancelled: 'đã hủy',
  waiting: 'chờ gửi',
  attention: 'cần xử lý',
  delivered: 'đã đến trục',
};

/** A state or code of the contract in words; one that has none here as it is. */
export function inWords(code: string): string {
  return words[code] ?? code;
}

export async function listIncoming(day: Day, state: IncomingSummary['state']): Promise<readonly IncomingSummary[]> {
  return must(await day.client.records.incomingList({ state, before: null, limit: 500 })).items;
}

export const codeOf = (document: { readonly codeNumber: string; readonly codeNotation: string }): string =>
  `${document.codeNumber}/${document.codeNotation}`;

export const countText = (some: number, all: number): string => `${String(some)} trên ${String(all)}`;

/** A name that every file system takes and that leads nowhere else. */
export function safeName(name: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N} .,()&+_-]/gu, '_').replace(/^\.+/, '_');
  return plain.slice(0, 120) === '' ? '_' : plain.slice(0, 120);
}
