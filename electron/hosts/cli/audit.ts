import { closeSync, createReadStream, fsyncSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chainChecker, exportLog, readLogLine, verifyChain, type ChainVerdict } from '../../services/audit/index.ts';
import { required, type Command, type CommandResult } from './command.ts';
import { withStoreToRead } from './profile.ts';

function told(verdict: ChainVerdict): CommandResult {
  const whole = verdict.brokenAt === null;
  const text = whole
    ? `Nhật ký nguyên vẹn: ${String(verdict.entries)} mục, mã băm cuối ${verdict.head}.`
    : `Nhật ký không còn nguyên vẹn từ mục số ${String(verdict.brokenAt)}. Giữ nguyên hồ sơ dữ liệu, báo quản trị và đối chiếu với bản sao lưu.`;
  return { ok: true, value: { ...verdict, whole }, text, ...(whole ? {} : { exit: 1 as const }) };
}

async function verifyFile(path: string): Promise<CommandResult> {
  const checker = chainChecker();
  // Line by line, so that a log of any length fits in memory.
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    const entry = readLogLine(line);
    if (entry === undefined) {
      const { entries, head } = checker.verdict();
      return told({ entries, head, brokenAt: entries + 1 });
    }
    if (!checker.feed(entry)) break;
  }
  return told(checker.verdict());
}

export const auditVerify: Command = {
  about: 'Kiểm tra chuỗi nhật ký. | Verify the audit chain.',
  usage: 'audit verify --profile DIR | --file FILE',
  options: { file: true },
  run: (context) => {
    const file = context.options['file'];
    if (typeof file === 'string') return verifyFile(file);
    return withStoreToRead(context, (store) => told(verifyChain(store.read)));
  },
};

export const auditExport: Command = {
  about: 'Xuất nhật ký ra tệp JSON lines. | Export the audit log.',
  usage: 'audit export --profile DIR --out FILE',
  options: { out: true },
  run: (context) => {
    const out = required(context, 'out');
    return withStoreToRead(context, (store) => {
      let entries = 0;
      const file = openSync(out, 'w', 0o600);
      try {
        for (const line of exportLog(store.read)) {
          writeSync(file, line);
          entries += 1;
        }
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      return { ok: true, value: { file: out, entries }, text: `Đã ghi ${String(entries)} mục vào ${out}.` };
    });
  },
};
