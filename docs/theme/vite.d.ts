// What Vite adds to a module.
declare module "*.css" {}

interface ImportMeta {
  env: { SSR: boolean; DEV: boolean };
}
