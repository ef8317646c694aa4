const levels = [1, 3, 5, 9]

function placeNodes(level: number, count: number) {
  return Array.from({ length: count }, (_, index) => ({ x: (460 / (count + 1)) * (index + 1), y: 22 + level * 58 }))
}

/** Decoration: targets go down the tree of bodies, figures come back up. */
export function CascadePicture() {
  const rows = levels.map((count, level) => placeNodes(level, count))
  return (
    <svg viewBox="0 0 460 220" aria-hidden="true" focusable="false">
      <g stroke="#7fa3d6" strokeWidth="1.2" fill="none">
        {rows.slice(1).flatMap((row, level) =>
          row.map(({ x, y }, index) => {
            const parents = rows[level] ?? []
            const parent = parents[Math.floor((index * parents.length) / row.length)]
            return parent ? (
              <path
                key={`${level}-${index}`}
                d={`M${parent.x} ${parent.y}C${parent.x} ${y - 20} ${x} ${parent.y + 20} ${x} ${y}`}
              />
            ) : null
          }),
        )}
      </g>
      {rows.flatMap((row, level) =>
        row.map(({ x, y }) => (
          <circle key={`${x}-${y}`} cx={x} cy={y} r={11 - level * 2} fill={level === 0 ? '#fff' : '#cfdff5'} />
        )),
      )}
    </svg>
  )
}
