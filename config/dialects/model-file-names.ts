import type { ProblemCollector } from '../problem-collector.js';
import type { Written } from '../resolve/resolve-model.js';
import type { ModelInput } from '../schema/model-schema.js';

/** The first file of a name wins, so that the others' remaining problems are not found twice. */
export function refuseTwin(
  { file, input: { model } }: Written<ModelInput>,
  first: string,
  problems: ProblemCollector,
): void {
  problems.error(
    'CONFIG_NAME_DUPLICATE',
    { file, path: ['model'] },
    { message: `\`${first}\` describes the model \`${model}\`, too.`, hint: 'Every model has one file.' },
  );
}

export function warnFileName(
  { file, input: { model } }: Written<ModelInput>,
  problems: ProblemCollector,
): void {
  const folder = file.name.slice(0, file.name.lastIndexOf('/') + 1);
  if (file.name === `${folder}${model}.yaml`) return;
  problems.warn(
    'CONFIG_FILE_NAME',
    { file, path: ['model'] },
    {
      message: `The model is called \`${model}\`, its file \`${file.name}\`.`,
      hint: `Rename the file to \`${folder}${model}.yaml\`, or change the key.`,
    },
  );
}
