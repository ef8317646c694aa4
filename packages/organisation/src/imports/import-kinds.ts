import { DomainError } from '@gonglian/tenancy'
import { employerImport } from '../census/employer-import.ts'
import { memberImport } from '../members/member-import.ts'
import { unionImport } from '../unions/union-import.ts'
import type { DeclaredImport } from './declaration.ts'

/** What can be imported, in the order of a body that begins here. */
export const declaredImports: readonly DeclaredImport[] = [unionImport, memberImport, employerImport]

/** @throws DomainError invalid organisation.import.noKind */
export function findDeclared(kind: string): DeclaredImport {
  const declared = declaredImports.find(({ key }) => key === kind)
  if (!declared)
    throw new DomainError('invalid', 'organisation.import.noKind', {
      fields: [{ path: 'kind', key: 'organisation.import.noKind' }],
    })
  return declared
}
