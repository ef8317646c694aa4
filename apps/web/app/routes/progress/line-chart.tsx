import { LineChart as Lines } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([Lines, GridComponent, TooltipComponent, SVGRenderer])

export type ChartLine = {
  readonly name: string
  readonly values: readonly (number | null)[]
  readonly color: string
  readonly dashed?: boolean
}

export type LineChartProps = {
  /** Said to who does not see it; the figures stand in a table beside. */
  readonly label: string
  readonly names: readonly string[]
  readonly lines: readonly ChartLine[]
  readonly write: (value: number) => string
}

/** Lines over the periods of a year. Its library is large: import this file when a chart comes into sight, never at the top of a page. */
export function LineChart({ label, names, lines, write }: LineChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<typeof init> | null>(null)
  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, null, { renderer: 'svg' })
    chart.current = made
    const watcher = new ResizeObserver(() => made.resize())
    watcher.observe(box.current)
    return () => {
      watcher.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => {
    const { fontFamily, color } = getComputedStyle(document.body)
    const axisLine = { lineStyle: { color: '#8390a5' } }
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily, color },
        grid: { left: 4, right: 16, top: 12, bottom: 4, containLabel: true },
        // Drawn into the picture: a tooltip of HTML would stand outside the panel.
        tooltip: {
          trigger: 'axis',
          renderMode: 'richText',
          confine: true,
          valueFormatter: (value: unknown) => (typeof value === 'number' ? write(value) : '—'),
        },
        xAxis: { type: 'category', data: [...names], axisLine, axisTick: { show: false } },
        yAxis: {
          type: 'value',
          axisLabel: { formatter: (value: number) => write(value) },
          splitLine: { lineStyle: { color: '#dbe1ea' } },
        },
        series: lines.map((line) => ({
          type: 'line',
          name: line.name,
          data: line.values.map((value) => value ?? '-'),
          showSymbol: !line.dashed,
          symbolSize: 5,
          lineStyle: { width: 2, type: line.dashed ? 'dashed' : 'solid' },
          itemStyle: { color: line.color },
        })),
      },
      { notMerge: true },
    )
  }, [names, lines, write])
  return <div ref={box} role="img" aria-label={label} className="progress-chart" />
}
