import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { WebContentsDouble } from './web-contents.ts';

export type Bounds = { x: number; y: number; width: number; height: number };
type Options = Partial<Bounds> & { readonly show?: boolean; readonly webPreferences?: Readonly<Record<string, unknown>> };

export const windows: BrowserWindow[] = [];

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContentsDouble;
  readonly options: Options;
  bounds: Bounds;
  shown: boolean;
  focused = 0;
  minimized = false;
  #maximized = false;
  #destroyed = false;

  constructor(options: Options) {
    super();
    this.options = options;
    this.bounds = { x: options.x ?? 100, y: options.y ?? 80, width: options.width ?? 800, height: options.height ?? 600 };
    this.shown = options.show ?? true;
    const preload = options.webPreferences?.['preload'];
    this.webContents = new WebContentsDouble(typeof preload === 'string' ? preload : undefined);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    windows.push(this);
    app.windowOpened(this);
  }
  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  show(): void {
    this.shown = true;
  }
  focus(): void {
    this.focused += 1;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  restore(): void {
    this.minimized = false;
  }
  maximize(): void {
    this.#maximized = true;
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  getNormalBounds(): Bounds {
    return this.bounds;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  close(): void {
    if (this.#destroyed) return;
    let stopped = false;
    this.emit('close', { preventDefault: () => { stopped = true; } });
    if (!stopped) this.destroy();
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.webContents.destroy();
    this.emit('closed');
    app.windowClosed(this);
  }
}
