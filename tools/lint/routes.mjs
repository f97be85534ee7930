// Routes, views and queries that are missing, untested or unused: `node routes.mjs`, at the top of the tree.
// Prints "file:line: what".
import { existsSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';

const say = (file, line, what) => console.log(`${file}${line ? `:${line}` : ''}: ${what}`);
const files = (...patterns) => execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...patterns], { encoding: 'utf8' })
    .split('\n').filter(file => file && existsSync(file));
const texts = list => list.map(file => [file, readFileSync(file, 'utf8')]);
const lineOf = (text, index) => text.slice(0, index).split('\n').length;
const escaped = word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const sources = texts(files('src/*.c', 'src/*.h'));
const views = texts(files('src/*/views/*.html'));
const tests = texts(files('test/http', 'test/browser', 'test/golden').filter(file => /\.(mjs|js|json)$/.test(file)));
const all = sources.map(([, text]) => text).join('\n');
const allViews = views.map(([, text]) => text).join('\n');
const allTests = tests.map(([, text]) => text).join('\n');

/** "/firms/:ref" as it may stand in a test: a literal segment, ${...} or a piece of a joined string. */
function tested(path) {
    const parts = path.split('/').map(part => (part.startsWith(':') ? '[^\\s/\'"`?#]+' : escaped(part)));
    const joined = path.includes('/:') ? `|${escaped(path.slice(0, path.indexOf('/:') + 1))}['"\`]` : '';
    return new RegExp(`(^|[\\s'"\`}\\d])(?:${parts.join('/')}(?=$|[\\s'"\`?#)])${joined})`, 'm').test(allTests);
}

function checkRoutes(file) {
    const text = readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\//g, comment => comment.replace(/[^\n]/g, ' '));
    const seen = new Set();
    for (const hit of text.matchAll(/^ROUTE\((\w+),\s*"([^"]+)",\s*(\w+),\s*(\w+)/gm)) {
        const [, method, path, handler, access] = hit;
        const line = lineOf(text, hit.index);
        const shape = `${method} ${path.replace(/:\w+/g, ':')}`;
        if (seen.has(shape)) say(file, line, `${method} ${path} stands twice`);
        seen.add(shape);
        if (!new RegExp(`^enum status ${handler}\\(struct req \\*\\w+\\)\\s*\\n\\{`, 'm').test(all))
            say(file, line, `no handler ${handler}`);
        if (!access) say(file, line, `${method} ${path} does not say who may`);
        if (!tested(path)) say(file, line, `no test asks for ${method} ${path}`);
    }
    for (const [other, source] of sources)
        for (const hit of source.matchAll(/^enum status (\w+)\(struct req \*\w+\)\s*\n\{/gm))
            if (/_(page|api|post|probe|file|form)$/.test(hit[1]) && /_(page|pages|api)\.c$/.test(other) && !text.includes(` ${hit[1]},`) &&
                !new RegExp(`[^\\w]${hit[1]}\\(`).test(all.replace(hit[0], '')))
                say(other, lineOf(source, hit.index), `the handler ${hit[1]} has no route`);
}

function checkViews() {
    const build = existsSync('src/views/meson.build') ? readFileSync('src/views/meson.build', 'utf8') : '';
    for (const [file, text] of views) {
        if (!build.includes(`'../${file.slice(4)}'`)) say(file, 0, 'is not in src/views/meson.build');
        for (const hit of text.matchAll(/\{\{view (\w+)\(/g)) {
            const called = new RegExp(`[^\\w]${hit[1]}(_open)?\\(`).test(all) ||
                new RegExp(`\\{\\{(>|wrap) ${hit[1]}\\(`).test(allViews);
            if (!called) say(file, lineOf(text, hit.index), `the view ${hit[1]} is not used`);
        }
    }
}

function checkQueries() {
    const list = texts(files('src/*.sql'));
    const build = existsSync('src/meson.build') ? readFileSync('src/meson.build', 'utf8') : '';
    for (const [file, text] of list) {
        if (!build.includes(`'${file.slice(4)}'`)) say(file, 0, 'is not in src/meson.build');
        for (const hit of text.matchAll(/^-- name: (\w+)\(/gm))
            if (!new RegExp(`[^\\w]${hit[1]}(_begin|_each|_json)?\\(`).test(all))
                say(file, lineOf(text, hit.index), `the query ${hit[1]} is not used`);
    }
}

function checkAssets() {
    const assets = files('src/web/assets').filter(file => !file.endsWith('.md'));
    const build = existsSync('src/views/meson.build') ? readFileSync('src/views/meson.build', 'utf8') : '';
    for (const file of assets) {
        if (!build.includes(basename(file))) say(file, 0, 'is not in src/views/meson.build');
        if (file.startsWith('src/web/assets/style/')) continue; // parts of the one stylesheet, put together by the build
        // In a style the name bears its hash, as in the address.
        const named = new RegExp(escaped(basename(file)).replace(/\\\.(?=\w+$)/, '(\\.[0-9a-f]{16})?\\.'));
        const others = texts(assets.filter(other => other !== file && /\.(css|m?js)$/.test(other))).map(([, text]) => text).join('\n');
        if (!named.test(all) && !named.test(allViews) && !named.test(others)) say(file, 0, 'no view, source or style names this file');
    }
}

if (existsSync('src/web/routes.def')) checkRoutes('src/web/routes.def');
checkViews();
checkQueries();
checkAssets();
