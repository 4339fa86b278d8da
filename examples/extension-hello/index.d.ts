import type { ExtensionModule } from '@pose-coach/core/extension';

/** For pages that import the extension themselves, as trusted. */
export declare const activate: ExtensionModule['activate'];
