/** Search and copy buttons of the documentation. The page is complete without it. */
export const PAGE_SCRIPT = `'use strict';
const search = document.getElementById('search');
const found = document.getElementById('found');
const entries = [...document.querySelectorAll('nav li')];
const groups = [...document.querySelectorAll('nav section')];
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  for (const entry of entries) {
    const matches = words.every((word) => entry.dataset.words.includes(word));
    entry.hidden = !matches;
    const article = document.querySelector(entry.querySelector('a').hash);
    if (article) article.hidden = !matches;
    if (matches) count += 1;
  }
  for (const group of groups) group.hidden = !group.querySelector('li:not([hidden])');
  for (const group of document.querySelectorAll('main .group')) group.hidden = !group.querySelector('article:not([hidden])');
  found.textContent = words.length === 0 ? '' : count + ' of ' + entries.length + ' operations';
}
search.addEventListener('input', filter);
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
  if (event.key === 'Escape' && document.activeElement === search) {
    search.value = '';
    filter();
  }
});
document.addEventListener('click', async (event) => {
  const button = event.target.closest('.copy');
  if (!button) return;
  await navigator.clipboard.writeText(button.closest('figure').querySelector('code').textContent);
  button.textContent = 'Copied';
  setTimeout(() => (button.textContent = 'Copy'), 1500);
});
`;
