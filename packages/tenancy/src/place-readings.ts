/**
 * Names of places that a dictionary of the language reads wrongly: by itself it takes 都 for "dou" (all) and 什 for "shen" (what).
 * The longer entry wins. Sources: the gazetteer readings of the civil affairs ministry's list of divisions.
 */
export const placeReadings: Readonly<Record<string, readonly string[]>> = {
  都: ['du'],
  什邡: ['shi', 'fang'],
  筠连: ['jun', 'lian'],
  筠门: ['jun', 'men'],
  泌阳: ['bi', 'yang'],
  浚县: ['xun', 'xian'],
  单县: ['shan', 'xian'],
  单城: ['shan', 'cheng'],
  乐清: ['yue', 'qing'],
  乐陵: ['lao', 'ling'],
  乐亭: ['lao', 'ting'],
  蔚县: ['yu', 'xian'],
  尉犁: ['yu', 'li'],
  尉氏: ['wei', 'shi'],
  繁峙: ['fan', 'shi'],
  吴堡: ['wu', 'bu'],
  瓦窑堡: ['wa', 'yao', 'bu'],
  大埔县: ['da', 'bu', 'xian'],
  黄陂: ['huang', 'pi'],
  歙县: ['she', 'xian'],
  洪洞: ['hong', 'tong'],
  涡阳: ['guo', 'yang'],
  解州: ['hai', 'zhou'],
  六安: ['lu', 'an'],
  六合: ['lu', 'he'],
  浒墅关: ['xu', 'shu', 'guan'],
  浒浦: ['xu', 'pu'],
  覃塘: ['qin', 'tang'],
  莎车: ['sha', 'che'],
  巴彦淖尔: ['ba', 'yan', 'nao', 'er'],
  阿图什: ['a', 'tu', 'shi'],
  喀什: ['ka', 'shi'],
  称多: ['chen', 'duo'],
  铅山: ['yan', 'shan'],
  台州: ['tai', 'zhou'],
  长子县: ['zhang', 'zi', 'xian'],
  大城县: ['dai', 'cheng', 'xian'],
  任丘: ['ren', 'qiu'],
  盱眙: ['xu', 'yi'],
  番禺: ['pan', 'yu'],
  荥阳: ['xing', 'yang'],
  荥经: ['ying', 'jing'],
  枞阳: ['zong', 'yang'],
  甪直: ['lu', 'zhi'],
  十八里堡: ['shi', 'ba', 'li', 'pu'],
  十里堡: ['shi', 'li', 'pu'],
}

const longest = Math.max(...Object.keys(placeReadings).map((name) => name.length))

/** The readings of the place whose name begins at this sign; null where the dictionary is right. */
export function readPlace(signs: readonly string[], from: number): readonly string[] | null {
  for (let length = Math.min(longest, signs.length - from); length > 0; length -= 1) {
    const name = signs.slice(from, from + length).join('')
    const reading = Object.hasOwn(placeReadings, name) ? placeReadings[name] : undefined
    if (reading !== undefined) return reading
  }
  return null
}
