import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installerConfig } from '../../../build/installer/config.ts';
import { ownFolder, pack, project } from './packing.ts';

/**
 * What the builder would hand to fpm, mksquashfs and makensis, which can not be fetched everywhere: it is stopped right
 * before it runs them.
 */
const told: unknown[] = [];
const templates = join(project, 'node_modules/app-builder-lib/templates/nsis');
const makensis = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'makensis')).find((path) => existsSync(path));
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
  await pack('linux', { unpackedOnly: false, instead, env: { DEBFULLNAME: 'Phòng CNTT', DEBEMAIL: 'cntt@coquan.gov.vn', TVT_HOMEPAGE: 'https://coquan.gov.vn/tram' } });
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
    expect(fpm).toContain(`${join(project, 'build/installer/tvt')}=/usr/bin/tvt`);
    expect(statSync(join(project, 'build/installer/tvt')).mode & 0o111).toBe(0o111);
    expect(fpm).toContain(`${join(project, 'LICENSE')}=/usr/share/doc/tram-van-thu/copyright`);
    expect(fpm.some((word) => word.endsWith('=/usr/share/mime/packages/tram-van-thu.xml'))).toBe(true);
    expect(fpm.some((word) => word.endsWith('=/usr/share/icons/hicolor/256x256/apps/tram-van-thu.png'))).toBe(true);
  });
});

it('the package says who looks after it and where to ask, in Vietnamese, and nothing that is made up', () => {
  const { fpm } = find<{ fpm: string[] }>('fpm');
  const of = (option: string): string => fpm[fpm.indexOf(option) + 1] ?? '';
  expect({ maintainer: of('--maintainer'), url: of('--url'), category: of('--category'), vendor: of('--vendor') }).toEqual({ maintainer: 'Phòng CNTT <cntt@coquan.gov.vn>', url: 'https://coquan.gov.vn/tram', category: 'misc', vendor: 'Trạm Văn thư' });
  expect(of('--description')).toMatch(/^Trạm công văn điện tử\n Trạm văn thư cho cơ quan nhà nước/);
  expect(fpm.join(' ')).not.toMatch(/example|\.invalid|TODO|undefined/i);
  // An office that named nobody gets the program's own name and the place of its documents.
  const order = { root: project, target: 'linux', app: '', output: '', electronDist: undefined, env: {} } as const;
  expect(installerConfig(order).linux?.maintainer).toBe('Trạm Văn thư <tram-van-thu@localhost>');
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

  it('says everything in Vietnamese: each text that the builder has is there once, with its places, and no licence page in English', () => {
    const texts = new Map([...readFileSync(join(project, 'build/installer/installer.nsh'), 'utf8').matchAll(/^ {2}LangString (\w+) 1066 "(.*)"$/gm)].map(([, key = '', text = '']) => [key, text]));
    const builder = ['messages.yml', 'assistedMessages.yml'].flatMap((file) => [...readFileSync(join(templates, file), 'utf8').matchAll(/^(\w+):\n {2}en: (.*)$/gm)]);
    expect(builder.length).toBeGreaterThan(20);
    expect([...texts.keys()].sort()).toEqual(builder.map(([, key]) => key).sort());
    for (const [, key = '', english = ''] of builder) {
      expect([key, (texts.get(key) ?? '').includes('${PRODUCT_NAME}')]).toEqual([key, english.includes('${PRODUCT_NAME}')]);
      expect(texts.get(key)).toMatch(/[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵầấậắặềếệồốộờớợừứựữứử]/i);
    }
    const { nsis } = installerConfig({ root: project, target: 'win32', app: '', output: '', electronDist: undefined, env: {} });
    expect(nsis).toMatchObject({ include: join(project, 'build/installer/installer.nsh'), installerLanguages: ['vi_VN', 'en_US'] });
    expect(nsis).not.toHaveProperty('license');
  });

  it.skipIf(makensis === undefined)('takes those texts in place of the English ones (needs makensis)', () => {
    const folder = ownFolder('nsis');
    const script = ['Unicode true', 'SetCompress off', `OutFile "${join(folder, 'out.exe')}"`, '!include MUI2.nsh', '!define PRODUCT_NAME "Trạm Văn thư"', '!insertmacro MUI_PAGE_INSTFILES'];
    const strings = ['LangString onlyForMe 1066 "Only for &me"', `!include "${join(project, 'build/installer/installer.nsh')}"`, '!insertmacro MUI_LANGUAGE "Vietnamese"', '!insertmacro customHeader', 'Section', 'DetailPrint "$(onlyForMe)"', '!insertmacro customInstall', 'SectionEnd'];
    writeFileSync(join(folder, 'x.nsi'), [...script, ...strings].join('\n'));
    execFileSync(makensis ?? '', ['-V2', '-WX', '-INPUTCHARSET', 'UTF8', '-DSHELL_CONTEXT=HKCU', join(folder, 'x.nsi')]);
    const made = readFileSync(join(folder, 'out.exe'));
    expect([made.includes(Buffer.from('Chỉ cho &tôi', 'utf16le')), made.includes(Buffer.from('Only for &me', 'utf16le')), made.includes(Buffer.from('Mở bằng Trạm Văn thư', 'utf16le'))]).toEqual([true, false, true]);
  });

  it('installs under names without accents and shows the Vietnamese one', () => {
    expect(defines()).toMatchObject({ APP_ID: 'vn.tramvanthu.desktop', PRODUCT_NAME: 'Trạm Văn thư', SHORTCUT_NAME: 'Trạm Văn thư', PRODUCT_FILENAME: 'tram-van-thu', APP_FILENAME: 'tram-van-thu' });
    expect(all()[1].OutFile).toMatch(/tram-van-thu-[\d.]+-win-x64\.exe"$/);
    // An upgrade finds the installed version by it.
    expect(defines()['APP_GUID']).toBe('6dc4f564-e7c8-5633-a7ff-65d735bcb610');
  });
});
