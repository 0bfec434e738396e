/**
 * What the profile uses of uPlot is lines over one linear axis that is not shown: no time, no logarithm, no legend, no focus, no bands,
 * no selection, no other plots to keep in step with. uPlot decides all of that by options at run time, so nothing falls away by itself;
 * what is stated here lets the minifier drop the rest, a quarter of it. `tests/scripts/slim-uplot.test.ts` holds that each still applies.
 */
export const UPLOT_FACTS: readonly (readonly [what: RegExp, fact: string])[] = [
  // It hangs every way to draw a series and its helpers on itself.
  [
    /\(?(?:paths\.(?:stepped|bars|spline)|uPlot\.(?:assign|fmtNum|range\w+|orient|join|fmtDate|tzDate|sync|addGap|clipGaps)) *= \w+\)?;/g,
    '',
  ],
  [/const (?:_time\w+|_fmtDate|_tzDate|\[ timeIncrs\w+,.*\]) *= .*;/g, ''],
  [/let isTime = .*;/g, 'const isTime = false;'],
  [/const showLegend = .*;/g, 'const showLegend = false;'],
  [/if \(legend\.live\)/g, 'if (false)'],
  [/const cursorFocus = .*;/g, 'const cursorFocus = false;'],
  [/(?:\w+\.)?distr (?:== (?:2|3|4|100)|>= 3)\b/g, 'false'],
  [/mode == 2/g, 'false'],
  [/mode == 1/g, 'true'],
  [/src != null/g, 'false'],
  [/src == null/g, 'true'],
  [/syncKey != null/g, 'false'],
  [/\baxis\._?show\b(?! =)/g, 'false'],
  [/flags != 0 && bands\.forEach/g, 'false && bands.forEach'],
  [/if \(select\.show && dragging\)/g, 'if (false)'],
  [/if \(drag\.setScale && hasSelect && chgSelect\)/g, 'if (false)'],
  [/if \(cursor\._lock\)/g, 'if (false)'],
  [/else if \(cursor\.lock\)/g, 'else if (false)'],
  [/isTime \?/g, 'false ?'],
  // Every scale states its range: nothing is gauged by the data, nor rounded to steps of an axis.
  [/accScale\(wsc, .*\);/g, '0;'],
  [/rangeNum\(dataMin, dataMax, .*\)/g, 'nullNullTuple'],
  [/\[_min, _max\] = rangeNum\(.*\);/g, '_min = _max;'],
  [/const (?:days3|months3|localTz|\w+Incrs) *= .*;|\b(?:MMM|WWW): +\w+,|^genIncrs\(2.*;/gm, ''],
  // Prices run from left to right, as the first series.
  [/scaleX\.ori == 0/g, 'true'],
  [/scaleX\.ori == 1/g, 'false'],
  [/let \[ bandFillDir, bandClipDir \] = .*;/g, 'const bandFillDir = 0, bandClipDir = 0;'],
  [/if \(bandClip\) \{/g, 'if (false) {'],
  // The cursor follows the pointer, and that is all: it selects nothing, marks no point and tells no other plot.
  [/select\.show\b/g, 'false'],
  [/onMouse\(mousedown, +over, mouseDown\);|onMouse\(dblclick, over, dblClick\);|events\.\w+ = \w+;/g, ''],
  [/if \((?:_dragging|dragging(?= &&|\)))/g, 'if (false'],
  [/if \(initial\)/g, 'if (false)'],
  [/pubSync\(.*\);/g, '0;'],
  [/sync\.(?:un)?sub\(self\);|const sync = .*;|self\.pub = pub;/g, ''],
  [/events\["setSeries"\] = [^]*?\n\t\};/g, ''],
  [/if \(cursor\.dataIdx == null\)/g, 'if (false)'],
  [
    /for \(let i = (?:mode == 2|false) \? 1 : 0; i < series\.length; i\+\+\) \{\s+let s = series\[i\];\s+let idx1/g,
    'for (;false;) { let s, i, idx1',
  ],
  [/if \(shouldSetLegend\)/g, 'if (false)'],
  // What else a plot can be told to do, and is not.
  [/self\.(?:(?:add|del)Series|(?:add|set|del)Band|set(?:Size|Scale|Series|Select|Legend)|batch|posToIdx) = \w+;/g, ''],
  // No points on lines, and none at the cursor.
  [/let show = s\.points\.show\(.*\);/g, 'const show = false;'],
  [/let idxs = s\.points\.filter\(.*\);/g, 'const idxs = null;'],
  [/if \(pt instanceof HTMLElement\)/g, 'if (false)'],
];

export const slimUplot = {
  name: 'slim-uplot',
  transform: (code: string, id: string) =>
    id.includes('uPlot.esm')
      ? { code: UPLOT_FACTS.reduce((text, [what, fact]) => text.replaceAll(what, fact), code), map: null }
      : null,
};
