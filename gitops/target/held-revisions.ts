import type { Target } from './target.js';

const objectName = /^[0-9a-f]{40,64}$/;

/**
 * Tells whether a commit of a branch holds another one: is it, or was made on top of it. Each commit is asked for once,
 * and only when it is another one.
 */
export class HeldRevisions {
  private readonly known = new Map<string, boolean>();

  constructor(
    private readonly target: Pick<Target, 'isHeld'>,
    private readonly branch: string,
    private readonly commit: string,
  ) {}

  async holds(revision: string): Promise<boolean> {
    if (revision === this.commit) return true;
    // What Argo CD says comes from outside.
    if (!objectName.test(revision)) return false;
    const known = this.known.get(revision);
    if (known !== undefined) return known;
    const held = await this.target.isHeld(this.commit, revision, this.branch);
    this.known.set(revision, held);
    return held;
  }
}
