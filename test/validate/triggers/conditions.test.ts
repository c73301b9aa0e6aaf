import { demandedGroupLabels, splitConditions } from '../../../validate/triggers/conditions.js';

describe('conditions of a filter', () => {
  test.each([
    ['a && b && c', ['a', 'b', 'c']],
    ["(a && b) && x == 'p && q'", ['(a && b)', "x == 'p && q'"]],
    ['f(a && b)[c && d] && e', ['f(a && b)[c && d]', 'e']],
    ["x == 'it\\'s && so' && y", ["x == 'it\\'s && so'", 'y']],
    ['a && b || c', ['a && b || c']],
    ['a && b ? c : d', ['a && b ? c : d']],
    ['', ['']],
  ])('%s', (filter, conditions) => {
    expect(splitConditions(filter)).toEqual(conditions);
  });

  test('labels that the payload must have', () => {
    const filter =
      "body.groupLabels['driftloop_model'] == 'jukebox' && body.groupLabels.namespace == 'test' && (body.groupLabels.x == 'y')";
    expect([...demandedGroupLabels(filter)]).toEqual([
      ['driftloop_model', 'jukebox'],
      ['namespace', 'test'],
    ]);
    expect([...demandedGroupLabels("body.groupLabels.a == 'b' || body.status == 'firing'")]).toEqual([]);
    expect([...demandedGroupLabels("body.groupLabels.a != 'b' && body.groupLabels.c == 'd' + 'e'")]).toEqual(
      [],
    );
  });
});
