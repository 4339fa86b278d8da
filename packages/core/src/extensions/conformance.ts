import { describe } from 'vitest';
import { describeActivation } from './conformance-activation.ts';
import { describeAnalysis } from './conformance-analysis.ts';
import { describeCommands } from './conformance-commands.ts';
import { describeContext } from './conformance-context.ts';
import { describeFaults } from './conformance-faults.ts';
import { describeRegistration } from './conformance-registration.ts';
import { type HostConformance, Subject } from './conformance-subject.ts';

export type { HostConformance } from './conformance-subject.ts';

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
