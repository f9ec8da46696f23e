/** Of the release notes, for screen and A4 portrait. */
export const notesStyle = `
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; color: #555 } }
* { box-sizing: border-box }
body { margin: 0; background: #f4f6f8; color: #17212b; font: 16px/1.5 "Titillium Web", "Segoe UI", "DejaVu Sans", sans-serif }
main { max-width: 56rem; margin: 0 auto; padding: 2rem 2.5rem 3rem; background: #fff }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; color: #003366 }
.subtitle { margin: .25rem 0 1rem; font-size: 1.15rem; font-weight: 600 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; padding: .75rem 1rem; background: #eef3f8; font-size: .9rem }
dt { color: #455a6e }
dd { margin: 0; overflow-wrap: anywhere }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1.25rem 0; padding: 0; list-style: none }
.counts li { padding: .35rem .8rem; border: 1px solid #c5d3e0; border-radius: 1rem; font-size: .9rem }
.counts b { color: #003366 }
section { margin-top: 2rem }
h2 { margin: 0 0 .25rem; padding-bottom: .25rem; border-bottom: 2px solid #0066cc; font-size: 1.3rem; color: #003366; break-after: avoid }
.intro { margin: .25rem 0 .75rem; color: #455a6e; break-after: avoid }
.items { margin: 0; padding: 0; list-style: none }
.items > li { padding: .6rem 0; border-bottom: 1px solid #e3e9ef; break-inside: avoid }
.items p { margin: .15rem 0 0; font-size: .92rem; color: #455a6e }
.says { font-weight: 500 }
code { padding: .05rem .35rem; border-radius: .2rem; background: #e6eef7; font: 600 .92em "DejaVu Sans Mono", Consolas, monospace; color: #003366; white-space: nowrap }
details { margin-top: .35rem; font-size: .92rem }
summary { color: #455a6e }
details ul { margin: .25rem 0; padding-left: 1.25rem }
details li { padding: .1rem 0 }
.warning { padding: 1rem 1.25rem; border: 3px solid #b3261e; border-radius: .4rem; background: #fdeeed }
.warning h2 { border: 0; color: #8c1d18 }
.warning h2::before { content: "⚠ " }
.warning .items > li { border-color: #f2c4c1 }
.warning .intro, .warning p { color: #4a1512 }
@media print { body { background: none; font-size: 10.5pt } main { max-width: none; padding: 0 } }
`;
