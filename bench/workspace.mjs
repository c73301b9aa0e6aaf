// Workspaces of any size: the example's model under many names.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/workbench.mjs';

const example = join(root, 'examples/jukebox');

/**
 * Writes a workspace with this many models in two environments.
 * @param teams among how many teams with namespaces of their own the models are divided
 */
export function writeWorkspace(directory, count, teams = 0) {
  mkdirSync(join(directory, 'models'), { recursive: true });
  const ofTeams = Array.from({ length: teams }, (_, team) => describeTeam(team)).join('');
  const platform = readWithoutSchema('driftloop.yaml') + (teams === 0 ? '' : `teams:\n${ofTeams}`);
  writeFileSync(join(directory, 'driftloop.yaml'), platform);
  const text = readWithoutSchema('models/jukebox.yaml');
  for (let index = 0; index < count; index += 1) {
    const owner = teams === 0 ? '' : `\nteam: team-${index % teams}`;
    const head = `model: ${nameOf(index)}${owner}`;
    writeFileSync(modelFile(directory, index), text.replace('model: jukebox', head));
  }
}

function describeTeam(team) {
  const namespaces = ['test', 'prod'].map((name) => `${name}: { namespace: team-${team}-${name} }`);
  return `  team-${team}: { environments: { ${namespaces.join(', ')} } }\n`;
}

/** Changes numbers of one model, as somebody does who finds an alert too noisy; each round other ones. */
export function changeModel(directory, index, round) {
  const text = readWithoutSchema('models/jukebox.yaml')
    .replace('model: jukebox', `model: ${nameOf(index)}`)
    .replace('threshold: 0.05', `threshold: 0.0${round + 6}`)
    .replace('replicas: 2', `replicas: ${round + 3}`);
  writeFileSync(modelFile(directory, index), text);
}

function modelFile(directory, index) {
  return join(directory, 'models', `${nameOf(index)}.yaml`);
}

function nameOf(index) {
  return `model-${String(index).padStart(5, '0')}`;
}

/** The first line tells an editor a path that is right for the example only. */
function readWithoutSchema(file) {
  return readFileSync(join(example, file), 'utf8').replace(/^# yaml-language-server.*\n/, '');
}
