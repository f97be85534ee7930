// Offers words of the vocabulary in <input data-suggest="processes">, data-many: several, by comma; what is found in all texts in
// <input data-suggest="all">, and of firms alone in "firm", which is then asked for at once. An ARIA combobox.
const korean = document.documentElement.lang === 'ko';
const set = (e, attributes) => {
  for (const name in attributes) e.setAttribute(name, attributes[name]);
  return e;
};
const make = (tag, attributes) => set(document.createElement(tag), attributes);

document.querySelectorAll('input[data-suggest]').forEach((input, number) => {
  const id = `suggest-${number}`, label = input.labels[0]?.firstChild.textContent ?? '';
  const box = make('span', { class: 'suggest' });
  const list = make('ul', { id, role: 'listbox', 'aria-label': label });
  let active, waiting, asked;

  const list_name = input.dataset.suggest, all = ['all', 'firm'].includes(list_name);
  const start = () => ('many' in input.dataset ? input.value.lastIndexOf(',') + 1 : 0);
  const mark = (option) => {
    active?.removeAttribute('aria-selected');
    active = option;
    set(input, { 'aria-activedescendant': option?.id ?? '' });
    if (option) set(option, { 'aria-selected': true }).scrollIntoView({ block: 'nearest' });
  };
  const show = (options) => {
    list.replaceChildren(...options);
    list.hidden = !options.length;
    set(input, { 'aria-expanded': !list.hidden });
    mark();
  };
  const close = () => {
    clearTimeout(waiting);
    asked?.abort();
    show([]);
  };
  const choose = (option) => {
    const before = input.value.slice(0, start());
    input.value = (before && before + ' ') + option.title;
    close();
    if (all) input.form.requestSubmit();
  };
  const option = (hit, i) => {
    const [name, path] = all ? [hit.title, hit.label] : korean ? [hit.ko, hit.path_ko] : [hit.en, hit.path_en];
    const o = make('li', { id: `${id}-${i}`, role: 'option', title: name });
    const more = make('small');
    more.textContent = [!all && hit.match !== 'name' && hit.word, path].filter((s) => s && s !== name).join(' · ');
    o.append(name, more);
    return o;
  };
  const ask = async () => {
    const q = input.value.slice(start()).trim();
    if (!q) return close();
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams(all ? { q, kind: list_name === 'firm' ? 'firm' : '' } : { q, list: list_name, limit: 8 });
    const answer = await fetch((all ? '/api/v1/suggest?' : '/api/v1/vocab?') + query, asked).catch(() => 0);
    if (answer.ok) show((await answer.json()).results.map(option));
  };
  const keys = {
    ArrowDown: () => (list.hidden ? ask() : mark(active?.nextSibling ?? list.firstChild)),
    ArrowUp: () => list.hidden || mark(active?.previousSibling ?? list.lastChild),
    Enter: () => active && choose(active),
    Escape: close,
  };

  input.removeAttribute('list');
  set(input, { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': id, autocomplete: 'off' });
  input.replaceWith(box);
  box.append(input, list);
  close();
  input.onblur = close;
  input.oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  };
  input.onkeydown = (e) => {
    if (e.isComposing || !keys[e.key]) return;
    if (!list.hidden && (active || e.key !== 'Enter')) e.preventDefault();
    keys[e.key]();
  };
  list.onpointerdown = (e) => e.preventDefault();
  list.onclick = (e) => choose(e.target.closest('li'));
});
