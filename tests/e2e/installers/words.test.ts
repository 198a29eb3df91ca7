import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownFolder, pack } from './packing.ts';

/**
 * What the builder would hand to fpm, mksquashfs and makensis, which can not be fetched everywhere: it is stopped right
 * before it runs them.
 */
const told: unknown[] = [];
const packer = process.env['ELECTRON_BUILDER_7ZIP_PATH'];

beforeAll(async () => {
  // The Windows installer's content is packed before; this packer makes an empty file of the right name.
  const empty = join(ownFolder('packer'), '7za');
  writeFileSync(empty, '#!/bin/sh\nfor word in "$@"; do case "$word" in *.7z) : > "$word" ;; esac; done\n');
  chmodSync(empty, 0o755);
  process.env['ELECTRON_BUILDER_7ZIP_PATH'] = empty;
  const instead = (options: unknown): void => {
    // The builder deletes its own files afterwards.
    const [, desktop] = Array.isArray(options) ? (options as [unknown, unknown]) : [];
    told.push(typeof desktop === 'string' ? { fpm: (options as unknown[])[0], desktop: readFileSync(desktop, 'utf8') } : options);
  };
  await pack('linux', { unpackedOnly: false, instead });
  await pack('win32', { unpackedOnly: false, instead });
});
afterAll(() => {
  if (packer === undefined) delete process.env['ELECTRON_BUILDER_7ZIP_PATH'];
  else process.env['ELECTRON_BUILDER_7ZIP_PATH'] = packer;
});

const find = <T>(key: string): T => told.find((one) => typeof one === 'object' && one !== null && key in one) as T;

describe('the package for Debian and Ubuntu', () => {
  it('opens edXML files, under its Vietnamese name, in its sandbox', () => {
    const { desktop } = find<{ desktop: string }>('fpm');
    for (const line of ['Name=Trạm Văn thư', 'Exec=/opt/tram-van-thu/tram-van-thu %U', 'MimeType=application/x-edxml;', 'Categories=Office;', 'StartupWMClass=tram-van-thu']) expect(desktop.split('\n')).toContain(line);
    expect(desktop).not.toContain('no-sandbox');
  });

  it('has one name, and asks for what tokens need without insisting', () => {
    const { fpm } = find<{ fpm: string[] }>('fpm');
    expect(fpm[fpm.indexOf('--name') + 1]).toBe('tram-van-thu');
    expect(fpm[fpm.indexOf('--architecture') + 1]).toBe('amd64');
    expect(fpm[fpm.indexOf('--license') + 1]).toBe('Apache-2.0');
    expect(fpm.some((word) => word.endsWith('=/opt/tram-van-thu'))).toBe(true);
    expect(fpm.some((word) => word.endsWith('=/usr/share/mime/packages/tram-van-thu.xml'))).toBe(true);
    expect(fpm.some((word) => word.endsWith('=/usr/share/icons/hicolor/256x256/apps/tram-van-thu.png'))).toBe(true);
  });
});

it('the AppImage starts in its sandbox too', () => {
  const { desktop } = find<{ desktop: string }>('desktopFileName');
  expect(desktop).toMatch(/^Exec=AppRun %U$/m);
  expect(desktop).toMatch(/^MimeType=application\/x-edxml;$/m);
});

describe('the Windows installer', () => {
  const all = (): [Record<string, string | null>, { OutFile: string }] => told.find((one) => Array.isArray(one)) as ReturnType<typeof all>;
  const defines = (): Record<string, string | null> => all()[0];

  it('asks per machine or per user, and deletes no data', () => {
    expect(defines()).not.toHaveProperty('ONE_CLICK');
    expect(defines()).not.toHaveProperty('INSTALL_MODE_PER_ALL_USERS');
    expect(defines()).not.toHaveProperty('DELETE_APP_DATA_ON_UNINSTALL');
    expect(defines()).toHaveProperty('allowToChangeInstallationDirectory');
  });

  it('installs under names without accents and shows the Vietnamese one', () => {
    expect(defines()).toMatchObject({ APP_ID: 'vn.tramvanthu.desktop', PRODUCT_NAME: 'Trạm Văn thư', SHORTCUT_NAME: 'Trạm Văn thư', PRODUCT_FILENAME: 'tram-van-thu', APP_FILENAME: 'tram-van-thu' });
    expect(all()[1].OutFile).toMatch(/tram-van-thu-[\d.]+-win-x64\.exe"$/);
    // An upgrade finds the installed version by it.
    expect(defines()['APP_GUID']).toBe('6dc4f564-e7c8-5633-a7ff-65d735bcb610');
  });
});
