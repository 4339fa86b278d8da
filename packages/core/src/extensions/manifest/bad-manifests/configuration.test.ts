import { describe } from 'vitest';
import { testOneFaultEach } from './one-fault-each.test-data.ts';

const NO_PATTERN = 'no pattern: a regular expression could hang the page; use enum, minLength or maxLength';
const TYPE = 'one of number, integer, string, boolean, array, object';
const GOAL = '/poseCoach/contributes/configuration/properties/hello.goal';

describe('a bad manifest: its settings', () => {
  testOneFaultEach(new URL('./configuration/', import.meta.url), {
    'settings-as-list': ['/poseCoach/contributes/configuration', 'an object'],
    'settings-without-properties': [
      '/poseCoach/contributes/configuration/properties',
      'an object of at most 500 settings by their ids',
    ],
    'setting-outside-prefix': [
      '/poseCoach/contributes/configuration/properties/other.goal',
      'an id that starts with hello.',
    ],
    'setting-id-with-slash': [
      '/poseCoach/contributes/configuration/properties/hello~1goal',
      'the prefix, a dot and a name of letters, digits and dashes, such as dance.tempo',
    ],
    'setting-without-default': [`${GOAL}/default`, 'the value until somebody chooses another'],
    'setting-without-type': [`${GOAL}/type`, TYPE],
    'setting-with-two-types': [`${GOAL}/type`, TYPE],
    'setting-default-of-wrong-type': [`${GOAL}/default`, 'a number'],
    'setting-default-out-of-range': [`${GOAL}/default`, 'a whole number from 1 to 10'],
    'setting-default-no-choice': [`${GOAL}/default`, 'one of low, high'],
    'setting-default-no-color': [`${GOAL}/default`, 'a color such as #33cc99'],
    'setting-default-item-wrong': [`${GOAL}/default/1`, 'a number'],
    'setting-with-pattern': [`${GOAL}/pattern`, NO_PATTERN],
    'setting-with-reference': [`${GOAL}/$ref`, 'no $ref: write the schema out'],
    'setting-with-pattern-within': [`${GOAL}/items/pattern`, NO_PATTERN],
    'setting-with-choice-of-lists': [`${GOAL}/enum/0`, 'text, a number, or true or false'],
    'setting-with-step-of-nothing': [`${GOAL}/multipleOf`, 'a number greater than 0'],
    'setting-with-too-few-descriptions': [
      `${GOAL}/enumDescriptions`,
      'one description for each of the 2 choices',
    ],
  });
});
