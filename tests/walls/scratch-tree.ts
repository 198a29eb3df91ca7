import { spawn, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectFiles } from '../../build/checks/findings.ts';

const project = join(import.meta.dirname, '../..');

export type Run = { readonly code: number | null; readonly output: string };

/** A copy of the project as it could be committed now, with the project's own packages. */
export class ScratchTree {
  readonly root = mkdtempSync(join(tmpdir(), 'tvt-walls-'));

  constructor() {
    for (const file of projectFiles(project)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      cpSync(join(project, file), join(this.root, file));
    }
    symlinkSync(join(project, 'node_modules'), join(this.root, 'node_modules'), 'junction');
    execFileSync('git', ['init', '--quiet', this.root]);
    // A link is not a folder to git: the ignore line `node_modules/` does not speak of it.
    writeFileSync(join(this.root, '.git/info/exclude'), 'node_modules\n');
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, name)), { recursive: true });
      writeFileSync(join(this.root, name), text);
    }
  }

  /** Adds a package to package.json, as a hurried hand would. */
  declare(name: string): void {
    const path = join(this.root, 'package.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { devDependencies: Record<string, string> };
    manifest.devDependencies[name] = '*';
    writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
  }

  /** Runs a script with Node in the copy; the answer is its output, whatever its exit code. */
  node(...args: readonly string[]): Promise<Run> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...args], { cwd: this.root, stdio: ['ignore', 'pipe', 'pipe'] });
      const chunks: Buffer[] = [];
      const errors: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
      child.on('error', reject);
      child.on('close', (code) => {
        const output = Buffer.concat(chunks).toString('utf8');
        resolve({ code, output: output === '' ? Buffer.concat(errors).toString('utf8') : output });
      });
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
