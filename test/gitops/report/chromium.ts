import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** The browser of CHROMIUM, else `chromium` of the PATH; undefined: there is none. */
export const chromiumPath: string | undefined = [
  process.env.CHROMIUM ?? '',
  ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'chromium')),
].find(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return path !== '';
  } catch {
    return false;
  }
}

/** Pages of one test file, opened as files, as somebody does who has downloaded a report. */
export class Pages {
  private readonly folder = mkdtempSync(join(tmpdir(), 'driftloop-pages-'));
  private browser: Browser | undefined;
  private count = 0;

  /** What a page complained about, asked for or tried to say. */
  readonly noise: string[] = [];

  async open(html: string, options: BrowserContextOptions = {}): Promise<Page> {
    // The sandbox of its own is not to be had in containers; what it opens is ours.
    this.browser ??= await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
    const file = join(this.folder, `${++this.count}.html`);
    writeFileSync(file, html);
    const page = await this.browser.newPage(options);
    const address = pathToFileURL(file).href;
    page.on('console', (message) => this.noise.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.noise.push(error.message));
    page.on('dialog', (dialog) => {
      this.noise.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(address) && request.url() !== 'data:,') this.noise.push(request.url());
    });
    await page.goto(address);
    return page;
  }

  async close(): Promise<void> {
    await this.browser?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
