import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKubeContext } from '../../../gitops/kubernetes/kubeconfig.js';
import { containing } from '../support/matchers.js';
import { temporaryFolder } from '../support/repository.js';

const config = {
  'current-context': 'test',
  clusters: [
    { name: 'near', cluster: { server: 'https://near.example.com' } },
    { name: 'far', cluster: { server: 'https://far.example.com' } },
  ],
  users: [{ name: 'ada', user: { token: 'kube-token-secret' } }],
  contexts: [
    { name: 'test', context: { cluster: 'near', user: 'ada' } },
    { name: 'prod', context: { cluster: 'far', user: 'ada', namespace: 'x' } },
    { name: 'nobody', context: { cluster: 'near', user: 'bob' } },
    { name: 'nowhere', context: { cluster: 'moon', user: 'ada' } },
  ],
};

function read(files: readonly (object | string)[], context?: string) {
  const folder = temporaryFolder();
  const names = files.map((file, index) => {
    const path = join(folder, `config-${index}`);
    writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
    return `config-${index}`;
  });
  const environment = { KUBECONFIG: names.join(':'), HOME: folder };
  return readKubeContext({ environment, directory: folder, context });
}

describe('a kubeconfig', () => {
  test('gives its current context, or the one that is asked for', () => {
    expect(read([config]).value).toMatchObject({
      name: 'test',
      cluster: { server: 'https://near.example.com' },
    });
    expect(read([config], 'prod').value?.cluster.server).toBe('https://far.example.com');
  });

  test('of several files says of each name what the first file says', () => {
    const first = {
      clusters: [{ name: 'near', cluster: { server: 'https://first.example.com' } }],
      contexts: null,
    };
    expect(read([first, config]).value?.cluster.server).toBe('https://first.example.com');
    expect(read([config, { 'current-context': 'prod' }]).value?.name).toBe('test');
  });

  test('that is not there is said', () => {
    expect(
      readKubeContext({ environment: { KUBECONFIG: '/no/such' }, directory: '/' }).problems,
    ).toMatchObject([{ code: 'GITOPS_KUBECONFIG', message: 'there is no kubeconfig' }]);
  });

  test.each([
    ['a context it does not have', [config], 'staging', 'has no context "staging"'],
    ['a user it does not have', [config], 'nobody', 'names user "bob"'],
    ['a cluster it does not have', [config], 'nowhere', 'names cluster "moon"'],
    ['no current context', [{ ...config, 'current-context': '' }], undefined, 'has no current-context'],
    ['something else', [{ clusters: 'x' }], undefined, 'is no kubeconfig: clusters'],
    ['no YAML', ['token: [kube-token-secret'], undefined, 'it is no YAML'],
  ])('with %s is refused, and no line of it is shown', (_, files, context, words) => {
    const { value, problems } = read(files, context);
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_KUBECONFIG', message: containing(words) }]);
    expect(problems[0]).not.toHaveProperty('position');
    expect(JSON.stringify(problems)).not.toContain('kube-token-secret');
  });
});
