import type { AssetResponse } from './assets.ts';
import { commonHeaders } from './headers.ts';

export type UnlockRequest = {
  readonly method: string;
  /** The posted form, `application/x-www-form-urlencoded` */
  readonly form: string;
};

export type UnlockDoor = {
  /** Waits for a passphrase that fits the rules; `null` once `cancel` was called. */
  readonly ask: (what: 'new' | 'known', wrong: boolean) => Promise<string | null>;
  readonly cancel: () => void;
  readonly serve: (request: UnlockRequest) => AssetResponse;
};

type Question = { readonly what: 'new' | 'known'; fault: string; readonly answer: (words: string | null) => void };

const shortest = 12;
// Before the store is open there is no language setting; both languages stand on the page.
const words = {
  new: ['Đặt mật khẩu của trạm', 'Choose the station passphrase'],
  known: ['Nhập mật khẩu của trạm', 'Enter the station passphrase'],
  newHint: [
    `Máy này không có kho khoá của hệ thống. Mật khẩu (ít nhất ${shortest} ký tự) giữ khoá mã hoá dữ liệu; mất mật khẩu là mất dữ liệu. Hãy ghi lại và cất ở nơi an toàn.`,
    `This machine has no system key store. The passphrase (at least ${shortest} characters) keeps the key of the data; a lost passphrase is lost data. Write it down and keep it in a safe place.`,
  ],
  wrong: ['Mật khẩu không đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock.', 'Wrong passphrase. Check the input method and Caps Lock.'],
  short: [`Cần ít nhất ${shortest} ký tự.`, `At least ${shortest} characters are needed.`],
  unequal: ['Hai lần nhập không giống nhau.', 'The two entries differ.'],
  first: ['Mật khẩu', 'Passphrase'],
  second: ['Nhập lại mật khẩu', 'Repeat the passphrase'],
  go: ['Mở trạm', 'Open the station'],
  waiting: ['Đang mở…', 'Opening…'],
} as const;

/**
 * A page without any script that asks for the passphrase by a plain form. It is served while somebody asks, and
 * answers nothing otherwise.
 */
export function unlockDoor(): UnlockDoor {
  let question: Question | undefined;
  let cancelled = false;

  function take(form: string): void {
    if (question === undefined) return;
    const fields = new URLSearchParams(form);
    const typed = fields.get('passphrase') ?? '';
    if (question.what === 'new' && [...typed].length < shortest) question.fault = both('short');
    else if (question.what === 'new' && typed !== fields.get('again')) question.fault = both('unequal');
    else if (typed === '') question.fault = both('wrong');
    else {
      question.answer(typed);
      question = undefined;
    }
  }

  return {
    ask(what, wrong) {
      if (cancelled) return Promise.resolve(null);
      return new Promise((answer) => {
        question = { what, fault: wrong ? both('wrong') : '', answer };
      });
    },
    cancel() {
      cancelled = true;
      question?.answer(null);
      question = undefined;
    },
    serve(request) {
      if (request.method === 'POST') take(request.form);
      return page(question === undefined ? waitingPage() : formPage(question));
    },
  };
}

function both(key: keyof typeof words): string {
  const [vi, en] = words[key];
  return `${vi}<br><span lang="en">${en}</span>`;
}

function formPage(question: Question): string {
  const again =
    question.what === 'new'
      ? `<p><label>${both('second')}<input name="again" type="password" autocomplete="off" required></label></p>`
      : '';
  const hint = question.what === 'new' ? `<p>${both('newHint')}</p>` : '';
  const fault = question.fault === '' ? '' : `<p role="alert">${question.fault}</p>`;
  return `<h1>${both(question.what)}</h1>${hint}${fault}<form method="post" action="./">
<p><label>${both('first')}<input name="passphrase" type="password" autocomplete="off" autofocus required></label></p>
${again}<p><button type="submit">${both('go')}</button></p></form>`;
}

/** Loads itself again until the shell has decided; there is no script that could be told. */
function waitingPage(): string {
  return `<meta http-equiv="refresh" content="1"><p role="status">${both('waiting')}</p>`;
}

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,"Segoe UI",sans-serif}body{margin:2rem;max-width:30rem}
h1{font-size:1.25rem}[lang=en]{opacity:.75;font-size:.9em}input{display:block;width:100%;box-sizing:border-box;padding:.5rem;
font:inherit}button{font:inherit;padding:.5rem 1rem}[role=alert]{border-left:4px solid #c50f1f;padding-left:.75rem}`;

function page(content: string): AssetResponse {
  const body = Buffer.from(
    `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Trạm Văn thư</title><style>${style}</style>${content}</html>`,
  );
  return {
    status: 200,
    headers: {
      ...commonHeaders,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': String(body.length),
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    },
    body,
  };
}
