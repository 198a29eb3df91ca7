import { createCipheriv, createDecipheriv } from 'node:crypto';
import { told } from './app.ts';
import { defaultSession, type Session } from './session.ts';
import { ownSettings } from './settings.ts';
import './control.ts';

const settings = ownSettings();
const systemKey = Buffer.alloc(32, 'double');

export { app } from './app.ts';
export { ipcMain } from './ipc.ts';
export { protocol } from './session.ts';
export { utilityProcess } from './utility.ts';
export { BrowserWindow } from './window.ts';

export const session: { readonly defaultSession: Session } = { defaultSession };
export const nativeTheme = { shouldUseDarkColors: false };
export const screen = { getAllDisplays: (): unknown[] => settings.workAreas.map((workArea) => ({ workArea })) };

export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu(menu: unknown): void {
    told.menu = menu;
  },
};

export const dialog = {
  showErrorBox(title: string, text: string): void {
    told.errorBoxes.push(`${title}: ${text}`);
  },
};

export const shell = {
  showItemInFolder(path: string): void {
    told.shown.push(path);
  },
};

/** Stands for the system's secret store; its key is the same in every run, as a user's would be. */
export const safeStorage = {
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(true),
  getSelectedStorageBackend: (): string => settings.storageBackend,
  encryptStringAsync(text: string): Promise<Buffer> {
    const cipher = createCipheriv('aes-256-gcm', systemKey, Buffer.alloc(12));
    return Promise.resolve(Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]));
  },
  async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const decipher = createDecipheriv('aes-256-gcm', systemKey, Buffer.alloc(12));
    decipher.setAuthTag(encrypted.subarray(-16));
    const result = Buffer.concat([decipher.update(encrypted.subarray(0, -16)), decipher.final()]).toString('utf8');
    return { result, shouldReEncrypt: false };
  },
};
