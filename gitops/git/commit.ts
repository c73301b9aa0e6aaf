export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Author and committer of what driftloop commits, unless told otherwise. */
export const defaultIdentity: Identity = { name: 'driftloop', email: 'noreply@driftloop.dev' };

export interface CommitContent {
  /** undefined: the branch begins here. */
  readonly parent: string | undefined;
  /** New content by path; undefined deletes the file. */
  readonly files: ReadonlyMap<string, string | undefined>;
  readonly message: string;
  readonly identity: Identity;
  readonly date: Date;
}

/** `Name <email>` as Git accepts it in a commit. */
export function formatIdentity(identity: Identity): string {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, '').trim();
  return `${clean(identity.name)} <${clean(identity.email)}>`;
}

/** One commit in the language of `git fast-import`, which then prints the commit's name. Paths must be safe. */
export function importStream(content: CommitContent): Buffer {
  const parts: Buffer[] = [];
  const add = (text: string) => parts.push(Buffer.from(text, 'utf8'));
  const data = (text: string) => {
    const bytes = Buffer.from(text, 'utf8');
    add(`data ${bytes.length}\n`);
    parts.push(bytes);
    add('\n');
  };
  const signature = `${formatIdentity(content.identity)} ${Math.floor(content.date.getTime() / 1000)} +0000`;
  add(`feature done\ncommit refs/driftloop-next\nmark :1\nauthor ${signature}\ncommitter ${signature}\n`);
  data(content.message);
  if (content.parent !== undefined) add(`from ${content.parent}\n`);
  const files = [...content.files].sort(([a], [b]) => (a < b ? -1 : 1));
  // Deletions come first, so that a file may take the place of a folder.
  for (const [path, text] of files) if (text === undefined) add(`D ${path}\n`);
  for (const [path, text] of files) {
    if (text === undefined) continue;
    add(`M 100644 inline ${path}\n`);
    data(text);
  }
  add('\nget-mark :1\ndone\n');
  return Buffer.concat(parts);
}
