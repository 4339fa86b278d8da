import { describe } from 'vitest';
import { describeActivation } from './activation.ts';
import { describeAnalysis } from './analysis.ts';
import { describeCommands } from './commands.ts';
import { describeContext } from './context.ts';
import { describeFaults } from './faults.ts';
import { describeRegistration } from './registration.ts';
import { type HostConformance, Subject } from './subject.ts';

/**
 * What every host must do, whatever is inside: registers the tests under `name`. Offline and lossless: every step is
 * awaited, so both hosts must give the very same.
 */
export function describeExtensionHost(name: string, conformance: HostConformance): void {
  describe(name, () => {
    const subject = new Subject(conformance);
    describeActivation(subject);
    describeRegistration(subject);
    describeAnalysis(subject);
    describeFaults(subject);
    describeCommands(subject);
    describeContext(subject);
  });
}
