import { ACTIVATION_EVENTS_SCHEMA } from './activation-events.ts';
import { CONTRIBUTION_POINTS, POINT_NAMES } from './contribution-points/contribution-points.ts';
import { DESCRIPTION_SCHEMA, PACKAGE_NAME_SCHEMA, PREFIX_SCHEMA, TITLE_SCHEMA } from './identifiers.ts';
import type { JsonSchema } from './json-schema.ts';
import { API_VERSION } from './manifest.ts';
import { ASSETS_SCHEMA, MAIN_SCHEMA, OVERLAY_SCHEMA } from './package-files.ts';
import { PERMISSIONS_SCHEMA } from './permissions.ts';
import { SETTING_DEFINITIONS } from './setting-schema.ts';

const EXAMPLE = {
  name: '@someone/pose-hello',
  version: '1.0.0',
  displayName: 'Hello',
  description: 'Says how high the arms are.',
  poseCoach: {
    apiVersion: API_VERSION,
    prefix: 'hello',
    main: './dist/extension.js',
    permissions: ['poses'],
    contributes: {
      analyzers: [{ id: 'hello.arms', title: 'Arms', metrics: ['hello.height'] }],
      metrics: [
        { id: 'hello.height', title: 'Height of the arms', kind: 'gauge', unit: '°', range: [0, 180] },
      ],
    },
  },
};

/** The whole of a manifest: the `poseCoach` key of a package.json, and what is used of the rest. */
export const MANIFEST_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'package.json of a Pose Coach extension',
  description:
    'The npm name is the id of the extension; the key poseCoach says what it contributes and needs.',
  examples: [EXAMPLE],
  type: 'object',
  required: ['name', 'version', 'poseCoach'],
  properties: {
    name: {
      ...PACKAGE_NAME_SCHEMA,
      title: 'Name',
      description: 'The npm name; it is the id of the extension.',
    },
    version: {
      type: 'string',
      maxLength: 100,
      pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$',
      title: 'Version',
      description: 'A semantic version.',
      examples: ['1.0.0'],
      expected: 'a version such as 1.0.0',
    },
    displayName: { ...TITLE_SCHEMA, description: 'What people call the extension. Default: the npm name.' },
    description: DESCRIPTION_SCHEMA,
    poseCoach: {
      type: 'object',
      title: 'Pose Coach extension',
      description: 'What the extension contributes to Pose Coach and what it needs.',
      required: ['apiVersion', 'prefix'],
      additionalProperties: false,
      properties: {
        apiVersion: {
          const: API_VERSION,
          title: 'API version',
          description: 'The version of the extension API that the extension is written for.',
        },
        prefix: PREFIX_SCHEMA,
        main: MAIN_SCHEMA,
        overlay: OVERLAY_SCHEMA,
        assets: ASSETS_SCHEMA,
        activationEvents: ACTIVATION_EVENTS_SCHEMA,
        dependencies: {
          type: 'array',
          title: 'Dependencies',
          description: 'npm names of extensions that must be active before.',
          uniqueItems: true,
          maxItems: 50,
          items: PACKAGE_NAME_SCHEMA,
        },
        permissions: PERMISSIONS_SCHEMA,
        contributes: {
          type: 'object',
          title: 'Contributions',
          description:
            'What the extension adds, declared so that it can be listed and configured before its code is loaded.',
          additionalProperties: false,
          properties: Object.fromEntries(
            POINT_NAMES.map((point) => [point, CONTRIBUTION_POINTS[point].schema]),
          ),
        },
      },
      expected: 'an object with apiVersion, prefix and contributes, which makes a package an extension',
    },
  },
  $defs: SETTING_DEFINITIONS,
};
