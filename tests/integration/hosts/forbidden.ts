import type { NetworkTrap } from './network-trap.ts';

/** A thing that a page must not be able to do: what it runs, and what it reports when it was refused. */
export type Forbidden = { readonly what: string; readonly expression: (trap: NetworkTrap) => string; readonly refused: unknown };

const settle = 'new Promise((resolve) => setTimeout(resolve, 400))';

/** Tried in the page of every window host. Each entry also must not reach the trap. */
export const forbiddenThings: readonly Forbidden[] = [
  {
    what: 'fetch to another origin',
    expression: ({ origin }) => `fetch('${origin}/fetch').then(() => 'reached', () => 'refused')`,
    refused: 'refused',
  },
  {
    what: 'fetch from a worker',
    expression: ({ origin }) => `new Promise((resolve) => {
      const source = "fetch('${origin}/worker').then(() => postMessage('reached'), () => postMessage('refused'))";
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      worker.onmessage = (event) => resolve(event.data);
      worker.onerror = () => resolve('refused');
    })`,
    refused: 'refused',
  },
  {
    what: 'an image from elsewhere',
    expression: ({ origin }) => `new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve('loaded');
      image.onerror = () => resolve('refused');
      image.src = '${origin}/image';
    })`,
    refused: 'refused',
  },
  {
    what: 'a script from elsewhere',
    expression: ({ origin }) => `new Promise((resolve) => {
      const script = document.createElement('script');
      script.onload = () => resolve('loaded');
      script.onerror = () => resolve('refused');
      script.src = '${origin}/script.js';
      document.head.append(script);
    })`,
    refused: 'refused',
  },
  {
    what: 'a web socket',
    expression: ({ port }) => `new Promise((resolve) => {
      try {
        const socket = new WebSocket('ws://127.0.0.1:${port}/socket');
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      } catch { resolve('refused'); }
    })`,
    refused: 'refused',
  },
  {
    what: 'a beacon',
    expression: ({ origin }) => `(navigator.sendBeacon('${origin}/beacon'), ${settle}.then(() => 'no hit'))`,
    refused: 'no hit',
  },
  {
    what: 'a prefetch',
    expression: ({ origin }) => `(() => {
      const link = document.createElement('link');
      link.rel = 'prefetch';
      link.href = '${origin}/prefetch';
      document.head.append(link);
      return ${settle}.then(() => 'no hit');
    })()`,
    refused: 'no hit',
  },
  {
    what: 'a form that posts elsewhere',
    expression: ({ origin }) => `(() => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = '${origin}/form';
      document.body.append(form);
      form.submit();
      return ${settle}.then(() => globalThis.ready === true);
    })()`,
    refused: true,
  },
  {
    what: 'a document in a sub-frame',
    expression: ({ origin }) => `(() => {
      const frame = document.createElement('iframe');
      frame.src = '${origin}/frame';
      document.body.append(frame);
      return ${settle}.then(() => { frame.remove(); return 'no hit'; });
    })()`,
    refused: 'no hit',
  },
  {
    what: 'leaving for another page',
    expression: ({ origin }) => `(() => { location.href = '${origin}/away'; return ${settle}.then(() => globalThis.ready === true); })()`,
    refused: true,
  },
  {
    what: 'window.open',
    expression: ({ origin }) => `(() => { globalThis.open('${origin}/popup'); return ${settle}.then(() => 'no hit'); })()`,
    refused: 'no hit',
  },
  {
    what: 'a link to a new window',
    expression: ({ origin }) => `(() => {
      const link = document.createElement('a');
      link.href = '${origin}/blank';
      link.target = '_blank';
      link.rel = 'opener';
      document.body.append(link);
      link.click();
      return ${settle}.then(() => 'no hit');
    })()`,
    refused: 'no hit',
  },
  {
    what: 'code made from text',
    // Not `eval`: what a debugger evaluates may use it whatever the policy says.
    expression: () => `(() => { setTimeout('globalThis.madeFromText = 1', 0); return ${settle}.then(() => typeof madeFromText); })()`,
    refused: 'undefined',
  },
  ...['geolocation', 'notifications', 'camera', 'microphone'].map((name) => ({
    what: `the permission ${name}`,
    expression: () => `navigator.permissions.query({ name: '${name}' }).then((status) => status.state)`,
    refused: 'denied',
  })),
  {
    what: 'a microphone',
    expression: () => `navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'recording', (error) => error.name)`,
    refused: 'NotAllowedError',
  },
  {
    what: 'the place of the machine',
    expression: () => `new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('known'), (error) => resolve(error.code)))`,
    refused: 1,
  },
];
