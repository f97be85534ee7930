// Moving a weight ranks again at once: the same address with the new weights, of which the results are taken.
const form = document.querySelector('form.need-form');
let asked;

async function rank() {
  if (form.method === 'post') return form.requestSubmit(); // a saved need: saving it ranks again
  asked?.abort();
  asked = new AbortController();
  const url = new URL(form.action);
  url.search = new URLSearchParams(new FormData(form)).toString();
  try {
    const text = await (await fetch(url, { signal: asked.signal })).text();
    const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('#results');
    if (fresh) document.querySelector('#results').replaceWith(fresh);
    history.replaceState(null, '', url);
  } catch (e) {
    if (e.name !== 'AbortError') form.requestSubmit();
  }
}

form?.querySelectorAll('input[type=range]').forEach((slider) => {
  slider.addEventListener('input', () => (slider.closest('.weight').querySelector('output').value = slider.value));
  slider.addEventListener('change', rank);
});
