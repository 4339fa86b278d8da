import { describe, expect, it } from 'vitest';
import { type Expectations, expectOnly, manifestsIn } from '../bad-manifests/one-fault-each.test-data.ts';
import { readManifest } from '../index.ts';

const EXPECTATIONS: Expectations = {
  'contribution-point-unknown': [
    '/poseCoach/contributes/exercises',
    'one of analyzers, metrics, feedback, commands, keybindings, configuration, estimators, filters, overlayWidgets, overlayThemes',
  ],
  'field-unknown': [
    '/poseCoach/author',
    'one of apiVersion, prefix, main, overlay, assets, activationEvents, dependencies, permissions, contributes',
  ],
  'metric-field-unknown': [
    '/poseCoach/contributes/metrics/0/color',
    'one of id, title, description, kind, unit, range, labels, decimals',
  ],
  'setting-keyword-unknown': [
    '/poseCoach/contributes/configuration/properties/hello.goal/order',
    'one of type, title, description, enum, enumDescriptions, minimum, maximum, multipleOf, minLength, maxLength, unit, format, items, minItems, maxItems, uniqueItems, properties, required, additionalProperties, default',
  ],
  'permission-for-frames': ['/poseCoach/permissions/0', 'a permission that is given today'],
  'permission-for-obs': ['/poseCoach/permissions/0', 'a permission that is given today'],
  'activation-event-unknown': [
    '/poseCoach/activationEvents/0',
    'onStartup, onFrame, onAnalyzer:<id>, onCommand:<id> or onMetric:<id>',
  ],
  'activation-event-for-nobody': [
    '/poseCoach/activationEvents/1',
    'an id that is declared in /poseCoach/contributes/analyzers',
  ],
};

describe('an odd manifest', () => {
  const manifests = manifestsIn(new URL('./', import.meta.url));

  it('has an expectation for every manifest in the folder', () => {
    expect([...manifests.keys()].sort()).toEqual(Object.keys(EXPECTATIONS).sort());
  });

  for (const [name, [path, expected]] of Object.entries(EXPECTATIONS)) {
    it(`is accepted with one warning: ${name}.json, at ${path}`, () => {
      const report = readManifest(manifests.get(name));
      expect(report.ok).toBe(true);
      expectOnly(report.warnings, path, expected);
    });
  }
});
