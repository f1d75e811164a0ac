import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorResolverResult,
} from '@mantine/core'
import { t } from '#web/core/words.ts'

const petrol: MantineColorsTuple = [
  '#e3f4f6',
  '#ceeff3',
  '#9fdde2',
  '#61ced4',
  '#47bfc5',
  '#1f98a0',
  '#036e77',
  '#055b63',
  '#00616a',
  '#0d373b',
]

const solid = (token: string, hover: string) => ({
  background: `var(--${token})`,
  hover: `var(--${hover})`,
  color: token === 'danger' ? 'var(--on-danger)' : 'var(--on-accent)',
  border: 'none',
})

const soft = (token: 'accent' | 'danger') => ({
  background: 'transparent',
  hover: `var(--${token}-soft)`,
  color: token === 'accent' ? 'var(--accent-text)' : 'var(--danger)',
  border: 'none',
})

const quiet = { background: 'transparent', hover: 'var(--bg-hover)', color: 'var(--text-2)', border: 'none' }

const looks: Readonly<Record<string, VariantColorResolverResult>> = {
  'petrol-filled': solid('accent', 'accent-hover'),
  'petrol-subtle': soft('accent'),
  'petrol-light': soft('accent'),
  'danger-filled': solid('danger', 'danger'),
  'danger-subtle': soft('danger'),
  'danger-light': soft('danger'),
  'gray-subtle': quiet,
}

/** From ink to paper and back, so that what Mantine draws by its own shades is Harbour too. */
const ink: MantineColorsTuple = [
  '#e8ecef',
  '#aeb5bb',
  '#8e969d',
  '#6c767f',
  '#2f363d',
  '#242b31',
  '#1c2328',
  '#12181d',
  '#0c1115',
  '#090d10',
]
const paper: MantineColorsTuple = [
  '#f3f6f9',
  '#ecf0f3',
  '#dfe3e7',
  '#ced3d8',
  '#a3abb2',
  '#7f878f',
  '#636d76',
  '#4a545d',
  '#2f383f',
  '#1a232b',
]

/** Mantine leaves the button that closes a dialog without a name. */
const named = { 'aria-label': t('Close') }

/** Harbour, as Mantine wants it: the tokens in tokens.css are the only place where a colour is chosen. */
export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 6, dark: 4 },
  colors: { petrol, dark: ink, gray: paper },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '0.9375rem', xl: '1.0625rem' },
  lineHeights: { xs: '1.34', sm: '1.54', md: '1.43', lg: '1.6', xl: '1.41' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.28' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.41' },
      h3: { fontSize: '0.875rem', lineHeight: '1.43' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  shadows: { md: 'var(--shadow)', lg: 'var(--shadow)', xl: 'var(--shadow)' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Text: { defaultProps: { size: 'sm' } },
    Modal: { defaultProps: { radius: 'lg', centered: true, closeButtonProps: named } },
    CloseButton: { defaultProps: named },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 0 } } },
  },
  variantColorResolver: (input) =>
    looks[`${input.color ?? 'petrol'}-${input.variant}`] ?? defaultVariantColorsResolver(input),
})

/** Mantine's own error red and dark button text fail contrast; the tokens that replace them do not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--bg-surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-anchor': 'var(--accent-text)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-default': 'var(--bg-surface)',
    '--mantine-color-default-hover': 'var(--bg-hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--border-control)',
    '--mantine-color-disabled': 'var(--bg-sunken)',
    '--mantine-color-disabled-color': 'var(--text-3)',
    '--mantine-color-disabled-border': 'var(--border)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-primary-color-light': 'var(--accent-soft)',
    '--mantine-primary-color-light-color': 'var(--accent-text)',
  },
  light: {},
  dark: {},
})
