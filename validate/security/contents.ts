import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, formatTrail, isFields, joinPath, visitInner } from '../fields.js';
import type { Trail } from '../fields.js';
import { reportProblem } from '../report.js';

/** What must not stand in Git: content of Secrets, runs outside templates, images that change under their name. */
export function checkContents(cluster: Cluster): readonly Problem[] {
  return [
    ...cluster.ofKind(kinds.secret).flatMap(checkSecret),
    ...[...cluster.ofKind(kinds.pipelineRun), ...cluster.ofKind(kinds.taskRun)].map((run) =>
      reportProblem(run, 'SECURITY_RUN', {
        message: `a ${run.object.kind} in Git would run whenever it is applied anew.`,
        hint: 'Runs belong into TriggerTemplates.',
      }),
    ),
    ...cluster.manifests.flatMap((manifest) =>
      findImages(manifest.object)
        .filter(({ image }) => !isPinned(image))
        .map(({ path, image }) =>
          reportProblem(manifest, 'SECURITY_IMAGE', {
            path,
            message: `image "${image}" is not pinned: what it is may change.`,
            hint: 'Name a version other than latest, or a digest.',
          }),
        ),
    ),
  ];
}

function checkSecret(secret: Manifest): readonly Problem[] {
  return ['data', 'stringData']
    .filter((key) => Object.keys(isFields(secret.object[key]) ? secret.object[key] : {}).length > 0)
    .map((key) =>
      reportProblem(secret, 'SECURITY_SECRET', {
        path: key,
        message: 'the content of a Secret would be readable in Git.',
        hint: 'Create the Secret in the cluster and refer to it by name.',
      }),
    );
}

/** A tag that is not `latest`, or a digest. */
export function isPinned(image: string): boolean {
  if (image.includes('@')) return /@sha256:[0-9a-f]{64}$/.test(image);
  const tag = /:([\w][\w.-]*)$/.exec(image.slice(image.lastIndexOf('/') + 1))?.[1];
  return tag !== undefined && tag !== 'latest';
}

interface FoundImage {
  readonly path: string;
  readonly image: string;
}

const imageOwners = new Set(['containers', 'initContainers', 'steps', 'sidecars']);

/** Images of containers and steps; annotations and custom resources' own fields called `image` are not run by kubelets. */
function findImages(object: unknown): readonly FoundImage[] {
  const found: FoundImage[] = [];
  const visit = (inner: unknown, trail: Trail): void => {
    if (typeof inner !== 'object') return;
    if (isImageOwner(trail)) collectImage(inner, trail, found);
    visitInner(inner, trail, visit);
  };
  visit(object, []);
  return found;
}

/** `stepTemplate`, or an item of one of those lists. */
function isImageOwner(trail: Readonly<Trail>): boolean {
  const last = trail.at(-1);
  if (last === 'stepTemplate') return true;
  const list = typeof last === 'number' ? trail.at(-2) : undefined;
  return typeof list === 'string' && imageOwners.has(list);
}

function collectImage(owner: unknown, trail: Readonly<Trail>, found: FoundImage[]): void {
  const image = fieldAt(owner, 'image');
  if (typeof image === 'string') found.push({ path: joinPath(formatTrail('', trail), 'image'), image });
}
