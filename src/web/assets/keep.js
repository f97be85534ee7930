// Keeps what is typed in <form data-keep="name"> in this window until the server has it: over reloads, crashes and ways back.
// It never leaves the device, and ends with the window.
for (const form of document.querySelectorAll('form[data-keep]')) {
  const key = `keep ${form.dataset.keep}`;
  const note = form.querySelector('.kept');
  const fields = [...form.elements].filter((e) => e.name && !['hidden', 'range', 'submit'].includes(e.type));
  const given = (e) => ('defaultValue' in e ? e.defaultValue : ([...e.options].find((o) => o.defaultSelected) ?? e.options[0]).value);
  const texts = (of) => JSON.stringify(fields.map((e) => [e.name, of(e)]));
  const shown = texts(given);
  let waiting;

  const say = (words, at) => {
    note.hidden = false;
    note.firstElementChild.textContent = `${words} ${new Date(at).toLocaleTimeString(document.documentElement.lang, { timeStyle: 'short' })}`;
  };
  const forget = () => {
    sessionStorage.removeItem(key);
    note.hidden = true;
  };
  const keep = () => {
    clearTimeout(waiting);
    const typed = texts((e) => e.value);
    if (typed === shown) return forget();
    const at = Date.now();
    try {
      sessionStorage.setItem(key, JSON.stringify({ at, shown, typed }));
      say(note.dataset.saved, at);
    } catch {
      note.hidden = true; // no room or not allowed: nothing is promised
    }
  };

  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  if (kept?.shown === shown && kept.typed !== shown) {
    for (const [name, value] of JSON.parse(kept.typed)) fields.find((e) => e.name === name).value = value;
    say(note.dataset.back, kept.at);
    form.querySelectorAll('details').forEach((d) => (d.open ||= [...d.querySelectorAll('input')].some((e) => e.value)));
  } else forget();

  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 500);
  });
  addEventListener('pagehide', () => waiting && keep());
  note.querySelector('button').addEventListener('click', () => {
    clearTimeout(waiting);
    form.reset();
    forget();
    fields[0].focus();
  });
}
