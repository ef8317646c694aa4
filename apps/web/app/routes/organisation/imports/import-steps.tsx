import { useText } from '@gonglian/ui'

export const importSteps = ['file', 'columns', 'preview', 'done'] as const
export type ImportStep = (typeof importSteps)[number]

/** Which of the four steps one stands at. */
export function ImportSteps({ at }: { readonly at: ImportStep }) {
  const text = useText()
  const place = importSteps.indexOf(at)
  return (
    <ol className="import-steps" aria-label={text('imports.steps')}>
      {importSteps.map((step, index) => (
        <li
          key={step}
          className={index < place ? 'import-step-past' : index === place ? 'import-step-now' : ''}
          {...(index === place ? { 'aria-current': 'step' as const } : {})}
        >
          <span className="import-step-number">{index + 1}</span>
          {text(`imports.step.${step}`)}
        </li>
      ))}
    </ol>
  )
}
