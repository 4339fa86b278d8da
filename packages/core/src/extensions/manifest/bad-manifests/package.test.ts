import { describe } from 'vitest';
import { testOneFaultEach } from './one-fault-each.test-data.ts';

const NAME = 'the name of an npm package, such as @someone/pose-hello';
const VERSION = 'a version such as 1.0.0';
const PREFIX = 'a lower-case letter, then letters, digits or dashes, such as dance';
const MAIN = 'the path of a .js file inside the package, such as ./dist/extension.js';
const OVERLAY = 'the path of a .js file inside the package, such as ./dist/overlay.js';
const ASSET = 'the path of a file inside the package, such as ./sounds/bell.mp3';
const PERMISSION =
  'one of poses, hands, audio, storage, frames, obs, or network: and an https origin such as network:https://api.example.com';
const ORIGIN = 'network: and an https origin such as network:https://api.example.com';

describe('a bad manifest: the package', () => {
  testOneFaultEach(new URL('./package/', import.meta.url), {
    'no-object': ['', 'the content of a package.json'],
    'no-extension': [
      '/poseCoach',
      'an object with apiVersion, prefix and contributes, which makes a package an extension',
    ],
    'name-missing': ['/name', NAME],
    'name-with-capitals': ['/name', NAME],
    'version-missing': ['/version', VERSION],
    'version-as-number': ['/version', VERSION],
    'version-incomplete': ['/version', VERSION],
    'display-name-empty': ['/displayName', 'text of 1 to 100 characters'],
    'api-version-missing': ['/poseCoach/apiVersion', '1'],
    'api-version-as-text': ['/poseCoach/apiVersion', '1'],
    'api-version-newer': ['/poseCoach/apiVersion', '1'],
    'api-version-older': ['/poseCoach/apiVersion', '1'],
    'prefix-missing': ['/poseCoach/prefix', PREFIX],
    'prefix-with-dot': ['/poseCoach/prefix', PREFIX],
    'prefix-with-capital': ['/poseCoach/prefix', PREFIX],
    'prefix-too-long': ['/poseCoach/prefix', PREFIX],
    'main-outside': ['/poseCoach/main', MAIN],
    'main-outside-within': ['/poseCoach/main', MAIN],
    'main-absolute': ['/poseCoach/main', MAIN],
    'main-as-address': ['/poseCoach/main', MAIN],
    'main-encoded': ['/poseCoach/main', MAIN],
    'main-as-typescript': ['/poseCoach/main', MAIN],
    'main-missing': ['/poseCoach/main', MAIN],
    'main-missing-for-rule-in-code': ['/poseCoach/main', MAIN],
    'overlay-missing': ['/poseCoach/overlay', OVERLAY],
    'overlay-missing-beside-main': ['/poseCoach/overlay', OVERLAY],
    'overlay-outside': ['/poseCoach/overlay', OVERLAY],
    'asset-outside': ['/poseCoach/assets/1', ASSET],
    'asset-as-address': ['/poseCoach/assets/0', ASSET],
    'asset-encoded': ['/poseCoach/assets/0', ASSET],
    'asset-with-query': ['/poseCoach/assets/0', ASSET],
    'asset-folder': ['/poseCoach/assets/0', ASSET],
    'asset-twice': ['/poseCoach/assets/1', 'no item twice'],
    'assets-too-many': ['/poseCoach/assets', 'a list of at most 200 items, none twice'],
    'assets-no-list': ['/poseCoach/assets', 'a list of at most 200 items, none twice'],
    'permission-unknown': ['/poseCoach/permissions/0', PERMISSION],
    'permission-for-any-network': ['/poseCoach/permissions/0', PERMISSION],
    'permission-for-a-path': ['/poseCoach/permissions/0', PERMISSION],
    'permission-for-websocket': ['/poseCoach/permissions/0', PERMISSION],
    'permission-for-plain-http': ['/poseCoach/permissions/0', ORIGIN],
    'permission-with-user': ['/poseCoach/permissions/0', ORIGIN],
    'permission-with-default-port': ['/poseCoach/permissions/0', ORIGIN],
    'permission-with-wildcard-host': ['/poseCoach/permissions/0', PERMISSION],
    'permission-twice': ['/poseCoach/permissions/1', 'no item twice'],
    'permissions-no-list': ['/poseCoach/permissions', 'a list of at most 50 items, none twice'],
    'dependency-no-name': ['/poseCoach/dependencies/0', NAME],
    'dependency-on-itself': ['/poseCoach/dependencies/0', 'the name of another extension'],
    'activation-event-no-text': [
      '/poseCoach/activationEvents/0',
      'onStartup, onFrame, onAnalyzer:<id>, onCommand:<id> or onMetric:<id>',
    ],
    'contributes-no-object': ['/poseCoach/contributes', 'an object'],
    'estimator-without-main': ['/poseCoach/main', MAIN],
  });
});
