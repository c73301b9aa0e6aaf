import type { Checked, Problem } from '../../problems/problem.js';
import type { FileDraft } from './file-drafts.js';
import { digestOf } from '../target/ownership.js';

/** What happens to one file of the target. */
export interface FileChange {
  readonly path: string;
  /** `adopted`: equal to ours and ours from now on; `kept`: edited by hand and left alone. */
  readonly action: 'created' | 'changed' | 'deleted' | 'adopted' | 'kept';
  /** New content of what is created or changed. */
  readonly text: string | undefined;
}

/** Decides about one file: whose is it, was it edited, may it be written? */
export function judgeFile(
  draft: FileDraft,
  content: Uint8Array | undefined,
  overwrite: boolean,
): Checked<FileChange> {
  if (draft.equal && draft.otherOwner === undefined) return change(draft, 'adopted');
  const ours = draft.ownedDigest !== undefined;
  if (draft.present === undefined) return ours ? judgeRemoved(draft, overwrite) : write(draft);
  if (draft.present !== 'file' || draft.otherOwner !== undefined) return judgeObstacle(draft);
  const untouched = ours && content !== undefined && digestOf(content) === draft.ownedDigest;
  if (untouched || overwrite) return write(draft);
  return ours ? judgeEdited(draft, 'was edited by hand') : refuseForeign(draft);
}

/** Somebody deleted a file of ours. */
function judgeRemoved(draft: FileDraft, overwrite: boolean): Checked<FileChange> {
  if (draft.text === undefined) return { value: undefined, problems: [] };
  return overwrite ? write(draft) : judgeEdited(draft, 'was deleted by hand');
}

/** Nothing new to deliver: the hand's work stays, with a warning. Otherwise the person must decide. */
function judgeEdited(draft: FileDraft, what: string): Checked<FileChange> {
  const severity = draft.digest === draft.ownedDigest ? 'warning' : 'error';
  const outcome =
    severity === 'warning'
      ? 'and is left as it is'
      : draft.text === undefined
        ? 'and would be deleted'
        : 'and would be overwritten';
  const problem: Problem = {
    code: 'GITOPS_FILE_DRIFTED',
    severity,
    message: `${draft.path} of the GitOps repository ${what} ${outcome}`,
    hint: 'Move the change into driftloop.yaml or models/, then publish with --overwrite.',
  };
  return severity === 'error'
    ? { value: undefined, problems: [problem] }
    : { value: { path: draft.path, action: 'kept', text: undefined }, problems: [problem] };
}

function judgeObstacle(draft: FileDraft): Checked<FileChange> {
  // What we no longer render and somebody replaced by something else is not ours to delete.
  if (draft.text === undefined) return { value: undefined, problems: [] };
  const names = { file: 'file', symlink: 'symbolic link', submodule: 'submodule', folder: 'folder' } as const;
  const what =
    draft.otherOwner === undefined
      ? `a ${names[draft.present ?? 'file']} that is not driftloop's stands in its way`
      : `it belongs to the unit ${draft.otherOwner}, which is not part of this delivery`;
  return refuse(`${draft.path} cannot be written: ${what}`, 'Move it away, or deliver both units together.');
}

function refuseForeign(draft: FileDraft): Checked<FileChange> {
  return refuse(
    `${draft.path} stands in the GitOps repository already and is not driftloop's`,
    'Move the file, or publish with --overwrite to let driftloop take it over.',
  );
}

function refuse(message: string, hint: string): Checked<FileChange> {
  return { value: undefined, problems: [{ code: 'GITOPS_PATH_TAKEN', severity: 'error', message, hint }] };
}

function write(draft: FileDraft): Checked<FileChange> {
  if (draft.text === undefined) return change(draft, 'deleted');
  return change(draft, draft.present === undefined ? 'created' : 'changed');
}

function change(draft: FileDraft, action: FileChange['action']): Checked<FileChange> {
  const text = action === 'created' || action === 'changed' ? draft.text : undefined;
  return { value: { path: draft.path, action, text }, problems: [] };
}
