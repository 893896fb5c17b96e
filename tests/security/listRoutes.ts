import type { Express } from 'express';

interface Layer {
  readonly route?: { readonly path: string | readonly string[]; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** Every route of an application and the routers in it, as `GET /matches/:id`. */
export function listRoutes(app: Express): string[] {
  const routes = (app.router as unknown as { stack: readonly Layer[] }).stack.flatMap(routesOf);
  return [...new Set(routes)].sort();
}

function routesOf({ route, handle }: Layer): string[] {
  if (!route) return (handle?.stack ?? []).flatMap(routesOf);
  const methods = Object.keys(route.methods).filter((method) => route.methods[method]);
  return [route.path].flat().flatMap((path) => methods.map((method) => `${method.toUpperCase()} ${path}`));
}
