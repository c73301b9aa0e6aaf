import { applicationName, projectScopes } from '../charts/conventions.js';
import { awaitApplications } from '../gitops/argocd/await-applications.js';
import type {
  ApplicationRollout,
  ExpectedApplication,
  Rollout,
} from '../gitops/argocd/await-applications.js';
import type { ApiServer } from '../gitops/kubernetes/api-server.js';
import { openApiServer } from '../gitops/kubernetes/open-api-server.js';
import { OutsideError } from '../gitops/outside-error.js';
import type { DeliveryPart } from '../gitops/publish/delivery-parts.js';
import type { PublishRequest } from '../gitops/publish/publish-request.js';
import { HeldRevisions } from '../gitops/target/held-revisions.js';
import { Target } from '../gitops/target/target.js';
import type { Checked, Problem } from '../problems/problem.js';
import { awaitedApplications } from './awaited-applications.js';
import type { PublishedPart } from './awaited-applications.js';
import { count } from './count.js';
import type { Session } from './session.js';
import { defaultTimeout } from './wait-options.js';
import type { WaitOptions } from './wait-options.js';

const nothingYet: Rollout = { outcome: 'arrived', applications: [] };

/** Waits for Argo CD after a publication; whatever would make that impossible is known before anything is published. */
export class RolloutWatch {
  private constructor(
    private readonly api: ApiServer,
    private readonly request: PublishRequest,
    private readonly options: WaitOptions,
    private readonly session: Session,
  ) {}

  static async open(
    request: PublishRequest,
    parts: readonly DeliveryPart[],
    options: WaitOptions,
    session: Session,
  ): Promise<Checked<RolloutWatch>> {
    const { platform } = request.workspace;
    if (platform.repository === undefined)
      return refuse(
        'driftloop.yaml names no `repository` that Argo CD could read',
        'Name it, or leave --wait out.',
      );
    if (parts.every(({ mode }) => mode === 'pull-request'))
      return refuse(
        'everything goes by pull request, and arrives when somebody merges it',
        'Leave --wait out, or publish with --push.',
      );
    const { environment, cwd: directory } = session.terminal;
    const { context } = options;
    const { value: api, problems } = openApiServer({ environment, directory, context });
    if (api === undefined) return { value: undefined, problems };
    const watch = new RolloutWatch(api, request, options, session);
    await watch.probe();
    return { value: watch, problems: [] };
  }

  /** @returns what has become of the Applications of what was pushed */
  async follow(published: readonly PublishedPart[]): Promise<Rollout> {
    const { request, session, options } = this;
    const pushed = published.filter(({ part }) => part.mode === 'push');
    const proposed = published.length - pushed.length;
    if (proposed > 0) session.terminal.log(`not waited for: ${count(proposed, 'pull request')}`);
    const commit = pushed.at(-1)?.result.commit;
    const applications = awaitedApplications(request.workspace.platform.name, pushed);
    if (commit === undefined || applications.length === 0) return nothingYet;
    const { remote, branch, signal, environment } = request;
    const target = await Target.open(remote, { signal, environment });
    try {
      const held = new HeldRevisions(target, branch, commit);
      session.progress.say(describeProgress(applications, 0));
      return await awaitApplications({
        applications,
        read: (name) => this.read(name),
        holds: (revision) => held.holds(revision),
        timeout: options.timeout ?? defaultTimeout,
        onChange: this.reporter(applications),
        signal,
      });
    } finally {
      await target.close();
    }
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** One look, so that a wrong cluster or a missing right is told before the commit. */
  private async probe(): Promise<void> {
    const answer = await this.read(applicationName(this.request.workspace.platform.name, projectScopes.root));
    if ('unreachable' in answer)
      throw new OutsideError(answer.unreachable, {
        hint: 'Nothing was published. Check KUBECONFIG and --context, or leave --wait out.',
      });
  }

  private read(name: string): ReturnType<ApiServer['read']> {
    const { argocd } = this.request.workspace.platform.namespaces;
    const path = `/apis/argoproj.io/v1alpha1/namespaces/${argocd}/applications/${name}`;
    return this.api.read(path, this.request.signal);
  }

  private reporter(applications: readonly ExpectedApplication[]): (state: ApplicationRollout) => void {
    const arrived = new Set<string>();
    return ({ application, unit, state, reason }) => {
      if (state === 'arrived') arrived.add(application);
      if (state === 'waiting') this.session.terminal.log(`${unit}: ${reason}`);
      this.session.progress.say(describeProgress(applications, arrived.size));
    };
  }
}

function describeProgress(applications: readonly ExpectedApplication[], arrived: number): string {
  return `Waiting for Argo CD: ${arrived} of ${count(applications.length, 'Application')} arrived`;
}

function refuse(message: string, hint: string): Checked<RolloutWatch> {
  const problem: Problem = { code: 'GITOPS_NOTHING_TO_AWAIT', severity: 'error', message, hint };
  return { value: undefined, problems: [problem] };
}
