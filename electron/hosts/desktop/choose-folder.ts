import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron';

/** Shows the system's dialog for one folder over the station's window; null where the person closed it. */
export async function chooseFolder(window: BrowserWindow | undefined, start: string | null): Promise<string | null> {
  const options: OpenDialogOptions = {
    properties: ['openDirectory', 'createDirectory', 'promptToCreate', 'dontAddToRecent'],
    ...(start === null ? {} : { defaultPath: start }),
  };
  const { canceled, filePaths } = await (window === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}
