import type { z } from 'zod';
import { reportFiles } from '../charts/contract.js';
import { sbom as contract } from '../charts/tasks/sbom.js';
import { listModelFiles } from './model-files.js';
import { measureLayer } from './model-layer.js';
import type { HashedFile } from './model-layer.js';
import { pushReferrer } from './oci/push-referrer.js';
import { formatRepository, parseRepository } from './oci/reference.js';
import { RepositoryClient } from './oci/repository-client.js';
import { readBeginning } from './pipeline-run.js';
import { readRequirements } from './requirements.js';
import { describeSpdx } from './spdx.js';
import { StepFailure } from './step-failure.js';
import type { Step } from './step.js';
import { writeReport } from './write-report.js';

/** The media type that SPDX has registered. */
const spdxType = 'application/spdx+json';

/** Lists the files that are in the image, and nothing that changed since. */
export const sbom: Step<typeof contract> = {
  contract,
  async perform(request, { api, workspace, registries, log }) {
    const files = await hashFiles(workspace(), request);
    const created = await readBeginning(api(), request.run);
    const repository = parseRepository(request.repository);
    const name = formatRepository(repository);
    const { model, digest } = request;
    const dependencies = await readRequirements(workspace());
    const text = describeSpdx({ model, name, digest, created, files, dependencies });
    await writeReport(workspace(), reportFiles.sbom, text);
    const client = new RepositoryClient(repository, await registries(), { actions: 'pull,push', reads: [] });
    const annotations = { 'org.opencontainers.image.created': created.toISOString() };
    const referrer = { subject: digest, artifactType: spdxType, content: Buffer.from(text), annotations };
    const pushed = await pushReferrer(client, referrer, log);
    log(`Listed ${files.length} files and ${dependencies.length} dependencies of ${name}@${digest}.`);
    return { sbom: `oci://${name}@${pushed}` };
  },
};

async function hashFiles(
  workspace: string,
  { files }: z.output<typeof contract.params>,
): Promise<readonly HashedFile[]> {
  const hashed: HashedFile[] = [];
  const { digest } = await measureLayer(await listModelFiles(workspace), (file) => hashed.push(file));
  if (digest === files) return hashed;
  throw new StepFailure(`The files of the model are not those of the image: ${digest}, not ${files}.`);
}
