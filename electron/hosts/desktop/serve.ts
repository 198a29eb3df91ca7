import type { AssetResponse, Serve } from '../shell/assets.ts';
import type { UnlockDoor } from '../shell/unlock-page.ts';
import { home, unlockHome } from './channels.ts';

/** Answers every request of our own scheme. */
export function schemeHandler(serve: Serve, unlock: UnlockDoor): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.url.startsWith(unlockHome)) {
      // The form is small; anything else is not the form.
      const form = request.method === 'POST' ? (await request.text()).slice(0, 10_000) : '';
      return asResponse(unlock.serve({ method: request.method, form }));
    }
    if (!request.url.startsWith(home)) return new Response('not found', { status: 404 });
    const headers = Object.fromEntries([...request.headers].map(([name, value]) => [name.toLowerCase(), value]));
    return asResponse(await serve({ method: request.method, path: request.url.slice(home.length - 1), headers }));
  };
}

function asResponse(answer: AssetResponse): Response {
  return new Response(answer.body instanceof Uint8Array ? Buffer.from(answer.body) : answer.body, { status: answer.status, headers: { ...answer.headers } });
}
