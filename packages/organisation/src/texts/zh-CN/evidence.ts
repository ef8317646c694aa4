export const evidence = {
  'evidence.title': '佐证材料',
  'evidence.text': '本单位上传的照片和文件，最近的在前。同一文件只存一份。',
  'evidence.fileName': '文件',
  'evidence.media': '类型',
  'evidence.storedBy': '上传人',
  'evidence.storedAt': '上传时间',
  'evidence.empty': '还没有上传佐证材料',
  'evidence.empty.text': '在电子台账或自评时上传的材料会出现在这里。',
} as const
