import { readLocale, registerMessages } from '@gonglian/ui/messages'
import { messages as english } from '@gonglian/domains/texts/en'
import { messages as chinese } from '@gonglian/domains/texts/zh-CN'
import { FigureHandProvider, TextProvider } from '@gonglian/ui'
import { createRoot } from 'react-dom/client'
import { findFigureHand } from '../app/figure-hand.ts'
import '../app/styles/base.css'
import '../app/styles/frame.css'
import { EntryStage } from './entry-stage.tsx'
import { PartsStage } from './parts-stage.tsx'
import { SplitStage } from './split-stage.tsx'
import { TableStage } from './table-stage.tsx'

registerMessages('zh-CN', chinese)
registerMessages('en', english)

const params = new URLSearchParams(location.search)
const locale = readLocale(params.get('locale'))
document.documentElement.lang = locale

const stages = { entry: EntryStage, parts: PartsStage, split: SplitStage, table: TableStage }
const Stage = Object.entries(stages).find(([name]) => name === params.get('show'))?.[1] ?? PartsStage
const root = document.querySelector('#stage')
if (root) {
  createRoot(root).render(
    <TextProvider locale={locale}>
      <main className="frame-content">
        <h1>Stage</h1>
        <FigureHandProvider hand={findFigureHand(locale)}>
          <Stage />
        </FigureHandProvider>
      </main>
    </TextProvider>,
  )
}
