import { mayDo, type Permission, type Role } from '@gonglian/tenancy/permissions'

type Act = { readonly to: string; readonly title: string; readonly permission: Permission }

const act = (to: string, title: string, permission: Permission): Act => ({ to, title, permission })

const enrol = act('/organisation/members/new', 'members.register', 'member:write')
const importFile = act('/organisation/imports', 'overview.act.import', 'member:write')
const transfer = act('/organisation/transfers', 'overview.act.transfer', 'member:write')
const decide = act('/organisation/applications', 'overview.act.decide', 'organisation:approve')
const approve = act('/approvals', 'overview.act.approve', 'organisation:approve')
const confirm = act('/organisation/elections', 'overview.act.confirm', 'organisation:approve')
const award = act('/organisation/ratings', 'overview.act.award', 'rating:award')
const review = act('/organisation/ratings', 'overview.act.review', 'rating:review')
const terms = act('/organisation/terms', 'overview.act.terms', 'organisation:read')
const unions = act('/organisation/unions', 'overview.act.unions', 'organisation:read')
const coverage = act('/organisation/coverage', 'overview.act.coverage', 'organisation:read')
const checklists = act('/organisation/checklists', 'overview.act.checklists', 'organisation:read')
const members = act('/organisation/members', 'overview.act.members', 'organisation:read')
const ratings = act('/organisation/ratings', 'overview.act.ratings', 'organisation:read')

/** So many stand on the start page, with the founding of a union where that is one of them. */
const mostActs = 4

/** What is done most by somebody with these roles: those who keep records enter, leaders decide, superiors and readers look. */
export function listActs(roles: readonly Role[], isSuperior: boolean): { founds: boolean; acts: readonly Act[] } {
  const may = (permission: Permission) => mayDo(roles, permission)
  const founds = may('organisation:write') && !isSuperior && !may('organisation:approve')
  const ordered = isSuperior
    ? [decide, approve, award, review, terms, coverage, unions, ratings]
    : [decide, approve, confirm, award, enrol, importFile, transfer, review, members, checklists, terms, unions]
  const seen = new Set<string>()
  const acts = ordered.filter(({ to, permission }) => {
    if (!may(permission) || seen.has(to)) return false
    seen.add(to)
    return true
  })
  return { founds, acts: acts.slice(0, founds ? mostActs - 1 : mostActs) }
}
