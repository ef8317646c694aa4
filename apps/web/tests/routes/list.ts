import type { RouteConfigEntry } from '@remix-run/route-config'
import routes from '../../app/routes.ts'

/** Every address the product has, as `/reports/:form/:period`. */
export function listRoutes(): string[] {
  const walk = (entry: RouteConfigEntry, above: string): string[] => {
    const path = entry.path === undefined ? above : `${above}/${entry.path}`
    const own = entry.path === undefined && entry.index !== true ? [] : [path === '' ? '/' : path]
    return [...own, ...(entry.children ?? []).flatMap((child) => walk(child, path))]
  }
  return [...new Set(routes.flatMap((entry) => walk(entry, '')))].toSorted()
}
