// How everything looks. Colours are chosen so that every text has the contrast that WCAG AA asks for.
import { type CSSVariablesResolver, createTheme } from "@mantine/core";

// A dialog's heading line is not the header of the page, which is how screen readers would tell of it.
const plainHeader = { defaultProps: { attributes: { header: { role: "presentation" } } } };

export const theme = createTheme({
  components: { Modal: plainHeader, Drawer: plainHeader },
  primaryColor: "indigo",
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: "md",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif",
  headings: { fontWeight: "650" },
  cursorType: "pointer",
  respectReducedMotion: true,
});

const TEXT_COLOURS = [
  "gray",
  "red",
  "pink",
  "grape",
  "violet",
  "indigo",
  "blue",
  "cyan",
  "teal",
  "green",
  "lime",
  "yellow",
  "orange",
];

/** A darker text on light grounds, and a lighter one on dark grounds, than Mantine has by itself. */
export const readableColours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "var(--mantine-color-gray-7)",
    "--mantine-color-placeholder": "var(--mantine-color-gray-7)",
    "--mantine-color-error": "var(--mantine-color-red-9)",
    "--mantine-color-anchor": "var(--mantine-color-indigo-8)",
    ...Object.fromEntries(
      TEXT_COLOURS.map((colour) => [
        `--mantine-color-${colour}-light-color`,
        `color-mix(in srgb, var(--mantine-color-${colour}-9) 70%, black)`,
      ]),
    ),
  },
  dark: {
    "--mantine-color-dimmed": "var(--mantine-color-dark-1)",
    "--mantine-color-placeholder": "var(--mantine-color-dark-1)",
    "--mantine-color-error": "var(--mantine-color-red-4)",
    ...Object.fromEntries(
      TEXT_COLOURS.map((colour) => [
        `--mantine-color-${colour}-light-color`,
        `var(--mantine-color-${colour}-2)`,
      ]),
    ),
  },
});
