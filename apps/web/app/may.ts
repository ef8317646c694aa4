import { mayDo, type Permission } from '@gonglian/tenancy/permissions'
import { useCallback } from 'react'
import { useFrame } from './address.ts'

/**
 * Whether the reader's roles allow something: to leave out buttons that would only be refused. The answer that counts is the
 * server's.
 */
export function useMay(): (permission: Permission) => boolean {
  const { roles } = useFrame().person
  return useCallback((permission) => mayDo(roles, permission), [roles])
}
