import type { ModelInEnvironment } from '../model-in-environment.js';
import type { ChartBlueprint } from '../unit.js';
import { ServerScraping, findServerScrape } from './server-scraping.js';

/** What watches one model in one environment, besides its rules; `served`: its servers are rendered. */
export function planModelMonitoring(context: ModelInEnvironment, served: boolean): readonly ChartBlueprint[] {
  return served ? planServerScraping(context) : [];
}

function planServerScraping(context: ModelInEnvironment): readonly ChartBlueprint[] {
  const { platform, deployment } = context;
  const scrape = findServerScrape(platform, deployment);
  const { serving } = deployment;
  const capability = 'server-scraping';
  if (scrape === undefined || serving === undefined) return [];
  return [
    { capability, create: (scope) => new ServerScraping(scope, capability, { ...context, serving, scrape }) },
  ];
}
