// doc/performance.md is written by the benches, each its own section between two marks.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const HEAD = '# Performance\n\nWritten by `script/bench NAME --write`; every ratio is against a rival in the same run on the same machine.\n';

export function machine() {
  const day = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const cpu = os.cpus()[0].model.replace(/\s+/g, ' ').trim();
  return `${day} UTC, ${os.cpus().length} cores (${cpu}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, load ${os.loadavg()[0].toFixed(1)}`;
}

export function write_section(root, name, text) {
  const file = path.join(root, 'doc/performance.md');
  const begin = `<!-- ${name} -->`;
  const end = `<!-- end of ${name} -->`;
  const section = `${begin}\n${text.trim()}\n${end}\n`;
  const old = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : HEAD;
  const at = old.indexOf(begin);
  const next = at < 0 ? `${old}\n${section}` : old.slice(0, at) + section + old.slice(old.indexOf(end) + end.length + 1);
  fs.writeFileSync(file, next);
}
