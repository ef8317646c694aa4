import type { TenantContext } from './context.ts'

/** The transactions that only answer a question. */
const answering = new WeakSet<TenantContext>()

/**
 * Says that a transaction only answers a question: what it has read of the tree it need not read again. One that changes something
 * must see what others changed while it waited for a lock, so it never remembers.
 */
export function rememberAnswers(ctx: TenantContext): void {
  answering.add(ctx)
}

/**
 * Makes a memory of one kind of fact, each kept until the transaction that asked ends. Work under another reach has a context of its
 * own, which remembers nothing: it may see more.
 *
 * @returns reads the fact by what identifies it, from memory if this transaction has asked before
 */
export function createMemory<Fact>(): (
  ctx: TenantContext,
  question: string,
  find: () => Promise<Fact>,
) => Promise<Fact> {
  const facts = new WeakMap<TenantContext, Map<string, Promise<Fact>>>()
  return (ctx, question, find) => {
    if (!answering.has(ctx)) return find()
    const known = facts.get(ctx) ?? new Map<string, Promise<Fact>>()
    facts.set(ctx, known)
    const fact = known.get(question) ?? find()
    known.set(question, fact)
    return fact
  }
}
