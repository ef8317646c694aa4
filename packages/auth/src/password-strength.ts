import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { listSuperiors, spellName, type TenantContext } from '@gonglian/tenancy'

/** Guesses that an attacker who knows the body, its place and the field needs at least. Online guessing is bounded far below it. */
const leastGuesses = 1e10
/** The same for letters and digits alone: signs between the parts of a keyboard run make it no better. */
const leastPlainGuesses = 1e8

/** Words of the field and the names of the provinces, as they are typed. */
const fieldWords = [
  'gonghui', 'zonggonghui', 'zonggong', 'zgh', 'gonglian', 'union', 'tradeunion', 'huiyuan', 'huifei', 'zhigong', 'zhuxi', 'jingfei', 'ganbu', 'laomo',
  'zhongguo', 'zhonghua', 'quanguo', 'china', 'beijing', 'tianjin', 'hebei', 'shanxi', 'neimenggu', 'liaoning', 'jilin', 'heilongjiang', 'shanghai', 'jiangsu',
  'zhejiang', 'anhui', 'fujian', 'jiangxi', 'shandong', 'henan', 'hubei', 'hunan', 'guangdong', 'guangxi', 'hainan', 'chongqing', 'sichuan', 'guizhou',
  'yunnan', 'xizang', 'shaanxi', 'gansu', 'qinghai', 'ningxia', 'xinjiang', 'bingtuan', 'chengdu', 'guangzhou', 'shenzhen', 'demo', 'admin', 'welcome', 'password',
  '工会', '总工会', '工联', '中国', '密码',
] // prettier-ignore

const estimator = new ZxcvbnFactory({
  dictionary: { ...dictionary, field: fieldWords },
  graphs: adjacencyGraphs,
})

/**
 * Whether a guesser gets to the password too soon: known leaked ones, words of the field, dates, runs on the keyboard, repetitions, and
 * all of these disguised or put together.
 *
 * @param words what a guesser knows of this person: user name, names of the body and of its superiors, in signs and in pinyin
 */
export function isGuessedSoon(password: string, words: readonly string[]): boolean {
  const known = words.filter((word) => word.length > 1)
  const text = password.normalize('NFKC')
  const plain = text.replaceAll(/[^\p{L}\p{Nd}]/gu, '')
  return (
    estimator.check(text, known).guesses < leastGuesses || estimator.check(plain, known).guesses < leastPlainGuesses
  )
}

/** What a guesser knows of somebody of the acting body. */
export async function listKnownWords(
  ctx: TenantContext,
  person: { username: string; displayName: string },
): Promise<string[]> {
  const line = await listSuperiors(ctx, ctx.tenantId)
  const names = line.flatMap(({ code, name, shortName }) => [
    code,
    name,
    shortName,
    ...spellName(name).pinyin.split(' '),
    ...spellings(shortName),
  ])
  return [...person.username.split(/[._-]/), person.displayName, ...spellings(person.displayName), ...names]
}

/** "汶川县": wenchuanxian, wenchuan, wcx. */
function spellings(name: string): string[] {
  const { pinyin, initials } = spellName(name)
  const short = name.replace(/(省|市|县|区|州|镇|乡|街道|自治区|自治州|自治县)$/, '')
  return [short, ...pinyin.split(' '), initials, ...spellName(short).pinyin.split(' ')]
}
