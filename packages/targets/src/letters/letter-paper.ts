import { definePaper, heading, paragraph, table, writeDay } from '@gonglian/documents'
import { found, shanghaiDay } from '@gonglian/tenancy'
import { z } from 'zod'
import { LetterText, readCanonical } from './letter-text.ts'

type Line = LetterText['lines'][number]

/** What is promised, in the figure's own unit: 不低于 90.00%. */
function writeValue({ value, scale, unit, method, direction }: Line): string {
  const figure = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: scale, maximumFractionDigits: scale })
  const bound = method === 'floor' ? (direction === -1 ? '不高于 ' : '不低于 ') : ''
  return `${bound}${figure.format(value / 10 ** scale)}${unit}`
}

const writeWeight = ({ weight }: Line) => (weight === 0 ? '' : `${weight / 100}%`)

/** 责任状: what two bodies signed, word for word as it stood. It is issued when it is signed; the number is that of the letter in its year. */
export const letterPaper = definePaper({
  path: 'targets.letter',
  permission: 'target:read',
  signedBy: 'target:sign',
  head: 'plain',
  data: z.object({
    text: LetterText,
    issuedOn: z.iso.date().nullable(),
    signedOn: z.iso.date(),
  }),
  read: async (ctx, id) => {
    const letter = found(
      await ctx.db
        .selectFrom('targets.letter as l')
        .innerJoin('targets.plan as p', 'p.id', 'l.plan_id')
        .where('l.id', '=', id)
        .where('l.tenant_id', '=', ctx.tenantId)
        .select(['l.text', 'l.signed_at', 'p.issued_at'])
        .executeTakeFirst(),
      'errors.letterNotFound',
    )
    const text = readCanonical(letter.text)
    return {
      number: `〔${text.plan.year}〕责任状${id}号`,
      data: {
        text,
        issuedOn: letter.issued_at === null ? null : shanghaiDay(letter.issued_at),
        signedOn: shanghaiDay(letter.signed_at),
      },
    }
  },
  title: ({ text }) => `${text.plan.name}责任状`,
  blocks: ({ text, issuedOn, signedOn }) => [
    paragraph(`下达单位（甲方）：${text.issuer.name}`),
    paragraph(`责任单位（乙方）：${text.receiver.name}`),
    paragraph(
      `为完成《${text.plan.name}》确定的${text.plan.year}年度目标任务，${text.issuer.name}与${text.receiver.name}签订本责任状。`,
    ),
    heading('一、目标任务'),
    table(
      ['序号', '方面', '指标', '目标值', '权重', '责任部门', '备注'],
      text.lines.map((line, index) => [
        String(index + 1),
        line.aspect,
        line.nameZh,
        writeValue(line),
        writeWeight(line),
        line.accountable,
        [line.note, line.exemption].filter((part) => part !== '').join('；'),
      ]),
    ),
    heading('二、责任与考核'),
    paragraph('（一）乙方主要负责人为第一责任人，对上列目标的完成负总责。'),
    paragraph('（二）乙方按序时进度推进，甲方按月调度、通报，对滞后的予以督办。'),
    paragraph('（三）乙方按期如实上报完成情况，上报数可逐级核查。'),
    paragraph('（四）签订后确需调整的，由甲方办理目标调整，原数与新数一并留存，作为本责任状的附件。'),
    paragraph(`甲方：${text.issuer.name}（盖章）${issuedOn === null ? '' : `　　${writeDay(issuedOn)}下达`}`),
    paragraph(`乙方：${text.receiver.name}（盖章）　　${writeDay(signedOn)}签订`),
  ],
})
