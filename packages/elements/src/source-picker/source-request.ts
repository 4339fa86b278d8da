/** What somebody asks to look at: a camera, the built-in sample, a file they chose, or an address. */
export type SourceRequest =
  | { readonly kind: 'camera'; readonly deviceId?: string }
  | { readonly kind: 'sample' }
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'url'; readonly url: string };
