/** Charts as SVG files: the same rows give the same bytes, and they can be read on light and on dark pages. */
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

export type Chart = {
  /** File name below docs/charts/, without the ending. */
  readonly name: string;
  /** What a person who cannot see the chart should know. */
  readonly description: string;
  readonly spec: TopLevelSpec;
};

/** Text and rules take the colour of the page's text, which the style below sets for either mode. */
const INK = 'currentColor';
/** Distinguishable with colour blindness, on white and on dark grey (Okabe and Ito). */
const SERIES_COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9'];

const CONFIG: NonNullable<TopLevelSpec['config']> = {
  background: 'transparent',
  font: 'system-ui, sans-serif',
  axis: {
    labelColor: INK,
    titleColor: INK,
    domainColor: INK,
    tickColor: INK,
    gridColor: '#808080',
    gridOpacity: 0.3,
    // Names of lines are written out, however long.
    labelLimit: 0,
  },
  legend: { labelColor: INK, titleColor: INK, labelLimit: 0 },
  header: { labelColor: INK, titleColor: INK },
  title: { color: INK, subtitleColor: INK },
  view: { stroke: null },
  text: { color: INK },
  range: { category: SERIES_COLOURS },
};

const STYLE =
  '<style>:root{color:#1f2328}@media (prefers-color-scheme:dark){:root{color:#e6edf3}}</style>';

/** The chart as the text of an SVG file. */
export async function renderSvg({ spec, description }: Chart): Promise<string> {
  const { spec: compiled } = compile({ ...spec, config: CONFIG });
  const view = new View(parse(compiled), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const title = `<title>${escapeText(description)}</title>`;
  return `${svg.replace(/(<svg[^>]*>)/, `$1${title}${STYLE}`)}\n`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
