import { chance, saltOf } from './chance.ts'

const brands = [...'恒瑞鼎盛华泰永信嘉润兴隆']
const trades = [
  '机械',
  '纺织',
  '食品',
  '物流',
  '建材',
  '电子',
  '化工',
  '商贸',
  '农业',
  '服装',
  '印刷',
  '酒店',
  '汽配',
  '家居',
]
const endings = ['有限公司', '股份有限公司', '厂', '合作社', '集团']

const firms = brands.length * (brands.length - 1) * trades.length * endings.length

/** The name of an invented employer: as many different ones per place as a city needs, neighbours in number unlike each other. */
export function inventFirm(place: string, number: number): string {
  // 1009 has no divisor in common with the number of names: every name comes once before one comes again.
  let rest = (number * 1009 + 577) % firms
  const pick = (from: readonly string[]) => {
    const picked = from[rest % from.length] ?? ''
    rest = Math.floor(rest / from.length)
    return picked
  }
  const first = pick(brands)
  const second = pick(brands.filter((brand) => brand !== first))
  return place + first + second + pick(trades) + pick(endings)
}

const surnames = [
  ...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳',
]
const givens = [...'安宁和平康健明亮清正文武成才思源学勤立志向阳春夏秋冬松柏竹梅兰']

/** The name of an invented person. */
export function inventPerson(number: number): string {
  const pick = (from: readonly string[], salt: string) =>
    from[Math.floor(chance(number, saltOf(salt)) * from.length)] ?? ''
  return pick(surnames, 'surname') + pick(givens, 'first') + (chance(number, 3) < 0.8 ? pick(givens, 'second') : '')
}
