import type { SecretKey } from './model.js';
import { forgeApis } from './values/forge-location.js';
import type { ForgeApi } from './values/forge-location.js';

/** How what is rendered reaches the branch of the GitOps repository: at once, or when people have agreed. */
export const deliveryModes = ['push', 'pull-request'] as const;

export type DeliveryMode = (typeof deliveryModes)[number];

/** What the GitOps repository is on; `none`: only Git is spoken. */
export const deliveryForges = [...forgeApis, 'none'] as const;

/** How driftloop writes to the GitOps repository. */
export interface Delivery {
  /** undefined: the repository is on no forge, so everything is pushed. Default: by the host of the repository. */
  readonly forge: DeliveryForge | undefined;
  /** By environment. Default: the first is pushed, the others go by pull request where there is a forge. */
  readonly modes: ReadonlyMap<string, DeliveryMode>;
  /** Of the units that belong to no environment: toolings, Applications. Default `push`. */
  readonly shared: DeliveryMode;
  readonly pullRequest: PullRequestSettings;
  /** What makes commits: Git, or the API of GitHub, which needs no Git and signs for apps. Default `git`. */
  readonly commits: CommitMaker;
  /** Must every commit be signed? Default false: where Git's configuration says so. */
  readonly signed: boolean;
  /** Of the toolings namespace, with the forge's token; undefined: runs open no pull requests. */
  readonly tokenSecret: SecretKey | undefined;
}

export const commitMakers = ['git', 'api'] as const;

export type CommitMaker = (typeof commitMakers)[number];

export interface DeliveryForge {
  readonly api: ForgeApi;
  /** Base URL of its REST API. Default: where that forge has it. */
  readonly apiUrl: string;
}

export interface PullRequestSettings {
  /** One for all that changes in an environment, or one per model of it. Default `environment`. */
  readonly per: 'environment' | 'model';
  /** Default none. */
  readonly labels: readonly string[];
  /** Names of users. Default none. */
  readonly reviewers: readonly string[];
  /** Names of users. Default none. */
  readonly assignees: readonly string[];
  /** Default false. */
  readonly draft: boolean;
  /** Does the forge merge it when everything it asks for is there? Default false. */
  readonly autoMerge: boolean;
  /** Are the results of check, rehearsal and plan set as statuses of the commit? Default true. */
  readonly statuses: boolean;
}
