import { stepVariables } from '../../charts/tasks/step-contract.js';
import { openDispatcher } from '../../gitops/forges/open-fetch.js';
import { demand } from '../demand.js';
import { findCredentials } from './docker-config.js';
import type { RegistryAccess } from './session.js';

/** Registries as the variables of a process describe them: credentials, authority, proxies. */
export function openRegistries(variables: Readonly<Record<string, string | undefined>>): RegistryAccess {
  const folder = variables[stepVariables.dockerConfig];
  return {
    dispatcher: demand(openDispatcher({ ...variables })),
    credentials: (repository) => findCredentials(folder, repository),
  };
}
