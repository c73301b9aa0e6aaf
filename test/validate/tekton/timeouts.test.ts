import { faultsOfTimeouts, parseGoDuration } from '../../../validate/tekton/timeouts.js';

test.each([
  ['1h30m0s', 5_400_000],
  ['90m', 5_400_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
  ['0', 0],
  ['', undefined],
  ['10', undefined],
  ['1d', undefined],
  ['-1h', undefined],
  ['1h ', undefined],
])('Go reads %s as %s ms', (text, milliseconds) => {
  expect(parseGoDuration(text)).toBe(milliseconds);
});

test.each([
  [undefined, []],
  [{}, []],
  [{ pipeline: '1h0m0s', tasks: '50m0s', finally: '10m0s' }, []],
  [{ pipeline: '0', tasks: '5h0m0s' }, []],
  [{ pipeline: '1h0m0s', tasks: '55m0s', finally: '10m0s' }, ['pipeline']],
  [{ tasks: '2h0m0s' }, ['pipeline']],
  [{ pipeline: '1h0m0s', finally: '0' }, ['finally']],
  [{ pipeline: 'soon' }, ['pipeline']],
])('the timeouts %j are wrong in %j', (timeouts, keys) => {
  expect(faultsOfTimeouts(timeouts).map(({ key }) => key)).toEqual(keys);
});
