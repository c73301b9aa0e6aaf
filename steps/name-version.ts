/**
 * Version of what a run trains. It is made of the run alone, so that an attempt after a failed one makes the same, and no
 * two runs do.
 * @param begun when the run was created
 * @param commit of the model's source
 */
export function nameVersion(begun: Date, commit: string): string {
  const second = begun.toISOString().replace(/\D/g, '').slice(0, 14);
  return `${second}-${commit.slice(0, 7)}`;
}
