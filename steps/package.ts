import type { z } from 'zod';
import { packageModel as contract, noBase, unscanned } from '../charts/tasks/package.js';
import { reportFiles } from '../charts/contract.js';
import { listModelFiles } from './model-files.js';
import { measureLayer, packLayer } from './model-layer.js';
import type { MeasuredLayer } from './model-layer.js';
import { readBaseImage, scratch } from './oci/base-image.js';
import type { BaseImage } from './oci/base-image.js';
import { mediaTypes } from './oci/documents.js';
import { describeModelImage } from './oci/model-image.js';
import { pushImage } from './oci/push-image.js';
import { formatRepository, parseImage, parseRepository } from './oci/reference.js';
import { RepositoryClient } from './oci/repository-client.js';
import type { RegistryAccess } from './oci/session.js';
import { readBeginning } from './pipeline-run.js';
import { describeLabels, describeProvenance } from './provenance.js';
import type { Origin } from './provenance.js';
import { readSnapshot } from './snapshot.js';
import { StepFailure } from './step-failure.js';
import type { Step, StepContext } from './step.js';
import { writeReport } from './write-report.js';

type Request = z.output<typeof contract.params>;

/**
 * Reads the files twice, once for their digest and once more to send them, so that a model may be larger than the memory
 * and is not sent when the registry has it.
 */
export const packageModel: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const { log, workspace, registries } = context;
    const files = await listModelFiles(workspace());
    const measured = await measureLayer(files);
    refuseOthers(request, measured);
    const origin = await describeOrigin(request, context, measured);
    const access = await registries();
    const repository = parseRepository(request.repository);
    const base = await openBase(request.base, access);
    const layer = { mediaType: mediaTypes.layer, ...measured };
    const image = describeModelImage({
      base: base?.image ?? scratch,
      layer,
      created: origin.begun,
      labels: describeLabels(origin),
    });
    const reads = base?.client.repository.host === repository.host ? [base.client.repository.name] : [];
    await pushImage({
      target: new RepositoryClient(repository, access, { actions: 'pull,push', reads }),
      image,
      base,
      layer: { descriptor: layer, content: () => packLayer(files) },
      tag: request.run,
      log,
    });
    const name = formatRepository(repository);
    const { digest } = image.manifest;
    await writeReport(workspace(), reportFiles.provenance, describeProvenance(origin, { name, digest }));
    log(`The model is ${name}@${digest}.`);
    return {
      image: `oci://${name}@${digest}`,
      files: measured.digest,
      MODEL_IMAGE_URL: name,
      MODEL_IMAGE_DIGEST: digest,
    };
  },
};

/** Between scan and package nobody writes to the volume; were it otherwise, something else than what was scanned would ship. */
function refuseOthers({ files }: Request, { digest }: MeasuredLayer): void {
  if (files === unscanned || files === digest) return;
  throw new StepFailure(`The files of the model are not those that were scanned: ${digest}, not ${files}.`);
}

async function describeOrigin(
  { model, run, source, commit }: Request,
  { api, workspace }: StepContext,
  { digest }: MeasuredLayer,
): Promise<Origin> {
  return {
    model,
    run,
    source,
    commit,
    begun: await readBeginning(api(), run),
    files: digest,
    snapshot: await readSnapshot(workspace()),
  };
}

interface OpenBase {
  readonly client: RepositoryClient;
  readonly image: BaseImage;
}

async function openBase(base: string, access: RegistryAccess): Promise<OpenBase | undefined> {
  if (base === noBase) return undefined;
  const { repository, digest } = parseImage(base);
  const client = new RepositoryClient(repository, access);
  return { client, image: await readBaseImage(client, digest) };
}
