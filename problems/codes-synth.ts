/** Codes of problems found by synth/. */
export const synthCodes = {
  SYNTH_FOREIGN_FILES: {
    meaning: 'The output directory holds files that driftloop did not write.',
    cause:
      'Synthesizing replaces the whole directory, so it must hold nothing else: no checkout, no handwritten files. Choose another directory with `-o`; to bring manifests into a GitOps repository use `driftloop publish`.',
  },
} as const;
