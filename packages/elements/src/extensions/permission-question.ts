import type { Permission, PermissionRequest } from '@pose-coach/core/extensions';

/** An extension asks for permissions, and waits: until it has its answer, nothing of it runs. */
export interface PermissionQuestion {
  readonly request: PermissionRequest;
  /** Grants these and refuses the rest. The first answer counts; it is remembered for this version. */
  answer(granted: readonly Permission[]): void;
}
