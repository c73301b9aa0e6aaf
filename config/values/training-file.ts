import type { ValueFault } from './fault.js';
import { checkFolder } from './folder.js';

const hint = "Write the file as seen from the root of the model's repository: `jobs/train.py`.";

/** A file inside the model's repository. */
export function checkSourceFile(text: string): ValueFault | undefined {
  if (text === '') return { message: 'is empty', hint };
  const fault = checkFolder(text);
  return fault?.message === 'is not the path of a folder'
    ? { message: 'is not the path of a file', hint }
    : fault;
}

/** A file inside the model's repository, or `local://` and its path in the image. */
export function checkMainFile(text: string): ValueFault | undefined {
  if (!text.includes('://')) return checkSourceFile(text);
  return /^local:\/\/\/[-\w./+@]+$/.test(text)
    ? undefined
    : {
        message: 'is no file of the image',
        hint: 'Write `local:///path/in/the/image`, or a file of the repository.',
      };
}
