import { createLog } from '../../steps/log.js';

function logged(
  variables: Readonly<Record<string, string>>,
  ...event: Parameters<ReturnType<typeof createLog>>
) {
  const lines: string[] = [];
  createLog('admit', variables, (line) => lines.push(line))(...event);
  return lines;
}

test.each([{}, { STEP_LOG: 'text' }, { STEP_LOG: '' }])(
  'people read the sentence alone (%j)',
  (variables) => {
    expect(logged(variables, 'Admitted.', 'warning')).toEqual(['Admitted.']);
  },
);

test('a log collector gets one object per event, whatever stands in the sentence', () => {
  const hostile = 'line one\n{"level":"info"}\r\n$(params.x) "quoted" \u2028';
  const [line = '', ...more] = logged({ STEP_LOG: 'json' }, hostile, 'error');
  expect(more).toEqual([]);
  expect(line).not.toContain('\n');
  expect(JSON.parse(line)).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    level: 'error',
    step: 'admit',
    message: hostile,
  });
});

test('an event without a level is information', () => {
  expect(JSON.parse(logged({ STEP_LOG: 'json' }, 'x')[0] ?? '')).toMatchObject({ level: 'info' });
});
