/** What differs by place: names of the parameters, and how their values are written. */
export const parameters = {
  'parameters.unset': '尚未设定，按规定执行',
  'parameters.unset.rule': '规定 {rule}',
  'parameters.entries': '{count} 项',
  'parameters.yes': '是',
  'parameters.no': '否',
  'parameters.comma': '、',
  'parameters.separator': '；',
  'parameters.numbers.hint': '多个数用逗号隔开，如 3, 5',
  'parameters.sizes.hint': '每行一档，由小到大；最后一档的人数上限留空',
  'parameters.sizes.upTo': '人数上限',
  'parameters.sizes.line': '{upTo} 人以下 {from}—{to} 名',
  'parameters.sizes.above': '以上 {from}—{to} 名',
  'parameters.part.from': '最少',
  'parameters.part.to': '最多',
} as const
