// Loaded for what it adds to the permission table: everything that asks what somebody may do needs the lines of all domains.
import '@gonglian/organisation/permissions'
