/** The look of the page: Designers Italia's blue, a table per system, dark where the reader's system is. */
export const style = `
:root { color-scheme: light dark; --ink: light-dark(#17324d, #e6ecf2); --paper: light-dark(#fff, #10202f); --line: light-dark(#d9dadb, #33475b);
  --soft: light-dark(#f2f7fc, #182c3f); --blue: #06c; --red: light-dark(#b3001b, #ff8a8a); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.45 'Titillium Web', system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { background: var(--blue); color: #fff; padding: 1rem 1.5rem; display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; }
header h1 { font-size: 1.5rem; margin: 0; } header p { margin: 0; flex: 1 1 20rem; } header a { color: #fff; }
.warning { background: var(--soft); border-bottom: 1px solid var(--line); margin: 0; padding: .4rem 1.5rem; }
main { padding: 1rem 1.5rem; } form.search { display: flex; gap: .5rem; margin-bottom: 1rem; align-items: center; }
input { font: inherit; padding: .35rem .6rem; border: 1px solid #5d7083; border-radius: 4px; background: var(--paper); color: var(--ink); min-width: 0; }
form.search input { width: 22rem; max-width: 100%; }
button { font: inherit; padding: .35rem .7rem; border: 1px solid var(--blue); border-radius: 4px; background: var(--paper); color: light-dark(#06c, #8cc2ff); cursor: pointer; }
button:hover { background: var(--soft); } button.main { background: var(--blue); color: #fff; }
:focus-visible { outline: 3px solid #f90; outline-offset: 1px; }
.systems { display: grid; grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); gap: 1.25rem; align-items: start; }
section { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
section > h2 { font-size: 1.1rem; margin: 0; padding: .6rem .9rem; background: var(--soft); display: flex; justify-content: space-between; }
.faults { padding: .6rem .9rem; border-block: 1px solid var(--line); } .faults h3 { font-size: .95rem; margin: 0 0 .3rem; }
.faults ul { margin: 0 0 .5rem; padding-left: 1.2rem; color: var(--red); } .faults p { margin: 0 0 .5rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .35rem; } .buttons input { width: 11rem; } .buttons + .buttons { margin-top: .35rem; }
.scroll { max-height: 70vh; overflow: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th { position: sticky; top: 0; background: var(--paper); text-align: left; border-bottom: 2px solid var(--line); }
th, td { padding: .25rem .6rem; vertical-align: top; } tr + tr td { border-top: 1px solid var(--line); }
td.code { white-space: nowrap; font-variant-numeric: tabular-nums; } tr.ended td { opacity: .6; } .note { padding: .5rem .9rem; margin: 0; }
${[1, 2, 3, 4, 5, 6].map((depth) => `td.depth-${depth} { padding-left: ${0.6 + depth * 0.7}rem; }`).join('\n')}
`;
