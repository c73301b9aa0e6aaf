import { proveRequest } from '../../../validate/rehearse/prove-request.js';

describe('without the Secret, what a request presents counts as right', () => {
  it.each([
    [{ authorization: 'Bearer secret' }, 'secret'],
    [{ AUTHORIZATION: 'Bearer a b' }, 'a b'],
    [{ Authorization: 'Basic abc' }, undefined],
    [{ Authorization: 'Bearer ' }, undefined],
    [{ 'X-Gitlab-Event': 'Push Hook', 'x-gitlab-token': 'secret' }, 'secret'],
    [{}, undefined],
  ])('%j is %s', (headers, token) => {
    expect(proveRequest({ headers, body: '' }, undefined).options.token).toBe(token);
  });

  it('a signature is made anew, with a key of its own', () => {
    const headers = { 'X-GitHub-Event': 'push', 'x-hub-signature-256': 'sha256=00' };
    const { request, options } = proveRequest({ headers, body: '{}' }, undefined);
    expect(Object.keys(request.headers)).toEqual(['X-GitHub-Event', 'X-Hub-Signature-256']);
    expect(options.token).toBe('rehearsed-key');
  });
});

describe('with the Secret', () => {
  // From the example in GitHub's description of its webhooks.
  it('a request without a signature is signed', () => {
    const headers = { 'X-GitHub-Event': 'push' };
    const { request } = proveRequest({ headers, body: 'Hello, World!' }, "It's a Secret to Everybody");
    expect(request.headers['X-Hub-Signature-256']).toBe(
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });

  it('a signature that is there is left for the listener to judge', () => {
    const headers = { 'X-Event-Key': 'repo:push', 'X-Hub-Signature': 'sha256=00' };
    const request = { headers, body: '{}' };
    expect(proveRequest(request, 'key')).toEqual({ request, options: { token: 'key' } });
  });
});
