import type { StarterFile } from '../starter.js';
import { giteaWorkflow } from './gitea-workflow.js';
import { githubWorkflow } from './github-workflow.js';
import { gitlabPipeline } from './gitlab-pipeline.js';
import { tektonRuns } from './tekton-runs.js';

/** What runs driftloop on every change of the workspace. */
export const ciKinds = ['github', 'gitea', 'gitlab', 'tekton'] as const;

export type CiKind = (typeof ciKinds)[number];

const files: Readonly<Record<CiKind, Pick<StarterFile, 'path' | 'text'>>> = {
  github: { path: '.github/workflows/driftloop.yaml', text: githubWorkflow },
  gitea: { path: '.gitea/workflows/driftloop.yaml', text: giteaWorkflow },
  gitlab: { path: '.gitlab-ci.yml', text: gitlabPipeline },
  tekton: { path: '.tekton/driftloop.yaml', text: tektonRuns },
};

/** The file that checks a workspace, tells a pull request what it would change, and publishes what is merged. */
export function ciFile(kind: CiKind): StarterFile {
  return { ...files[kind], own: false };
}
