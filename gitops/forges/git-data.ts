import { z } from 'zod';
import type { ForgeLocation } from '../../config/values/forge-location.js';
import { OutsideError } from '../outside-error.js';
import type { Failure } from './forge-failure.js';
import type { ForgeClient } from './forge-client.js';
import { blob, commit, reference, repositoryId, tree } from './git-data-answers.js';
import type { GitCommit, GitTree, TreeChange } from './git-data-answers.js';

const nothing = '0'.repeat(40);

/** What REST cannot do: move or remove a branch only if it stands where it is thought to. */
const updateRefs = `mutation($repositoryId: ID!, $refUpdates: [RefUpdate!]!) {
  updateRefs(input: { repositoryId: $repositoryId, refUpdates: $refUpdates }) {
    clientMutationId
  }
}`;
const findRepository = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    id
  }
}`;

/** The Git objects of a repository on GitHub, over its API. */
export class GitData {
  constructor(
    private readonly client: ForgeClient,
    private readonly location: ForgeLocation,
  ) {}

  /** Where a branch stands; undefined: there is no such branch, or nothing at all. */
  async head(branch: string): Promise<string | undefined> {
    const found = await this.client.trySend(
      {
        what: `read the branch ${branch}`,
        route: 'GET /repos/{owner}/{repo}/git/ref/{name}',
        parameters: { ...this.repository(), name: `heads/${branch}` },
        answer: reference,
      },
      isAbsent,
    );
    return 'headers' in found ? undefined : found.object.sha;
  }

  /** Branches that begin like this. */
  async branches(beginning: string): Promise<readonly string[]> {
    const found = await this.client.list({
      what: 'list branches',
      route: 'GET /repos/{owner}/{repo}/git/matching-refs/{name}',
      parameters: { ...this.repository(), name: `heads/${beginning}` },
      answer: reference,
    });
    return found.map(({ ref }) => ref.slice('refs/heads/'.length));
  }

  commit(sha: string): Promise<GitCommit> {
    return this.client.send({
      what: 'read a commit',
      route: 'GET /repos/{owner}/{repo}/git/commits/{sha}',
      parameters: { ...this.repository(), sha },
      answer: commit,
    });
  }

  /** With all folders below it, unless it is too large: then it is `truncated`. */
  tree(sha: string, recursive: boolean): Promise<GitTree> {
    return this.client.send({
      what: 'list the files',
      route: 'GET /repos/{owner}/{repo}/git/trees/{sha}',
      parameters: { ...this.repository(), sha, ...(recursive ? { recursive: '1' } : {}) },
      answer: tree,
    });
  }

  async blob(sha: string): Promise<Buffer> {
    const { content } = await this.client.send({
      what: 'read a file',
      route: 'GET /repos/{owner}/{repo}/git/blobs/{sha}',
      parameters: { ...this.repository(), sha },
      answer: blob,
    });
    return Buffer.from(content, 'base64');
  }

  /** @param base the tree they are changes of; undefined: there is none */
  async createTree(base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
    const created = await this.client.trySend(
      {
        what: 'write the files',
        route: 'POST /repos/{owner}/{repo}/git/trees',
        parameters: {
          ...this.repository(),
          tree: changes,
          ...(base === undefined ? {} : { base_tree: base }),
        },
        answer: tree.pick({ sha: true }),
      },
      ({ status }) => status === 409,
    );
    if (!('headers' in created)) return created.sha;
    throw new OutsideError(`the forge could not write the files: ${created.message}`, {
      hint: 'The API cannot make the first commit of a repository. Create a README there, or publish once with `delivery: { commits: git }`.',
    });
  }

  /** Without author and committer, which makes them those of the token, and the commit verified where that is an app's. */
  createCommit(message: string, treeSha: string, parents: readonly string[]): Promise<GitCommit> {
    return this.client.send({
      what: 'make the commit',
      route: 'POST /repos/{owner}/{repo}/git/commits',
      parameters: { ...this.repository(), message, tree: treeSha, parents },
      answer: commit,
    });
  }

  /** false: it is there already. */
  async createBranch(branch: string, sha: string): Promise<boolean> {
    return this.move(branch, 'POST /repos/{owner}/{repo}/git/refs', { ref: `refs/heads/${branch}`, sha });
  }

  /** false: it has moved, so that it would not go forward. */
  async forwardBranch(branch: string, sha: string): Promise<boolean> {
    const parameters = { name: `heads/${branch}`, sha, force: false };
    return this.move(branch, 'PATCH /repos/{owner}/{repo}/git/refs/{name}', parameters);
  }

  /** false: the branch does not stand where it is thought to. @param to undefined removes it */
  async replaceBranch(branch: string, from: string | undefined, to: string | undefined): Promise<boolean> {
    const what = to === undefined ? `remove the branch ${branch}` : `move the branch ${branch}`;
    const { owner, repo: name } = this.repository();
    const { repository } = await this.client.graphql(what, findRepository, { owner, name }, repositoryId);
    const change = {
      name: `refs/heads/${branch}`,
      beforeOid: from ?? nothing,
      afterOid: to ?? nothing,
      force: true,
    };
    try {
      const variables = { repositoryId: repository.id, refUpdates: [change] };
      await this.client.graphql(what, updateRefs, variables, z.unknown());
      return true;
    } catch (error) {
      // GitHub says in words only why it did not: the branch itself tells whether it has moved.
      if ((await this.head(branch)) === from) throw error;
      return false;
    }
  }

  private async move(
    branch: string,
    route: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<boolean> {
    const what = `move the branch ${branch}`;
    const moved = await this.client.trySend(
      { what, route, parameters: { ...this.repository(), ...parameters }, answer: reference },
      (failure) => isOutdated(failure) || isRefused(failure),
    );
    if (!('headers' in moved)) return true;
    if (isOutdated(moved)) return false;
    throw new OutsideError(`the forge could not ${what}: ${moved.message}`, {
      hint: 'If the branch is protected, publish with --pull-request.',
    });
  }

  private repository(): { readonly owner: string; readonly repo: string } {
    return { owner: this.location.owner, repo: this.location.repository };
  }
}

/** 409: the repository has no commit at all. */
function isAbsent({ status }: Failure): boolean {
  return status === 404 || status === 409;
}

function isOutdated({ status, message }: Failure): boolean {
  if (status === 409) return true;
  return status === 422 && /not a fast.forward|already exists|does not exist/i.test(message);
}

function isRefused({ status, message }: Failure): boolean {
  return (status === 422 || status === 403) && /protected|rule|pull request/i.test(message);
}
