/** What a paper consists of between its addressee and its signature. */
export type Block =
  /** 一、 and （一）: the levels that have a typeface of their own. */
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  /** A paragraph, indented by two signs. */
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'table'
      readonly heads: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }

/** What a paper says, as its template lays it out. */
export type Content = {
  readonly title: string
  /** 主送机关; null: nobody is addressed. */
  readonly to: string | null
  readonly blocks: readonly Block[]
}

export const heading = (text: string, level: 1 | 2 = 1): Block => ({ kind: 'heading', level, text })
export const paragraph = (text: string): Block => ({ kind: 'text', text })
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  heads,
  rows,
})

/** 2026年11月30日: the day of a paper, in Arabic figures without leading zeros. */
export function writeDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${year}年${Number(month)}月${Number(date)}日`
}
