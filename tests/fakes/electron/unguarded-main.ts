import { app, BrowserWindow, ipcMain, protocol } from 'electron';

// A main process without a single guard: shows that the double itself refuses nothing.
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
void app.whenReady().then(async () => {
  protocol.handle('app', () => new Response('<title>mở</title><script>globalThis.ready = true</script>', { headers: { 'Content-Type': 'text/html' } }));
  ipcMain.on('any', (event, message: unknown) => { event.senderFrame?.send('any', message); });
  await new BrowserWindow({ webPreferences: {} }).loadURL('app://tram/');
});
