/** The document of a charting library's frame: what the library writes into one, or serves under the page's own host. */
export const frameHtml = (theme: string, sheet: string, origin: string): string => `<!doctype html>
<html lang="en" class="${theme}" data-site="binance-frame"><meta charset="utf-8">
<style>${sheet}</style>
<body><div id="toolbar" class="toolbar"></div>
<div class="chart-container active"><div id="chart" class="chart-widget" role="region"></div></div>
<script src="${origin}/-/chart.js"></script></body></html>`;
