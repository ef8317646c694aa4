import { drawCode } from '@gonglian/documents/codes'
import { Icon, useText } from '@gonglian/ui'
import { useEffect, useMemo, useState } from 'react'
import type { Slips } from './appraisal.ts'

export type SlipSheetProps = {
  readonly slips: Slips
  readonly onClose: () => void
}

/** Slips for printing, shown this once. */
export function SlipSheet({ slips, onClose }: SlipSheetProps) {
  const text = useText()
  const [address, setAddress] = useState('/vote')
  useEffect(() => setAddress(`${window.location.origin}/vote`), [])
  // It leads to the page alone. The code of a slip stands in no address: a browser would remember it.
  const { size, path } = useMemo(() => drawCode(address), [address])
  return (
    <div className="register slip-sheet">
      <div className="area-head slip-head">
        <div>
          <h1>{text('appraisals.sheet', { count: slips.codes.length })}</h1>
          <p className="gl-warning-text" role="status">
            {text('appraisals.sheet.text')}
          </p>
        </div>
        <div className="acts">
          <button type="button" className="gl-button gl-button-main" onClick={() => window.print()}>
            <Icon name="print" />
            {text('appraisals.print')}
          </button>
          <button type="button" className="gl-button" onClick={onClose}>
            {text('appraisals.sheet.done')}
          </button>
        </div>
      </div>
      <ul className="slips">
        {slips.codes.map((code) => (
          <li key={code} className="slip">
            <svg className="slip-vote" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={address}>
              <path d={path} />
            </svg>
            <p>{slips.unionName}</p>
            <p className="slip-code">{code}</p>
            <p className="gl-hint">{text('appraisals.slip.text', { address, day: slips.closesOn })}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
