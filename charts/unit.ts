/** What is rendered and delivered together: one folder, one Argo CD Application. */
export interface Unit {
  /** `bootstrap`, `applications`, `toolings` or `<environment>/<model>`. */
  readonly name: string;
  /** Folder in `dist/` and in the target, `/` between its parts. */
  readonly directory: string;
  /** Set for units of an environment. */
  readonly environment: string | undefined;
  /** Set for units of one model. */
  readonly model: string | undefined;
}
