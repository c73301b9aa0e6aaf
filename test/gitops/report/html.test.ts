import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { DeliveryPlan } from '../../../gitops/plan/plan.js';
import { reportAsHtml } from '../../../gitops/report/html.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { object } from '../support/units.js';
import { chromiumPath, Pages } from './chromium.js';
import { planOf } from './report-fixture.js';

const place = { repository: 'https://git.example.com/gitops.git', branch: 'main', commit: 'a'.repeat(40) };
const pages = new Pages();
afterAll(() => pages.close());
afterEach(() => {
  expect(pages.noise).toEqual([]);
});

const hostile =
  '</script><script>document.title = "owned"</script><img src=x onerror="alert(1)">"\'`${1}\u202E';
const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);

/** Every kind of change, once or twice. */
const small = planOf({
  'prod/jukebox': [
    [
      object('changed', { data: { text: lines.join('\n'), threshold: 'below 0.05 for 10m' } }),
      object('data', { kind: 'PersistentVolumeClaim', spec: { size: '1Gi', class: 'fast' } }),
      object('gone', { kind: 'Job' }),
    ],
    [
      object('changed', { data: { text: lines.join('\n'), threshold: 'below 0.01 for 10m' } }),
      object('other', { kind: 'PersistentVolumeClaim', spec: { size: '1Gi', class: 'fast' } }),
      object('fresh', { data: { [hostile]: hostile } }),
    ],
  ],
  'test/<b>radio': [[], [object(hostile, { kind: 'Service' })]],
});

function manyObjects(count: number): DeliveryPlan {
  const objects = (value: string): readonly KubernetesObject[] =>
    Array.from({ length: 20 }, (_, index) =>
      object(`object-${index}`, { data: { text: lines.join('\n'), value: `${index} ${value}` } }),
    );
  const units = Array.from({ length: count / 20 }, (_, index) => `test/model-${index}`);
  return planOf(Object.fromEntries(units.map((name) => [name, [objects('before'), objects('after')]])));
}

describe('the page by itself', () => {
  test('holds two scripts, whatever values say, and names nothing to be loaded', () => {
    const page = reportAsHtml(small, place);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(page).not.toMatch(/<(?:img|link(?! rel="icon" href="data:,")|iframe|object |embed)/);
  });

  test('does not hold what a Secret holds', () => {
    const secret = (password: string) => object('s', { kind: 'Secret', stringData: { password } });
    const page = reportAsHtml(planOf({ 'test/a': [[secret('hunter2')], [secret('swordfish')]] }), place);
    expect(page).toContain('Secret');
    expect(page).not.toMatch(/hunter2|swordfish/);
  });

  test('holds a little of a value of a million characters', () => {
    const value = (end: string) => object('a', { data: { x: `${'x'.repeat(1_000_000)} ${end}` } });
    const page = reportAsHtml(planOf({ 'test/a': [[value('old')], [value('new')]] }), place);
    expect(page.length).toBeLessThan(40_000);
    expect(page).toMatch(/old.*new/);
  });
});

if (chromiumPath === undefined)
  test.skip('in a browser (no CHROMIUM, and no `chromium` in the PATH)', () => undefined);
else describeInBrowser();

function describeInBrowser(): void {
  describe('the page in a browser', () => {
    test('shows hostile values as text and runs nothing of them', async () => {
      const page = await pages.open(reportAsHtml(small, place));
      expect(await page.title()).toBe(
        'driftloop diff: 2 created, 1 changed, 1 deleted, 1 recreated under another name',
      );
      expect(await page.locator('#o1').textContent()).toContain('onerror="alert(1)"');
      expect(await page.locator('img, main script').count()).toBe(0);
    });

    test('runs no script that somebody puts into it', async () => {
      const page = await pages.open(
        reportAsHtml(small, place).replace('</main>', '<script>document.title = "owned"</script></main>'),
      );
      expect(await page.title()).not.toBe('owned');
      expect(pages.noise.splice(0)).toEqual([expect.stringContaining('Content Security Policy')]);
    });

    test('shows before and after side by side, and the words that differ', async () => {
      const page = await pages.open(reportAsHtml(small, place));
      const changed = page.locator('details', { hasText: 'mlops-test/changed' });
      expect(await changed.locator('del').allTextContents()).toEqual(['0.05']);
      expect(await changed.locator('ins').allTextContents()).toEqual(['0.01']);
      expect(await changed.getByText('line 20').count()).toBe(0);
      await changed
        .getByRole('button', { name: /^Show \d+ unchanged lines$/ })
        .first()
        .click();
      expect(await changed.getByText('line 20').count()).toBe(2);
    });

    test('says first what is lost, and leads to it', async () => {
      const page = await pages.open(reportAsHtml(small, place));
      const caution = page.getByRole('region', { name: 'Look at this first' }).getByRole('listitem');
      expect(await caution.first().textContent()).toContain(
        'its data is lost, unless the volume is retained',
      );
      await page.getByRole('button', { name: 'Close all' }).click();
      await caution.first().getByRole('link').click();
      await page.waitForFunction("document.activeElement?.tagName === 'SUMMARY'");
      expect(await page.locator('details[open] .name').textContent()).toBe('mlops-test/other');
    });

    test('is used by keyboard alone', async () => {
      const page = await pages.open(reportAsHtml(manyObjects(40), place));
      await page.getByRole('searchbox').focus();
      await page.keyboard.type('object-7');
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await page.locator('details[open]').count()).toBe(1);
      expect(await page.locator('details[open]').getAttribute('id')).toBe('o37');
      await page.locator('details[open] table').waitFor();
    });

    test('filters by text, kind, environment and change, and says how many are left', async () => {
      const page = await pages.open(reportAsHtml(small, place));
      const left = () => page.locator('output').textContent();
      expect(await left()).toBe('5 objects');
      await page.getByLabel('Environment').selectOption('prod');
      expect(await left()).toBe('4 of 5 objects');
      await page.getByLabel('Change').selectOption('recreated');
      expect(await left()).toBe('1 of 5 objects');
      await page.getByLabel('Change').selectOption('');
      await page.getByLabel('Kind').selectOption('ConfigMap');
      await page.getByLabel('Text').fill('LINE 39');
      expect(await left()).toBe('1 of 5 objects');
      expect(await page.locator('details:visible .name').textContent()).toBe('mlops-test/changed');
      await page.getByLabel('Text').fill('nothing of this');
      expect(await page.locator('main section:visible:not(.cautions)').count()).toBe(0);
    });

    test('tells what happens to which object without JavaScript, too', async () => {
      const page = await pages.open(reportAsHtml(small, place), { javaScriptEnabled: false });
      expect(await page.locator('summary:visible').count()).toBe(5);
      expect(await page.locator('form:visible').count()).toBe(0);
      expect(await page.locator('noscript p:visible').count()).toBe(1);
    });

    test.each([
      ['light', { colorScheme: 'light' }],
      ['dark', { colorScheme: 'dark' }],
      ['on a phone', { viewport: { width: 400, height: 800 } }],
      ['without animation and with high contrast', { reducedMotion: 'reduce', forcedColors: 'active' }],
    ] as const)('has no fault of accessibility that can be found by program: %s', async (_name, options) => {
      const page = await pages.open(reportAsHtml(small, place), options);
      expect(await findFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    });

    test('is printed with what is open, and without what only a screen can use', async () => {
      const page = await pages.open(reportAsHtml(manyObjects(40), place));
      await page.getByRole('button', { name: 'Open all' }).click();
      await page.pdf({ format: 'A4' });
      expect(await page.locator('main table').count()).toBe(40);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('form:visible, .verb:visible').count()).toBe(0);
      expect(await findFaults(page)).toEqual([]);
    });
  });

  test('with 2,000 objects opens, filters and unfolds without making a person wait', async () => {
    const html = reportAsHtml(manyObjects(2000), place);
    const begin = performance.now();
    const page = await pages.open(html);
    const opened = performance.now() - begin;
    expect(await page.locator('details').count()).toBe(2000);
    expect(await page.locator('table').count()).toBe(0);
    const search = await page.evaluate(timeSearches);
    await page.getByRole('button', { name: 'Open all' }).click();
    await page.locator('table').first().waitFor();
    // Only what can be seen is made; a page of 2,000 tables would stall the browser.
    expect(await page.locator('table').count()).toBeLessThan(100);
    // Ten times what a quiet machine needs.
    expect(opened).toBeLessThan(8000);
    expect(search).toBeLessThan(2000);
  });
}

/** Run in the page: milliseconds of the slowest of three searches. */
const timeSearches = `Math.max(...['model-7', 'model-77 object-3', ''].map((text) => {
  const input = document.querySelector('input[name=text]');
  const from = performance.now();
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  return performance.now() - from;
}))`;

async function findFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(
    "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))",
  );
}
