// `npm test`: sets up a plain clone and runs every test there is. Ends with one line: `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fixtures } from './fixtures.mjs';
import { findChromium, findFirefox, findProgram } from './programs.mjs';
import { build, environment, install, installSystemPrograms, repository, run } from './setup.mjs';

const results = join(repository, 'tests', 'results');
const counts = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const skippedTests = [];

/** A step that is one test by itself: a linter, a build. */
function step(name, action) {
  console.log(`\n— ${name}`);
  const started = Date.now();
  const ok = action();
  counts[ok ? 'passed' : 'failed'] += 1;
  if (!ok) failures.push(name);
  console.log(`${ok ? 'passed' : 'FAILED'}: ${name} (${Math.round((Date.now() - started) / 1000)} s)`);
  return ok;
}

/** A Vitest project: its tests are counted one by one, and a run that produced no report is a failure. */
function suite(project) {
  console.log(`\n— ${project} tests`);
  const report = join(results, `${project}.json`);
  rmSync(report, { force: true });
  const args = [
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    '--reporter=./tests/second-attempts-reporter.config.ts',
    `--outputFile.json=${report}`,
  ];
  // Colours are for screens: in a log every dot would carry its own.
  const env = process.stdout.isTTY ? environment : { ...environment, NO_COLOR: '1' };
  const ok = run('vitest', args, { env });
  if (!existsSync(report)) {
    counts.failed += 1;
    failures.push(`${project} tests (no report)`);
    return;
  }
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  // A file that fails before its first test, or an error outside any test, counts as one failure.
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const unexplained = !ok && numFailedTests === 0 && brokenFiles === 0 ? 1 : 0;
  counts.passed += numPassedTests;
  counts.skipped += numPendingTests;
  counts.failed += numFailedTests + brokenFiles + unexplained;
  for (const file of testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'failed') failures.push(`${project}: ${test.fullName}`);
      if (['skipped', 'pending'].includes(test.status)) skippedTests.push(`${project}: ${test.fullName}`);
    }
  }
  if (brokenFiles + unexplained > 0) failures.push(`${project} tests (outside a test: see above)`);
}

mkdirSync(results, { recursive: true });
if (step('install', install)) {
  installSystemPrograms();
  step('format, lint and order of rooms', () => run('biome', ['check', '--error-on-warnings', '.']));
  step('types', () => run('tsc', ['--noEmit', '-p', 'tsconfig.json']));
  if (step('build of the packages', build)) {
    suite('node');
    if (findChromium()) {
      suite('browser');
      suite('e2e');
    } else {
      console.log(
        'skipped: browser and end-to-end tests, because no Chromium is on this machine (CHROMIUM_PATH names one)',
      );
    }
    step('package contents and types', () => run('node', ['scripts/check-packages.mjs']));
    step('examples', () => run('node', ['scripts/build-examples.mjs']));
    step('storybook', () => run('npm', ['run', '--silent', 'storybook:build'], { quiet: true }));
  }
}

if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `- ${name}`).join('\n')}`);
if (counts.skipped > 0) {
  const reasons = [
    fixtures
      ? undefined
      : 'no fixtures: shared/fixtures with the real clips is not beside this checkout (POSE_COACH_FIXTURES names another place)',
    findFirefox() ? undefined : 'no Firefox on this machine',
    findProgram(undefined, ['Xvfb']) ? undefined : 'no Xvfb on this machine',
    findProgram(undefined, ['ffmpeg']) ? undefined : 'no ffmpeg on this machine',
  ].filter((reason) => reason !== undefined);
  console.log(
    `\nskipped: ${reasons.join('; ')}. These tests were:\n${skippedTests.map((name) => `- ${name}`).join('\n')}`,
  );
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exit(counts.failed === 0 ? 0 : 1);
