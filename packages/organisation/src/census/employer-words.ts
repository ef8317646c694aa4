import type { Choice } from '@gonglian/spreadsheets'

/** Words for the ownership of an employer or of its union, as files have them. */
export const ownershipWords: readonly Choice[] = [
  { value: 'state', words: ['国有', 'State-owned', '国有企业', '国有控股'] },
  { value: 'collective', words: ['集体', 'Collective', '集体企业'] },
  { value: 'private', words: ['民营', 'Private', '私营', '私营企业', '民营企业', '非公', '非公有制企业', '非公企业'] },
  {
    value: 'foreign',
    words: [
      '外资、港澳台资',
      'Foreign, Hong Kong, Macao, Taiwan',
      '外资',
      '外商投资',
      '港澳台资',
      '港澳台投资',
      '外资企业',
    ],
  },
  { value: 'mixed', words: ['混合所有', 'Mixed', '混合所有制', '股份制'] },
  { value: 'public', words: ['机关事业', 'Public body', '机关', '事业', '机关事业单位', '事业单位'] },
]

/** Words for the class of an employer. */
export const unitClassWords: readonly Choice[] = [
  { value: 'enterprise', words: ['企业', 'Enterprise'] },
  { value: 'institution', words: ['事业单位', 'Public institution', '事业'] },
  { value: 'government', words: ['机关', 'Government office', '党政机关', '国家机关', '行政机关'] },
  { value: 'social_organisation', words: ['社会组织', 'Social organisation', '社会团体', '社团', '民办非企业单位'] },
  { value: 'new_economic', words: ['新经济组织', 'New economic organisation'] },
  { value: 'new_social', words: ['新社会组织', 'New social organisation'] },
  { value: 'cooperative', words: ['农民专业合作社', 'Farmers’ cooperative', '合作社'] },
  { value: 'retail', words: ['商超', 'Supermarket, shopping centre', '商场超市'] },
  { value: 'self_employed', words: ['个体工商户', 'Self-employed business', '个体户'] },
  { value: 'project', words: ['工程项目', 'Construction project', '项目'] },
]
