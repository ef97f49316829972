// The chosen look before the first paint: the same keys as src/app/theme.ts. Its own file, because
// the content security policy allows no inline script.
(function () {
  try {
    var d = JSON.parse(localStorage.getItem('sanlian.display') || '{}')
    var root = document.documentElement
    var dark = d.theme === 'dark' || (d.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
    root.dataset.theme = dark ? 'dark' : 'light'
    root.dataset.mode = d.elder ? 'elder' : 'standard'
    root.style.setProperty('--font-scale', String([1, 1.15, 1.3, 1.5][d.fontStep || 0] || 1))
  } catch {
    // The app sets the look itself a moment later.
  }
})()
