/** Style of the documentation; light and dark by the reader's choice. */
export const PAGE_STYLE = `:root{color-scheme:light dark;--line:#8884;--soft:#8881;--muted:#777;--accent:#1f6feb;--get:#1a7f37;--post:#1f6feb;--patch:#9a6700;--delete:#cf222e}
*{box-sizing:border-box}
body{margin:0;font:15px/1.55 system-ui,sans-serif;display:grid;grid-template-columns:19rem minmax(0,1fr)}
body:has(.article){display:block}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
nav{position:sticky;top:0;height:100vh;overflow:auto;border-right:1px solid var(--line);padding:1rem}
nav .brand{font-weight:700;color:inherit;display:block;margin-bottom:.75rem}
nav input{width:100%;padding:.45rem .6rem;font:inherit;border:1px solid var(--line);border-radius:.4rem;background:transparent;color:inherit}
nav #found{font-size:.8rem;color:var(--muted);margin:.3rem 0;min-height:1.2rem}
nav h2{font-size:.75rem;text-transform:uppercase;letter-spacing:.05em;margin:1rem 0 .3rem}nav h2 a{color:var(--muted)}
nav ul{list-style:none;margin:0;padding:0}nav li a{display:block;padding:.15rem 0;color:inherit;font-size:.88rem}
b.get,b.post,b.patch,b.put,b.delete{font:600 .68rem/1 ui-monospace,monospace;text-transform:uppercase;display:inline-block;min-width:2.9rem}
b.get{color:var(--get)}b.post{color:var(--post)}b.patch,b.put{color:var(--patch)}b.delete{color:var(--delete)}
main{padding:1.5rem 2.5rem 6rem;max-width:90rem}
main.article{max-width:48rem;margin:0 auto}
h1{margin:.2rem 0 .6rem}h3{margin:0 0 .2rem;font-size:1.15rem}h4{margin:1rem 0 .3rem;font-size:.9rem}
.links a{margin-right:1.2rem}.crumbs{color:var(--muted)}
.group>h2{margin-top:3rem;padding-bottom:.3rem;border-bottom:2px solid var(--line)}
article{padding:1.4rem 0;border-bottom:1px solid var(--line);scroll-margin-top:0}
.anchor{color:var(--muted);opacity:.4}.route{margin:.1rem 0}.route .id{float:right;color:var(--muted);background:none}
.columns{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:2rem}
code{font:.86em ui-monospace,SFMono-Regular,Menlo,monospace;background:var(--soft);padding:.1em .3em;border-radius:.25rem}
pre{margin:0;padding:.7rem .9rem;overflow:auto;max-height:26rem;background:var(--soft);border-radius:0 0 .4rem .4rem}pre code{background:none;padding:0;font-size:.8rem}
main.article pre{border-radius:.4rem}
figure{margin:0 0 1rem;border:1px solid var(--line);border-radius:.4rem}
figcaption{padding:.25rem .9rem;font-size:.78rem;color:var(--muted);border-bottom:1px solid var(--line);display:flex;justify-content:space-between;align-items:center}
.copy{font:inherit;border:1px solid var(--line);border-radius:.3rem;background:transparent;color:inherit;cursor:pointer}
table{border-collapse:collapse;width:100%}td,th{padding:.3rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);font-weight:400}
.fields th{width:38%}.fields i{display:block;font-size:.72rem;color:var(--muted)}.fields .type{color:var(--muted);font-size:.8rem;margin-right:.3rem}
.depth-1 th{padding-left:1.4rem}.depth-2 th{padding-left:2.6rem}.depth-3 th{padding-left:3.8rem}
.or{color:var(--muted);text-align:center;margin:.3rem}
.status{font:600 .75rem ui-monospace,monospace;border:1px solid var(--line);border-radius:.3rem;padding:.1rem .35rem}
details{margin:.6rem 0}summary{cursor:pointer;font-size:.9rem;font-weight:600}
[hidden]{display:none!important}
@media (max-width:70rem){.columns{grid-template-columns:minmax(0,1fr)}}
@media (max-width:50rem){body{display:block}nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line)}main{padding:1rem}}
`;
