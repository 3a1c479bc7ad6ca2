'use strict';
(() => {
  const typing = element => element.matches('input, textarea, select, [contenteditable]');
  let going = false;
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (event.key === '/') {
      const field = document.querySelector('[data-search]');
      if (field) { event.preventDefault(); field.focus(); } else { location.assign('/tickets'); }
    } else if (event.key === 'g') {
      going = true;
      setTimeout(() => { going = false; }, 1500);
    } else if (going) {
      going = false;
      const link = document.querySelector(`nav a[data-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
    } else if (event.key === 'j' || event.key === 'k') {
      const rows = [...document.querySelectorAll('tbody th a, tbody td:first-child a')];
      if (rows.length === 0) return;
      const at = rows.indexOf(document.activeElement);
      rows[Math.max(0, Math.min(rows.length - 1, at + (event.key === 'j' ? 1 : -1)))].focus();
    }
  });
  document.addEventListener('submit', event => {
    const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });
  const stale = on => document.body.classList.toggle('stale', on);
  document.addEventListener('htmx:sendError', () => stale(true));
  document.addEventListener('htmx:timeout', () => stale(true));
  document.addEventListener('htmx:responseError', () => stale(true));
  document.addEventListener('htmx:afterSwap', () => stale(false));
})();
