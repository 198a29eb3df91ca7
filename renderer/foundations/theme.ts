import {
  createDarkTheme,
  createLightTheme,
  teamsHighContrastTheme,
  type BrandVariants,
  type Theme,
} from '@fluentui/react-components';

export type ThemeName = 'light' | 'dark' | 'contrast';

// Deep blue: red is kept for the seal and for danger.
const brand: BrandVariants = {
  10: '#030a15',
  20: '#0a1a33',
  30: '#0c2850',
  40: '#0e3366',
  50: '#113f7c',
  60: '#144a8e',
  70: '#18539c',
  80: '#1c5ba8',
  90: '#3a70b6',
  100: '#5283c3',
  110: '#6a96cf',
  120: '#82a9da',
  130: '#9bbce4',
  140: '#b5ceed',
  150: '#cfe0f5',
  160: '#e9f1fb',
};

/** Tokens of our own beside Fluent's; the provider turns both into CSS variables. */
type OwnTokens = {
  readonly tvtPracticeBackground: string;
  readonly tvtPracticeForeground: string;
  readonly tvtPracticeBorder: string;
  readonly tvtRail: string;
  readonly tvtRailActive: string;
  readonly tvtDesk: string;
  readonly tvtAttention: string;
  readonly tvtAttentionSurface: string;
  readonly tvtDanger: string;
  readonly tvtGood: string;
  /** pages of documents are white paper in every theme */
  readonly tvtPaper: string;
  readonly tvtPaperShadow: string;
  readonly tvtInk: string;
  /** squares under a picture that is transparent, on paper and in the dark */
  readonly tvtPaperCheck: string;
  readonly tvtNight: string;
  readonly tvtNightCheck: string;
  /** what is stamped on paper, in every theme */
  readonly tvtSeal: string;
  readonly tvtTextSelection: string;
  /** around a place on a page that a field points at */
  readonly tvtMark: string;
  readonly tvtMarkSurface: string;
  /** around what a signature will show, on paper */
  readonly tvtPreview: string;
  readonly tvtCurtain: string;
  /** what was looked for, in a text */
  readonly tvtFound: string;
  readonly tvtFoundInk: string;
  /** words of the rail, and its counts */
  readonly tvtFontRail: string;
  readonly tvtFontBadge: string;
};

export type StationTheme = Theme & OwnTokens;

const family =
  "'Segoe UI Variable Text', 'Segoe UI', 'Noto Sans', 'Roboto', 'Liberation Sans', 'DejaVu Sans', system-ui, sans-serif";

const everywhere = {
  tvtPaper: '#ffffff',
  tvtPaperCheck: '#e4e4e4',
  tvtNight: '#1c1c1c',
  tvtNightCheck: '#333333',
  tvtInk: '#242424',
  tvtSeal: '#c4161c',
  tvtTextSelection: 'rgba(0, 90, 200, 0.28)',
  tvtMark: '#b35900',
  tvtMarkSurface: 'rgba(255, 196, 0, 0.25)',
  tvtPreview: '#1c5ba8',
  tvtPaperShadow: '0 1px 4px rgba(0, 0, 0, 0.35)',
  tvtCurtain: 'rgba(0, 0, 0, 0.4)',
  tvtFontRail: '11px',
  tvtFontBadge: '10px',
};

const shared: Partial<Theme> = {
  fontFamilyBase: family,
  fontFamilyNumeric: family,
  borderRadiusMedium: '4px',
};

const themes: Readonly<Record<ThemeName, StationTheme>> = {
  light: {
    ...createLightTheme(brand),
    ...shared,
    ...everywhere,
    colorNeutralForeground3: '#565656',
    tvtPracticeBackground: '#9c1671',
    tvtPracticeForeground: '#ffffff',
    tvtPracticeBorder: '#9c1671',
    tvtRail: '#eef2f8',
    tvtRailActive: '#ffffff',
    tvtDesk: '#e4e7ec',
    tvtAttention: '#8a4b00',
    tvtAttentionSurface: '#fff6e5',
    tvtFound: '#ffe58f',
    tvtFoundInk: '#242424',
    tvtDanger: '#a4262c',
    tvtGood: '#0b6a0b',
  },
  dark: {
    ...createDarkTheme(brand),
    ...shared,
    ...everywhere,
    colorBrandForeground1: brand[120],
    colorBrandForeground2: brand[130],
    colorBrandForegroundLink: brand[120],
    colorBrandForegroundLinkHover: brand[130],
    colorCompoundBrandForeground1: brand[120],
    colorCompoundBrandStroke: brand[110],
    tvtPracticeBackground: '#8a1264',
    tvtPracticeForeground: '#ffffff',
    tvtPracticeBorder: '#d65db1',
    tvtRail: '#1b1f26',
    tvtRailActive: '#2c3440',
    tvtDesk: '#17191d',
    tvtAttention: '#ffc871',
    tvtAttentionSurface: '#3a2c12',
    tvtFound: '#6b5200',
    tvtFoundInk: '#ffffff',
    tvtDanger: '#ff9c9c',
    tvtGood: '#8bd48b',
  },
  contrast: {
    ...teamsHighContrastTheme,
    ...shared,
    ...everywhere,
    tvtPracticeBackground: '#000000',
    tvtPracticeForeground: '#ff8af0',
    tvtPracticeBorder: '#ff8af0',
    tvtRail: '#000000',
    tvtRailActive: '#000000',
    tvtDesk: '#000000',
    tvtAttention: '#ffff01',
    tvtAttentionSurface: '#000000',
    tvtFound: '#ffff00',
    tvtFoundInk: '#000000',
    tvtDanger: '#ffff01',
    tvtGood: '#ffffff',
  },
};

/** The Fluent theme of a name, with the station's own tokens. */
export function themeOf(name: ThemeName): StationTheme {
  return themes[name];
}

/** The station's own tokens as CSS variables, used like Fluent's `tokens`. */
export const own: Readonly<Record<keyof OwnTokens, string>> = {
  tvtPracticeBackground: 'var(--tvtPracticeBackground)',
  tvtPracticeForeground: 'var(--tvtPracticeForeground)',
  tvtPracticeBorder: 'var(--tvtPracticeBorder)',
  tvtRail: 'var(--tvtRail)',
  tvtRailActive: 'var(--tvtRailActive)',
  tvtDesk: 'var(--tvtDesk)',
  tvtAttention: 'var(--tvtAttention)',
  tvtAttentionSurface: 'var(--tvtAttentionSurface)',
  tvtFound: 'var(--tvtFound)',
  tvtFoundInk: 'var(--tvtFoundInk)',
  tvtDanger: 'var(--tvtDanger)',
  tvtGood: 'var(--tvtGood)',
  tvtPaper: 'var(--tvtPaper)',
  tvtPaperCheck: 'var(--tvtPaperCheck)',
  tvtNight: 'var(--tvtNight)',
  tvtNightCheck: 'var(--tvtNightCheck)',
  tvtInk: 'var(--tvtInk)',
  tvtSeal: 'var(--tvtSeal)',
  tvtTextSelection: 'var(--tvtTextSelection)',
  tvtMark: 'var(--tvtMark)',
  tvtMarkSurface: 'var(--tvtMarkSurface)',
  tvtPreview: 'var(--tvtPreview)',
  tvtPaperShadow: 'var(--tvtPaperShadow)',
  tvtCurtain: 'var(--tvtCurtain)',
  tvtFontRail: 'var(--tvtFontRail)',
  tvtFontBadge: 'var(--tvtFontBadge)',
};
