import type { NewFederation } from '@gonglian/tenancy'

const founded = '1990-01-01'
const industry = (
  code: string,
  name: string,
  shortName: string,
  level: NewFederation['level'],
  parentCode: string,
  lineParentCode?: string,
): NewFederation => ({
  code,
  name,
  shortName,
  level,
  kind: 'industry',
  unionKind: 'INDUSTRY_UNION',
  validFrom: founded,
  parentCode,
  ...(lineParentCode === undefined ? {} : { lineParentCode }),
})

/**
 * Bodies of the reports that started the product which the national divisions do not know: industry unions with their line
 * (条) up to the nation, and three whose names the sources mask. The masked ones are closed: they keep their history and owe nothing today.
 */
export const demonstrationBodies: readonly NewFederation[] = [
  industry('00JT', '中国海员建设工会全国委员会', '中国海员建设工会', 'national', '00'),
  industry('00JY', '中国教科文卫体工会全国委员会', '中国教科文卫体工会', 'national', '00'),
  industry('32JT', '江苏省交通运输工会', '江苏省交通运输工会', 'province', '32', '00JT'),
  industry('51JT', '四川省交通运输工会', '四川省交通运输工会', 'province', '51', '00JT'),
  industry('32JY', '江苏省教育工会', '江苏省教育工会', 'province', '32', '00JY'),
  industry('51JY', '四川省教科文卫体工会', '四川省教科文卫体工会', 'province', '51', '00JY'),
  industry('3201JT', '南京市交通运输工会', '南京市交通运输工会', 'city', '3201', '32JT'),
  industry('5132JT', '阿坝州交通运输工会', '阿坝州交通运输工会', 'city', '5132', '51JT'),
  industry('5132JY', '阿坝州教科文卫体工会', '阿坝州教科文卫体工会', 'city', '5132', '51JY'),
  { ...industry('EDU', '某市教育工会(镇江)', '某市教育工会', 'county', '3211', '32JY'), validTo: '2020-01-01' },
  {
    code: 'SZCITY',
    name: '某市总工会(苏州)',
    shortName: '某市(苏州)',
    level: 'county',
    validFrom: founded,
    validTo: '2020-01-01',
    parentCode: '3205',
  },
  {
    code: 'XIANG',
    name: '某乡工会联合会',
    shortName: '某乡',
    level: 'township',
    unionKind: 'UNION_ASSOC_BASIC',
    validFrom: founded,
    validTo: '2020-01-01',
    // The source names neither county nor province; it stands under the nation so that no province's history is coloured by it.
    parentCode: '00',
  },
]
