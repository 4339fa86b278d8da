import { describe } from 'vitest';
import { testOneFaultEach } from './one-fault-each.test-data.ts';

const ID = 'the prefix, a dot and a name of letters, digits and dashes, such as dance.tempo';
const OWN_ID = 'an id that starts with hello.';
const TITLE = 'text of 1 to 100 characters';
const DECLARED_METRIC = 'a metric that is declared in /poseCoach/contributes/metrics';
const RANGE = 'two numbers, the lowest value and the highest, such as [0, 180]';
const CONDITION = 'one of above, below and equals, such as { "below": 90, "until": 100 }';
const KEY = 'a key such as t, space or f2, with modifiers before it in the order ctrl+alt+shift+meta+';
const SIDE = 'a whole number from 16 to 3840';
const COLOR =
  'a color such as #33cc99, rgb(0 0 0 / 40%) or transparent, or { "setting": name } of one of the theme\'s settings';
const WIDGET = '/poseCoach/contributes/overlayWidgets/0';
const LOOK = '/poseCoach/contributes/overlayThemes/0/look';

describe('a bad manifest: what it contributes', () => {
  testOneFaultEach(new URL('./contributions/', import.meta.url), {
    'analyzers-no-list': ['/poseCoach/contributes/analyzers', 'a list of at most 500 items'],
    'analyzer-no-object': ['/poseCoach/contributes/analyzers/0', 'an object'],
    'analyzer-without-id': ['/poseCoach/contributes/analyzers/0/id', ID],
    'analyzer-without-title': ['/poseCoach/contributes/analyzers/0/title', TITLE],
    'analyzer-without-metrics': [
      '/poseCoach/contributes/analyzers/0/metrics',
      'a list of 1 to 100 items, none twice',
    ],
    'analyzer-outside-prefix': ['/poseCoach/contributes/analyzers/0/id', OWN_ID],
    'analyzer-of-longer-prefix': ['/poseCoach/contributes/analyzers/0/id', OWN_ID],
    'analyzer-twice': ['/poseCoach/contributes/analyzers/1/id', 'an id that is not taken yet'],
    'analyzer-of-unknown-metric': ['/poseCoach/contributes/analyzers/0/metrics/1', DECLARED_METRIC],
    'analyzer-of-unknown-input': [
      '/poseCoach/contributes/analyzers/0/inputs/0',
      'one of poses, hands, beats',
    ],
    'analyzer-without-permission-for-poses': [
      '/poseCoach/contributes/analyzers/0/inputs',
      'the permission poses in /poseCoach/permissions',
    ],
    'analyzer-without-permission-for-hands': [
      '/poseCoach/contributes/analyzers/0/inputs/1',
      'the permission hands in /poseCoach/permissions',
    ],
    'analyzer-without-permission-for-beats': [
      '/poseCoach/contributes/analyzers/0/inputs/0',
      'the permission audio in /poseCoach/permissions',
    ],
    'metric-id-without-prefix': ['/poseCoach/contributes/metrics/0/id', ID],
    'metric-of-unknown-kind': [
      '/poseCoach/contributes/metrics/0/kind',
      'one of gauge, bar, label, series, event',
    ],
    'metric-gauge-without-range': ['/poseCoach/contributes/metrics/0/range', RANGE],
    'metric-bar-without-range': ['/poseCoach/contributes/metrics/0/range', RANGE],
    'metric-range-turned-round': ['/poseCoach/contributes/metrics/0/range', RANGE],
    'metric-range-of-three': ['/poseCoach/contributes/metrics/0/range', RANGE],
    'metric-range-of-text': ['/poseCoach/contributes/metrics/0/range/0', 'a number'],
    'metric-decimals-broken': ['/poseCoach/contributes/metrics/0/decimals', 'a whole number from 0 to 6'],
    'metric-label-no-text': ['/poseCoach/contributes/metrics/0/labels/up', 'text of at most 100 characters'],
    'rule-neither-data-nor-code': [
      '/poseCoach/contributes/feedback/0',
      'metric, when and cue for a rule as data, or a title for a rule in code',
    ],
    'rule-without-condition': ['/poseCoach/contributes/feedback/0/when', CONDITION],
    'rule-without-cue': [
      '/poseCoach/contributes/feedback/0/cue',
      'what to say, such as { "severity": "hint", "message": "Higher!" }',
    ],
    'rule-with-two-conditions': ['/poseCoach/contributes/feedback/0/when', CONDITION],
    'rule-with-threshold-as-text': ['/poseCoach/contributes/feedback/0/when/above', 'a number'],
    'rule-ends-before-it-begins': ['/poseCoach/contributes/feedback/0/when/until', 'a number of at least 40'],
    'rule-above-ends-above': ['/poseCoach/contributes/feedback/0/when/until', 'a number of at most 40'],
    'rule-until-beside-equals': ['/poseCoach/contributes/feedback/0/when/until', 'no until beside equals'],
    'rule-threshold-for-a-word': [
      '/poseCoach/contributes/feedback/0/when',
      'equals, because the metric is a label',
    ],
    'rule-word-for-a-number': [
      '/poseCoach/contributes/feedback/0/when',
      'above or below, because the metric is a series',
    ],
    'rule-of-unknown-metric': ['/poseCoach/contributes/feedback/0/metric', DECLARED_METRIC],
    'rule-with-confidence-in-percent': [
      '/poseCoach/contributes/feedback/0/confidence',
      'a number from 0 to 1',
    ],
    'rule-for-less-than-no-time': ['/poseCoach/contributes/feedback/0/for', 'a number from 0 to 3600'],
    'cue-of-unknown-severity': [
      '/poseCoach/contributes/feedback/0/cue/severity',
      'one of praise, hint, warning',
    ],
    'cue-without-message': ['/poseCoach/contributes/feedback/0/cue/message', 'text of 1 to 200 characters'],
    'cue-with-unknown-joint': [
      '/poseCoach/contributes/feedback/0/cue/joints/1',
      'the name of a body landmark, such as leftKnee',
    ],
    'command-without-title': ['/poseCoach/contributes/commands/0/title', TITLE],
    'key-in-capitals': ['/poseCoach/contributes/keybindings/0/key', KEY],
    'key-modifiers-out-of-order': ['/poseCoach/contributes/keybindings/0/key', KEY],
    'key-without-key': ['/poseCoach/contributes/keybindings/0/key', KEY],
    'key-for-unknown-command': [
      '/poseCoach/contributes/keybindings/0/command',
      'a command that is declared in /poseCoach/contributes/commands',
    ],
    'key-bound-twice': ['/poseCoach/contributes/keybindings/1/key', 'a key that is not bound yet'],
    'filter-without-title': ['/poseCoach/contributes/filters/0/title', TITLE],
    'widget-without-size': [
      `${WIDGET}/size`,
      'a width and a height in stage pixels, such as { "width": 320, "height": 120 }',
    ],
    'widget-too-small': [`${WIDGET}/size/width`, SIDE],
    'widget-too-large': [`${WIDGET}/size/height`, SIDE],
    'widget-outside-prefix': [`${WIDGET}/id`, OWN_ID],
    'widget-twice': ['/poseCoach/contributes/overlayWidgets/1/id', 'an id that is not taken yet'],
    'widget-setting-with-prefix': [
      `${WIDGET}/settings/hello.color`,
      'a lower-case letter, then letters and digits, such as barColor',
    ],
    'widget-setting-without-default': [
      `${WIDGET}/settings/color/default`,
      'the value until somebody chooses another',
    ],
    'widget-setting-default-no-metric': [
      `${WIDGET}/settings/shown/default`,
      'the id of a metric, such as dance.tempo',
    ],
    'theme-without-accent': [`${LOOK}/accent`, COLOR],
    'theme-color-that-is-none': [`${LOOK}/text`, COLOR],
    'theme-of-unknown-finish': [
      `${LOOK}/finish`,
      'one of flat, glow, sketch, soft, or { "setting": name } of one of the theme\'s settings',
    ],
    'theme-of-unknown-setting': [
      `${LOOK}/accent/setting`,
      "a setting that is declared in the theme's settings",
    ],
    'theme-color-from-a-number': [
      `${LOOK}/accent/setting`,
      'a setting of the type string with the format color',
    ],
    'theme-weight-without-limits': [
      `${LOOK}/weight/setting`,
      'a setting of the type integer with a minimum and a maximum from 100 to 900',
    ],
    'theme-finish-without-choices': [
      `${LOOK}/finish/setting`,
      'a setting with an enum of some of flat, glow, sketch, soft',
    ],
    'prototype-as-name': ['/poseCoach/contributes/metrics/0/labels/__proto__', 'another name than __proto__'],
  });
});
