/**
 * The official form of GB/T 9704-2012, in millimetres and points: one place for the print page and the Word file. Runs in the browser too.
 */
export const officialForm = {
  page: { width: 210, height: 297 },
  margin: { top: 37, bottom: 35, left: 28, right: 26 },
  /** 三号, for everything but the title. */
  textSize: 16,
  /** 二号. */
  titleSize: 22,
  /** 四号, for the page number. */
  pageNumberSize: 14,
  lineSpacing: 28,
  /** The name of the issuer above the red line; the standard leaves its size to the issuer. */
  headSize: 36,
  red: 'FF0000',
} as const

/** Typefaces in the order in which they are tried. The standard's own are not on every machine. */
export const typefaces = {
  text: ['仿宋_GB2312', '仿宋', 'FangSong', 'STFangsong', 'Noto Serif CJK SC', 'serif'],
  title: [
    '方正小标宋简体',
    '方正小标宋_GBK',
    '华文中宋',
    'STZhongsong',
    '宋体',
    'SimSun',
    'Noto Serif CJK SC',
    'serif',
  ],
  heading: ['黑体', 'SimHei', 'STHeiti', 'Noto Sans CJK SC', 'sans-serif'],
  subheading: ['楷体_GB2312', '楷体', 'KaiTi', 'STKaiti', 'Noto Serif CJK SC', 'serif'],
  pageNumber: ['宋体', 'SimSun', 'STSong', 'Noto Serif CJK SC', 'serif'],
} as const
export type Typeface = keyof typeof typefaces
