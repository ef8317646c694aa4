import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { Icon } from './icons.tsx'
import { useBodyBranches, type BodyNode, type LoadBodies } from './body-branches.ts'
import { useText } from './text.tsx'

export type BodyTreeProps = {
  readonly roots: readonly BodyNode[]
  readonly loadChildren: LoadBodies
  readonly selectedCode: string | null
  readonly onSelect: (body: BodyNode) => void
  /** Codes to stand open at first, from the top down. */
  readonly openCodes?: readonly string[]
  /** What stands at the right end of a row. */
  readonly renderEnd?: (body: BodyNode) => ReactNode
}

/** The tree of bodies, children fetched when a branch opens. Arrow keys as in any tree; Enter chooses. */
export function BodyTree({ roots, loadChildren, selectedCode, onSelect, openCodes, renderEnd }: BodyTreeProps) {
  const text = useText()
  const tree = useRef<HTMLUListElement>(null)
  const { rows, isOpen, isFailed, toggle } = useBodyBranches(roots, loadChildren, openCodes ?? [])
  const focusable = rows.some(({ body }) => body.code === selectedCode) ? selectedCode : rows[0]?.body.code

  const focusRow = (index: number) => {
    const code = rows[Math.max(0, Math.min(rows.length - 1, index))]?.body.code
    if (code !== undefined) tree.current?.querySelector<HTMLElement>(`[data-body="${CSS.escape(code)}"]`)?.focus()
  }
  const steer = (event: KeyboardEvent, index: number) => {
    const row = rows[index]
    if (!row) return
    const { body, depth } = row
    const open = isOpen(body.code)
    switch (event.key) {
      case 'ArrowDown':
        focusRow(index + 1)
        break
      case 'ArrowUp':
        focusRow(index - 1)
        break
      case 'Home':
        focusRow(0)
        break
      case 'End':
        focusRow(rows.length - 1)
        break
      case 'ArrowRight':
        if (body.childCount > 0 && !open) toggle(body)
        else if (open) focusRow(index + 1)
        break
      case 'ArrowLeft':
        if (open) toggle(body)
        else focusRow(rows.findLastIndex((above, at) => at < index && above.depth < depth))
        break
      case 'Enter':
      case ' ':
        onSelect(body)
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <ul className="gl-tree" role="tree" aria-label={text('bodies.tree')} ref={tree}>
      {rows.map(({ body, depth }, index) => (
        <li
          key={body.code}
          role="treeitem"
          aria-level={depth + 1}
          aria-selected={body.code === selectedCode}
          aria-expanded={body.childCount > 0 ? isOpen(body.code) : undefined}
          data-body={body.code}
          tabIndex={body.code === focusable ? 0 : -1}
          onKeyDown={(event) => steer(event, index)}
          onClick={() => onSelect(body)}
          style={{ paddingInlineStart: 6 + depth * 18 }}
        >
          {body.childCount > 0 ? (
            <span
              className={`gl-tree-switch ${isOpen(body.code) ? 'gl-tree-open' : ''}`}
              aria-hidden="true"
              onClick={(event) => {
                event.stopPropagation()
                toggle(body)
              }}
            >
              <Icon name="right" size={14} />
            </span>
          ) : (
            <span className="gl-tree-switch" />
          )}
          <span className="gl-cut" title={body.name}>
            {body.name}
          </span>
          <span className="gl-tree-end">
            {renderEnd ? renderEnd(body) : body.childCount > 0 ? body.childCount : null}
          </span>
          {isFailed(body.code) ? (
            <span className="gl-error-text" role="alert">
              {text('bodies.picker.failed')}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
