import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { dayPorts } from '../../../electron/hosts/practice/practice-day.ts';
import { playDay, type DayPorts, type DayResult } from '../../../electron/services/practice/index.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let core: Core | undefined;
afterEach(async () => {
  await core?.close();
  core = undefined;
});

/** Plays a day whose ports may be spoilt; answers what it found and what it kept. */
async function played(spoilt: (ports: DayPorts) => DayPorts): Promise<{ result: DayResult; kept: ReadonlyMap<string, Uint8Array | string> }> {
  const options = quietCore({ folder: join(scratchFolder(), 'p'), keyHex: randomBytes(32).toString('hex') });
  core = await startCore({ ...options, practice: true });
  if (core.practiceAxis === undefined) throw new Error('no practice axis');
  const kept = new Map<string, Uint8Array | string>();
  const ports = dayPorts(core, core.practiceAxis.control, { say: () => undefined, keep: (name, bytes) => kept.set(name, bytes) });
  return { result: await playDay(spoilt(ports)), kept };
}

const failed = (result: DayResult): string[] => result.checks.filter(({ ok }) => !ok).map(({ what }) => what);
const calls = (ports: DayPorts): DayPorts['client'] => ports.client;

test('claims about arrivals, statuses and the register fail when they are not true', async () => {
  let looked = false;
  let read = 0;
  const { result } = await played((ports) => ({
    ...ports,
    // One message more on the axis than the station is handed, seen once.
    control: {
      ...ports.control,
      inspect: async () => {
        const seen = await ports.control.inspect();
        if (looked) return seen;
        looked = true;
        return { ...seen, deliveries: [...seen.deliveries, ...seen.deliveries.slice(0, 1)] };
      },
      fault: () => Promise.resolve(),
    },
    readFile: async (id) => {
      const bytes = Buffer.from(await ports.readFile(id));
      read += 1;
      if (read === 1) bytes.writeUInt8(bytes.readUInt8(9) ^ 1, 9);
      return bytes;
    },
    client: {
      ...calls(ports),
      exchange: { ...calls(ports).exchange, quarantine: () => Promise.resolve({ ok: true, value: { items: [], total: 0 } }) },
      audit: { verify: async () => {
        const outcome = await calls(ports).audit.verify({});
        return outcome.ok ? { ok: true, value: { ...outcome.value, brokenAt: 7 } } : outcome;
      } },
      records: {
        ...calls(ports).records,
        registerIncoming: async (input) => {
          const outcome = await calls(ports).records.registerIncoming(input);
          return outcome.ok ? outcome : { ok: true, value: { id: input.id, arrivalNumber: 1, arrivalSuffix: '', arrivalYear: 2026 } };
        },
      },
    },
  }));
  expect(failed(result)).toEqual([
    'Số văn bản nhận được',
    '31/TTr-UBND',
    'Vào sổ lần hai bị từ chối',
    'Trạm biết là chưa chắc đã gửi',
    'Thư hỏng được giữ lại cùng lý do',
    'Văn bản trả lại không có số đến và không vào sổ được nữa',
    'Trạm ghi là chưa chắc đã gửi, chưa coi là đã gửi',
    'Chứng cứ kể lần gửi bị đứt và lần tra lại',
    'Chuỗi nhật ký nguyên vẹn',
  ]);
  expect(result.ok).toBe(false);
});

test('claims about our own documents fail when the station does not do what it answers', async () => {
  const { result } = await played((ports) => {
    const { exchange, records } = calls(ports);
    return {
      ...ports,
      client: {
        ...calls(ports),
        exchange: {
          ...exchange,
          // The document stays in the outbox and goes out.
          recallDocument: (input) => (input.reason === 'Ban hành nhầm' ? Promise.resolve({ ok: true, value: [] }) : exchange.recallDocument(input)),
          updateDocument: (input) => (input.reason === 'Làm rõ trích yếu' ? Promise.resolve({ ok: true, value: [] }) : exchange.updateDocument(input)),
          deliveries: async (input) => {
            const outcome = await exchange.deliveries(input);
            if (!outcome.ok) return outcome;
            return { ok: true, value: outcome.value.map((one) => (one.alarm === 'refused' ? { ...one, alarm: null, statusNote: '' } : one)) };
          },
        },
        records: {
          ...records,
          outgoingGet: async (input) => {
            const outcome = await records.outgoingGet(input);
            return outcome.ok ? { ok: true, value: { ...outcome.value, repliesTo: null, replacedBy: null } } : outcome;
          },
        },
      },
    };
  });
  expect(failed(result)).toEqual([
    'Sở Tài chính tỉnh Lam Giang từ chối (02), có cảnh báo',
    'Lý do từ chối hiện nguyên văn',
    'Văn bản đi ghi rõ trả lời văn bản đến nào',
    'Dòng trong Hộp gửi đã hủy, không có dòng nào khác',
    'Trục không thấy gì của văn bản này',
    'Trục nhận thông điệp cập nhật với trích yếu mới',
    'Ủy ban nhân dân xã Bình An đồng ý cập nhật (15)',
    'Văn bản cũ dẫn tới văn bản thay thế',
  ]);
});

test('claims about the other side fail when it does not hear or say what it should', async () => {
  const { result } = await played((ports) => ({
    ...ports,
    control: {
      ...ports.control,
      // The department's refusal to give a document back is lost on the way.
      deliver: (bytes, as) => (/StatusCode>16</.test(Buffer.from(bytes).toString('utf8')) ? Promise.resolve([]) : ports.control.deliver(bytes, as)),
    },
    hasFile: () => Promise.resolve(true),
    client: {
      ...calls(ports),
      records: {
        ...calls(ports).records,
        // Every request is agreed to, whatever was decided, and a returned document is told without the reason.
        refuseIncoming: (input) => calls(ports).records.refuseIncoming({ ...input, reason: 'Không rõ' }),
        decideChange: (input) => calls(ports).records.decideChange({ ...input, agree: true }),
        registerIncoming: async (input) => {
          const { records } = calls(ports);
          const document = await records.incomingGet({ id: input.id });
          const left = document.ok && document.value.codeNumber === '4' && document.value.codeNotation === 'H9931-VP';
          return left ? { ok: true, value: { id: input.id, arrivalNumber: 15, arrivalSuffix: '', arrivalYear: 2026 } } : records.registerIncoming(input);
        },
      },
    },
  }));
  expect(failed(result)).toEqual([
    'Sở Tài chính tỉnh Lam Giang từ chối (16), có cảnh báo',
    'Đồng ý: tệp đã hủy, thông tin và số đến còn lại',
    'Từ chối: văn bản và tệp còn nguyên',
    'Trục nhận trạng thái 16 kèm lý do',
    'Trục nhận trạng thái 02 kèm lý do trả lại',
    'Không việc nào quá hạn, không việc nào còn lại',
  ]);
});
