export { listAddressees, listWithin, narrow, paging, within } from '@gonglian/tenancy'
