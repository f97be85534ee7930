// clang-tidy over every C file of the build, two at a time: `node tidy.mjs BUILD`. A file is asked again only when it, a header
// of ours that it includes, its compiler call or .clang-tidy has changed (BUILD/tidy/HASH holds the answer). A file that takes
// more than 120 s is a finding. Prints "file:line:column: what".
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const build = resolve(process.argv[2]);
const root = process.cwd();
const cache = join(build, 'tidy');
mkdirSync(cache, { recursive: true });

const inside = file => !relative(root, file).startsWith('..') && !file.startsWith(`${build}/`);

/** Object file -> our own sources and headers that it was made of. */
function dependencies() {
    const made = new Map();
    let of;
    for (const line of execFileSync('ninja', ['-C', build, '-t', 'deps'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n')) {
        const head = /^(\S+): #deps/.exec(line);
        if (head) made.set(head[1], of = []);
        else if (line.startsWith('    ')) of.push(resolve(build, line.trim()));
    }
    return made;
}

const contents = new Map();
function content(file) {
    if (!contents.has(file)) contents.set(file, existsSync(file) ? readFileSync(file) : '');
    return contents.get(file);
}

function key(command, files) {
    const hash = createHash('sha256').update(content(join(root, '.clang-tidy'))).update(command);
    for (const file of files.filter(file => !file.startsWith('/usr/')).sort()) hash.update(file).update(content(file));
    return join(cache, hash.digest('hex'));
}

const made = dependencies();
const todo = [];
const asked = new Set();
for (const entry of JSON.parse(readFileSync(join(build, 'compile_commands.json'), 'utf8'))) {
    const file = resolve(entry.directory, entry.file);
    if (!inside(file) || asked.has(file)) continue;
    asked.add(file);
    todo.push({ file, path: key(entry.command, made.get(entry.output) ?? [file]) });
}

function ask({ file, path }) {
    if (existsSync(path)) return Promise.resolve(readFileSync(path, 'utf8'));
    return new Promise(done => execFile('clang-tidy', ['--quiet', '-p', build, file], { timeout: 120000, maxBuffer: 1 << 26 },
        (error, out) => {
            const name = relative(root, file);
            if (error?.killed) return done(`${name}:1: clang-tidy takes more than 120 s\n`);
            const found = out.split('\n').filter(line => /: (error|warning): /.test(line))
                .map(line => relative(root, resolve(line.startsWith('.') ? build : root, line.split(':')[0])) +
                    line.slice(line.indexOf(':')).replace(/,-warnings-as-errors\]$/, ']'));
            if (error && !found.length) return done(`${name}:1: clang-tidy fails: ${error.code}\n`);
            const text = found.map(line => `${line}\n`).join('');
            writeFileSync(path, text);
            done(text);
        }));
}

const lines = new Set();
async function worker() {
    for (let next = todo.shift(); next; next = todo.shift())
        (await ask(next)).split('\n').filter(Boolean).forEach(line => lines.add(line));
}
await Promise.all([worker(), worker()]);
[...lines].sort().forEach(line => console.log(line));
