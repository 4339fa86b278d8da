export { describeExtensionHost } from './describe-extension-host.ts';
export { frameAt } from './frames.ts';
export { RecordedServices } from './services.ts';
export { type HostConformance, manifestOf, refusal } from './subject.ts';
