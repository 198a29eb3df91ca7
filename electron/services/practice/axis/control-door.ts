import { timingSafeEqual } from 'node:crypto';
import type { AxisControls } from './controls.ts';
import { Chaos, Fault, type Faults } from './faults.ts';
import { jsonAnswer, type AxisAnswer, type AxisRequest } from './protocol.ts';

/** The header that carries the control token. */
export const practiceTokenHeader = 'x-practice-token';

/** The calls below `/practice/`, for tests, the practice day and `tvt axis fault`. Shut without the right token. */
export function controlDoor(
  axis: AxisControls,
  options: { readonly faults: Faults; readonly expireLogins: () => void; readonly token: string | undefined },
): (name: string, query: URLSearchParams, request: AxisRequest) => Promise<AxisAnswer> {
  const { faults } = options;
  const nothing: AxisAnswer = { status: 404, headers: {}, body: new Uint8Array() };
  const done = jsonAnswer({ ok: true });

  async function run(name: string, query: URLSearchParams, request: AxisRequest): Promise<AxisAnswer> {
    switch (`${request.method} ${name}`) {
      case 'POST deliver': {
        const messageType = query.get('messageType');
        const from = query.get('from');
        const to = query.getAll('to');
        const outcome = await axis.deliver(request.body, {
          ...(messageType === 'edoc' || messageType === 'status' ? { messageType } : {}),
          ...(from === null ? {} : { from }),
          ...(to.length === 0 ? {} : { to }),
        });
        return jsonAnswer(outcome, outcome.ok ? 200 : 422);
      }
      case 'GET inspect':
        return jsonAnswer({ ...axis.inspect(), faults: faults.pending(), clockShiftMinutes: faults.clockShift() });
      case 'GET message': {
        const bytes = axis.bytesOf(query.get('docId') ?? '');
        if (bytes === undefined) return nothing;
        return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes };
      }
      case 'POST fault': {
        const fault = Fault.safeParse(jsonOf(request.body));
        if (!fault.success) return jsonAnswer({ ok: false }, 400);
        axis.fault(fault.data);
        return done;
      }
      case 'POST chaos': {
        const chaos = Chaos.nullable().safeParse(jsonOf(request.body));
        if (!chaos.success) return jsonAnswer({ ok: false }, 400);
        axis.chaos(chaos.data);
        return done;
      }
      case 'POST advance':
        return jsonAnswer(await axis.advance());
      case 'POST restart': {
        const ms = Number(query.get('afterMs') ?? '0');
        return Number.isInteger(ms) && ms >= 0 && ms <= 600_000 ? { ...done, restartAfterMs: ms } : jsonAnswer({ ok: false }, 400);
      }
      case 'POST expire-logins':
        options.expireLogins();
        return done;
      case 'POST clear-faults':
        faults.clear();
        return done;
      default:
        return nothing;
    }
  }

  return async (name, query, request) => {
    const given = Buffer.from(request.headers[practiceTokenHeader] ?? '');
    const right = Buffer.from(options.token ?? '');
    const allowed = right.length > 0 && given.length === right.length && timingSafeEqual(given, right);
    return allowed ? run(name, query, request) : { status: 403, headers: {}, body: new Uint8Array() };
  };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
