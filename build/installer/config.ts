import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import type { Target } from './binary.ts';

export type InstallerOrder = {
  readonly root: string;
  readonly target: Target;
  /** the folder that `layOut` filled */
  readonly app: string;
  /** where installers are put */
  readonly output: string;
  /** a folder or ZIP with the Electron runtime of the target; default: the builder fetches it */
  readonly electronDist: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * What Electron's binary may not do any more once it is installed. The core's helpers are utility processes
 * (electron/hosts/desktop/helpers.ts) because `runAsNode` is blown.
 */
const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} as const;

const name = 'Trạm Văn thư';
/** Where Debian looks for what comes with a package. */
export const documentation = '/usr/share/doc/tram-van-thu/';
const file = 'tram-van-thu';

/** Who looks after the packages that an office makes for itself: Debian's own variables say who that is. */
function maintainer(env: InstallerOrder['env']): string {
  const { DEBFULLNAME: who = '', DEBEMAIL: address = '' } = env;
  return `${who === '' ? name : who} <${address === '' ? `${file}@localhost` : address}>`;
}

/**
 * The builder's configuration for one target. Nothing of it ever changes between versions that must find each other at an
 * upgrade: the id, the file names and the name inside the package, which is also the data folder's.
 */
export function installerConfig({ root, target, app, output, electronDist, env }: InstallerOrder): Configuration {
  const resources = join(root, 'build/installer');
  const timeStamps = env['TVT_SIGN_TIMESTAMP'];
  return {
    appId: 'vn.tramvanthu.desktop',
    // On Linux it becomes a folder below /opt.
    productName: target === 'win32' ? name : file,
    executableName: file,
    copyright: 'Apache License 2.0',
    artifactName: `${file}-\${version}-\${os}-\${arch}.\${ext}`,
    directories: { app, output, buildResources: resources },
    ...(electronDist === undefined ? {} : { electronDist }),
    // `layOut` has put together what is shipped, packages too.
    files: ['**/*', { from: 'node_modules', to: 'node_modules', filter: ['**/*'] }],
    beforeBuild: () => Promise.resolve(false),
    asar: true,
    asarUnpack: ['**/*.node'],
    electronLanguages: ['vi', 'en-US'],
    electronFuses: fuses,
    // An office decides when a version comes; nothing is looked up or fetched.
    publish: null,
    forceCodeSigning: env['TVT_MUST_SIGN'] === '1',
    fileAssociations: [{ ext: 'edxml', name: 'TramVanThu.edxml', description: 'Văn bản điện tử edXML', mimeType: 'application/x-edxml', role: 'Viewer' }],
    win: {
      target: [{ target: 'nsis', arch: ['x64'] }],
      icon: join(resources, 'icon.ico'),
      // Whose signature: WIN_CSC_LINK, WIN_CSC_KEY_PASSWORD, or CSC_LINK, CSC_KEY_PASSWORD, which the builder reads itself.
      signtoolOptions: {
        signingHashAlgorithms: ['sha256'],
        ...(timeStamps === undefined ? {} : { rfc3161TimeStampServer: timeStamps, timeStampServer: timeStamps }),
      },
      // Offices that allow signed code only (AppLocker, WDAC) look at these too.
      signExts: ['.dll', '.node'],
    },
    nsis: {
      oneClick: false,
      // The first page asks; silently `/allusers` or `/currentuser` answers.
      perMachine: false,
      allowElevation: true,
      allowToChangeInstallationDirectory: true,
      installerLanguages: ['vi_VN', 'en_US'],
      displayLanguageSelector: false,
      shortcutName: name,
      uninstallDisplayName: `${name} \${version}`,
      deleteAppDataOnUninstall: false,
      differentialPackage: false,
      // Vietnamese for what the builder has in English only.
      include: join(resources, 'installer.nsh'),
      // Only a program that updates itself needs it.
      packElevateHelper: false,
      runAfterFinish: true,
    },
    linux: {
      target: [
        { target: 'deb', arch: ['x64'] },
        { target: 'AppImage', arch: ['x64'] },
      ],
      icon: join(resources, 'icons'),
      category: 'Office',
      synopsis: 'Trạm công văn điện tử',
      description: 'Trạm văn thư cho cơ quan nhà nước: đăng ký văn bản đến và đi, ký số, trao đổi qua trục liên thông, lập và nộp hồ sơ lưu trữ.',
      maintainer: maintainer(env),
      vendor: name,
      syncDesktopName: true,
      // The builder's own first argument would be --no-sandbox.
      executableArgs: [],
      desktop: { entry: { Name: name, 'Comment[vi]': 'Văn bản đến, văn bản đi, ký số, hồ sơ', StartupWMClass: file } },
    },
    deb: {
      recommends: ['pcscd', 'libreoffice-writer'],
      // Office programs of Debian that are no suite of editors stand there.
      packageCategory: 'misc',
      fpm: [`${join(resources, 'tvt')}=/usr/bin/tvt`, `${join(root, 'LICENSE')}=${documentation}copyright`],
    },
  };
}
