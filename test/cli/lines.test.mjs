// Lines that are refused: each with its number, field and reason in both languages, and nothing of it stored; the good lines
// around it are. One file holds a good line after every bad one, so that a reader that loses its place is found out.
import test from 'node:test';
import assert from 'node:assert/strict';
import { folder, good, lines as lines_of, new_sqlite, run, write } from '../product.mjs';

const dir = folder();

// The sentences as users read them, written here once more: a changed sentence must be seen.
const words = {
  json: ['is not well-formed JSON: ', '올바른 JSON이 아닙니다: '],
  text: ['is not valid UTF-8 text', '올바른 UTF-8 글자가 아닙니다'],
  unknown: ['is not a known field', '모르는 항목입니다'],
  missing: ['is required', '꼭 필요한 항목입니다'],
  beside: ['is required beside %s', '함께 적어야 하는 항목입니다: %s'],
  type: ['must be %s', '%s 값이어야 합니다'],
  number: ['must be a number%s', '숫자여야 합니다%s'],
  whole: ['must be a whole number of at least %s', '%s 이상인 정수여야 합니다'],
  quoted: ['must be text in quotation marks', '따옴표로 묶은 글이어야 합니다'],
  day: ['must be a date as text, such as "2027-03-31"', '"2027-03-31"처럼 따옴표로 묶은 날짜여야 합니다'],
  code: ['has an unknown code: %s', '모르는 코드입니다: %s'],
  range: ['must be %s', '허용 범위를 벗어났습니다: %s'],
  order: ['has a minimum above its maximum', '최솟값이 최댓값보다 큽니다'],
  date: ['is not a date such as 2027-03-31: %s', '2027-03-31 같은 날짜가 아닙니다: %s'],
  count: ['has %s', '개수가 맞지 않습니다: %s'],
  used: ['is used already: %s', '이미 쓰인 값입니다: %s'],
  conflict: ['does not go together: %s', '함께 쓸 수 없습니다: %s'],
  long: ['is too long (%s)', '너무 깁니다(%s)'],
};

const site = (more = {}) => ({ org: { name: '가' }, site: { name: '본사' }, ...more });
const capability = (more) => site({ capabilities: [{ process: 'HEAT', ...more }] });
const box = '[x, y, z], [d, l]';
const long = '가'.repeat(22);

// [line, field, reason, detail] or [line, [field, reason, detail], ...]
const bad_sites = [
  ['{"org":', '', 'json'],
  ['oops', '', 'json'],
  ['{"org":{"name":"가"},"site":{"name":"나"}} {}', '', 'json'],
  ["{'org':1}", '', 'json'],
  ['{"org":{"name":"가"},"org":{"name":"나"},"site":{"name":"나"}}', '', 'json'],
  ['{"org":{"name":"가\\u0000"},"site":{"name":"나"}}', '', 'json'],
  ['{"org":{"name":"\\ud800"},"site":{"name":"나"}}', '', 'json'],
  ['{"org":{"name":"가\u0000"},"site":{"name":"나"}}', '', 'text'],
  ['{"org":{"name":"가"},"site":{"name":"나","lat":1e999}}', '', 'json'],
  ['{"org":{"name":"가"},"site":{"name":"나","lat":NaN}}', '', 'json'],
  ['['.repeat(100) + ']'.repeat(100), '', 'json'],
  [Buffer.from('{"org":{"name":"\xff"},"site":{"name":"a"}}', 'latin1'), '', 'text'],
  [Buffer.from('{"org":{"name":"\xed\xa0\x80"},"site":{"name":"a"}}', 'latin1'), '', 'text'],
  [Buffer.from('{"org":{"name":"\xc0\xaf"},"site":{"name":"a"}}', 'latin1'), '', 'text'],
  ['[1]', '', 'type', '{…}'],
  ['"x"', '', 'type', '{…}'],
  ['null', '', 'type', '{…}'],
  ['{}', ['org', 'missing'], ['site', 'missing']],
  [{ org: { name: ' ' }, site: {} }, ['org.name', 'missing'], ['site.name', 'missing']],
  [{ org: '가', site: [] }, ['org', 'type', '{…}'], ['site', 'missing']],
  [site({ sites: 1 }), 'sites', 'unknown'],
  [{ org: { name: '가', Name: '나' }, site: { name: '나' } }, 'org.Name', 'unknown'],
  [{ org: { name: '가' }, site: { name: '나', lng: 127 } }, 'site.lng', 'unknown'],
  [capability({ mass: 3 }), 'capabilities[0].mass', 'unknown'],
  [capability({ price: { won: 3 } }), 'capabilities[0].price.won', 'unknown'],
  [capability({ force_t: { min: 3 } }), 'capabilities[0].force_t.min', 'unknown'],
  [site({ certificates: [{ code: 'ISO9001', to: '2027-01-01' }] }), 'certificates[0].to', 'unknown'],
  [site({ capabilities: [{}] }), 'capabilities[0].process', 'missing'],
  [site({ certificates: [{}] }), 'certificates[0].code', 'missing'],
  [site({ capabilities: [{ process: 'HEAT' }, { process: 'heat' }] }), 'capabilities[1].process', 'code', 'heat'],
  [capability({ materials: ['STEEL', 'STEELS'] }), 'capabilities[0].materials', 'code', 'STEELS'],
  [capability({ industries: ['CARS'] }), 'capabilities[0].industries', 'code', 'CARS'],
  [capability({ evidence: 'hearsay' }), 'capabilities[0].evidence', 'code', 'hearsay'],
  [capability({ hardness: { scale: 'HRX', min: 3 } }), 'capabilities[0].hardness.scale', 'code', 'HRX'],
  [{ org: { name: '가' }, site: { name: '나', region: 'KR.99' } }, 'site.region', 'code', 'KR.99'],
  [site({ certificates: [{ code: 'ISO 9001' }] }), 'certificates[0].code', 'code', 'ISO 9001'],
  [{ org: { name: 1 }, site: { name: '나' } }, 'org.name', 'quoted'],
  [{ org: { name: '가' }, site: { name: '나', lat: '36', lon: 127 } }, 'site.lat', 'number'],
  [{ org: { name: '가' }, site: { name: '나', lat: 36 } }, 'site.lon', 'beside', 'lat'],
  [{ org: { name: '가' }, site: { name: '나', lon: 127, lat: null } }, 'site.lat', 'beside', 'lon'],
  [site({ certificates: [{ code: 'ISO9001', until: 20270101 }] }), 'certificates[0].until', 'day'],
  [site({ capabilities: {} }), 'capabilities', 'type', '[{…}]'],
  [site({ capabilities: [1] }), 'capabilities[0]', 'type', '{…}'],
  [site({ certificates: 'ISO9001' }), 'certificates', 'type', '[{…}]'],
  [site({ certificates: ['ISO9001'] }), 'certificates[0]', 'type', '{…}'],
  [capability({ materials: 'STEEL' }), 'capabilities[0].materials', 'type', '["…"]'],
  [capability({ tags: [1] }), 'capabilities[0].tags', 'type', '["…"]'],
  [capability({ mass_kg: 5 }), 'capabilities[0].mass_kg', 'type', '{…}'],
  [capability({ ra_um: true }), 'capabilities[0].ra_um', 'number', ' (> 0)'],
  [capability({ lead_days: 1.5 }), 'capabilities[0].lead_days', 'whole', '0'],
  [capability({ lead_days: '3' }), 'capabilities[0].lead_days', 'whole', '0'],
  [capability({ size_mm: 5 }), 'capabilities[0].size_mm', 'type', box],
  [capability({ size_mm: [1, '2'] }), 'capabilities[0].size_mm', 'type', box],
  [capability({ size_mm: [1] }), 'capabilities[0].size_mm', 'count', `1: ${box}`],
  [capability({ size_mm: [1, 2, 3, 4] }), 'capabilities[0].size_mm', 'count', `4: ${box}`],
  [capability({ size_mm: [1, 0] }), 'capabilities[0].size_mm', 'range', '> 0'],
  [capability({ mass_kg: { max: 0 } }), 'capabilities[0].mass_kg.max', 'range', '> 0'],
  [capability({ mass_kg: { min: -0.1 } }), 'capabilities[0].mass_kg.min', 'range', '>= 0'],
  [capability({ force_t: { max: -1 } }), 'capabilities[0].force_t.max', 'range', '> 0'],
  [capability({ ra_um: 0 }), 'capabilities[0].ra_um', 'range', '> 0'],
  [capability({ tolerance: { it: 0 } }), 'capabilities[0].tolerance.it', 'range', '>= 1'],
  [capability({ tolerance: { it: 19 } }), 'capabilities[0].tolerance.it', 'range', '1..18'],
  [capability({ tolerance: { mm: 0.1, at_mm: 0 } }), 'capabilities[0].tolerance.at_mm', 'range', '> 0'],
  [capability({ batch: { min: 0 } }), 'capabilities[0].batch.min', 'range', '>= 1'],
  [capability({ free_per_month: -1 }), 'capabilities[0].free_per_month', 'range', '>= 0'],
  [capability({ free_kg_per_month: -1 }), 'capabilities[0].free_kg_per_month', 'range', '>= 0'],
  [capability({ lead_days: -1 }), 'capabilities[0].lead_days', 'range', '>= 0'],
  [capability({ price: { setup_won: -1 } }), 'capabilities[0].price.setup_won', 'range', '>= 0'],
  [capability({ energy_kwh_per_kg: -1 }), 'capabilities[0].energy_kwh_per_kg', 'range', '>= 0'],
  [{ org: { name: '가' }, site: { name: '나', lat: 90.1, lon: 181 } }, ['site.lat', 'range', '-90..90'], ['site.lon', 'range', '-180..180']],
  [capability({ mass_kg: { min: 2, max: 1 } }), 'capabilities[0].mass_kg', 'order'],
  [capability({ thickness_mm: { min: 2, max: 1 } }), 'capabilities[0].thickness_mm', 'order'],
  [capability({ layer_um: { min: 2, max: 1 } }), 'capabilities[0].layer_um', 'order'],
  [capability({ batch: { min: 2, max: 1 } }), 'capabilities[0].batch', 'order'],
  [capability({ hardness: { scale: 'HRC', min: 2, max: 1 } }), 'capabilities[0].hardness', 'order'],
  [capability({ hardness: { min: 2 } }), 'capabilities[0].hardness.scale', 'missing'],
  [capability({ tolerance: { it: 7, mm: 0.1 } }), 'capabilities[0].tolerance', 'conflict', 'it, mm'],
  [capability({ tolerance: { at_mm: 7 } }), 'capabilities[0].tolerance', 'conflict', 'it, mm'],
  [site({ certificates: [{ code: 'ISO9001', until: '2027-02-29' }] }), 'certificates[0].until', 'date', '2027-02-29'],
  [site({ certificates: [{ code: 'ISO9001', until: '2027.02.28' }] }), 'certificates[0].until', 'date', '2027.02.28'],
  [{ org: { name: '가' }, site: { name: '나', ref: long } }, 'site.ref', 'long', '1..64 bytes'],
  [capability({ ref: long }), 'capabilities[0].ref', 'long', '1..64 bytes'],
  [{ org: { name: '가' }, site: { name: '나', ref: 'good-0' } }, 'site.ref', 'used', 'good-0'],
  [capability({ ref: 'c-0' }), 'capabilities[0].ref', 'used', 'c-0'],
  [site({ capabilities: [{ process: 'HEAT', ref: 'x' }, { process: 'HEAT', ref: 'x' }] }), 'capabilities[1].ref', 'used', 'x'],
];

const step = (more) => ({ steps: [{ process: 'HEAT', ...more }] });
const bad_needs = [
  ['{"steps":', '', 'json'],
  ['{"steps":[{"process":"HEAT"}],"steps":[]}', '', 'json'],
  [Buffer.from('{"title":"\xff","steps":[{"process":"HEAT"}]}', 'latin1'), '', 'text'],
  ['[]', '', 'type', '{…}'],
  ['{}', 'steps', 'missing'],
  [{ steps: [] }, 'steps', 'missing'],
  [{ steps: {} }, 'steps', 'type', '[{…}]'],
  [{ steps: Array(9).fill({ process: 'HEAT' }) }, 'steps', 'count', '9 (1..8)'],
  [{ ...step({}), quantity: 5 }, 'quantity', 'unknown'],
  [step({ mass: 5 }), 'steps[0].mass', 'unknown'],
  [step({ need: { process: 'off' } }), 'steps[0].need.process', 'unknown'],
  [step({ weights: { words: 1 } }), 'steps[0].weights.words', 'unknown'],
  [{ steps: [{}] }, 'steps[0].process', 'missing'],
  [{ steps: [{ process: 'FLYING' }] }, 'steps[0].process', 'code', 'FLYING'],
  [step({ need: { due: 'maybe' } }), 'steps[0].need.due', 'code', 'maybe'],
  [step({ quantity_per: 'year' }), 'steps[0].quantity_per', 'code', 'year'],
  [step({ certificates: [{ code: 'AS9100', need: 'yes' }] }), 'steps[0].certificates[0].need', 'code', 'yes'],
  [step({ quantity: 0 }), 'steps[0].quantity', 'range', '>= 1'],
  [step({ quantity: 1.5 }), 'steps[0].quantity', 'whole', '1'],
  [step({ quantity: '10' }), 'steps[0].quantity', 'whole', '1'],
  [{ ...step({}), deliver_to: { region: 'KR.30', lat: 36.35 } }, 'deliver_to.lon', 'beside', 'lat'],
  [{ ...step({}), origin: { lon: 127.38 } }, 'origin.lat', 'beside', 'lon'],
  [step({ mass_kg: -1 }), 'steps[0].mass_kg', 'range', '> 0'],
  [step({ layer_um: { min: 3, max: 2 } }), 'steps[0].layer_um', 'order'],
  [step({ hardness: { scale: 'HRC' } }), 'steps[0].hardness', 'missing', undefined, ' (min, max)'],
  [step({ weights: { place: 101 } }), 'steps[0].weights.place', 'range', '0..100'],
  [step({ place: { max_km: 10 } }), 'steps[0].place.max_km', 'conflict', 'deliver_to'],
  [{ ...step({}), due: '2027-13-01' }, 'due', 'date', '2027-13-01'],
  [{ ...step({}), ref: 'x'.repeat(65) }, 'ref', 'long', '1..64 bytes'],
  [{ ...step({}), ref: 'good-0' }, 'ref', 'used', 'good-0'],
];

const bytes = (line) => (Buffer.isBuffer(line) ? line : Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)));
const problems = ([, ...rest]) => (Array.isArray(rest[0]) ? rest : [rest]);

function sentence([field, reason, detail = '', after = ''], lang) {
  return `${field ? `${field}: ` : ''}${words[reason][lang].replace('%s', () => detail)}${after}`;
}

// What is printed for the bad lines, in order; lines of the reader's own words (JSON) are compared as far as they are ours.
function compare_reasons(err, cases, file, lang) {
  const said = err.trim().split('\n');
  const want = cases.flatMap((c, i) => problems(c).map((p) => [`${file} line ${2 * i + 2}: ${sentence(p, lang)}`, p[1] === 'json']));
  assert.equal(said.length, want.length, err);
  want.forEach(([text, open], i) => (open ? assert.ok(said[i].startsWith(text) && said[i].length > text.length, said[i]) : assert.equal(said[i], text)));
}

function file_of(name, cases, good_line) {
  const parts = [good_line(0)];
  cases.forEach(([line], i) => parts.push(bytes(line), good_line(i + 1)));
  return write(dir, name, Buffer.concat(parts.flatMap((p) => [bytes(p), Buffer.from('\n')])));
}

const good_site = (i) => ({ org: { name: `업체 ${i}` }, site: { ref: `good-${i}`, name: '본사' }, capabilities: [{ ref: `c-${i}`, process: 'HEAT' }] });
const good_need = (i) => ({ ref: `good-${i}`, created: '2026-01-01', steps: [{ process: 'HEAT' }] });

for (const [what, cases, good_line] of [['sites', bad_sites, good_site], ['needs', bad_needs, good_need]]) {
  test(`each of ${cases.length} bad lines of ${what} is refused alone`, () => {
    const file = file_of(`${what}.jsonl`, cases, good_line);
    const wanted = Array.from({ length: cases.length + 1 }, (_, i) => `${JSON.stringify(good_line(i))}\n`).join('');
    ['en', 'ko'].forEach((lang, l) => {
      const db = new_sqlite();
      const none = run(['import', what, file, '--db', db, '--lang', lang, '--all-or-nothing']);
      assert.equal(none.status, 1);
      assert.match(none.err, /nothing was stored/);
      assert.equal(none.out, '');
      assert.equal(good(['export', what, '--db', db]), '');
      const r = run(['import', what, file, '--db', db, '--lang', lang]);
      assert.equal(r.status, 1);
      compare_reasons(r.err, cases, file, l);
      const n = cases.length + 1;
      assert.equal(r.out, `${what}: ${n} added, 0 changed, 0 same, 0 gone, ${cases.length} bad lines${what === 'sites' ? `; ${n} capabilities, 0 ended` : ''}\n`);
      assert.equal(good(['export', what, '--db', db]), wanted);
    });
  });
}

test('a reference of 64 bytes, CRLF, a byte order mark and a last line without an end are good', () => {
  const ref = `${'가'.repeat(21)}x`;
  const line = JSON.stringify({ org: { name: '가' }, site: { ref, name: '나' } });
  const db = new_sqlite();
  const file = write(dir, 'crlf.jsonl', `\ufeff\r\n${line}\r\n\r\n{"org":{"name":"다"},"site":{"ref":"L","name":"라"}}`);
  good(['import', 'sites', file, '--db', db]);
  assert.equal(good(['export', 'sites', '--db', db]), `${line}\n{"org":{"name":"다"},"site":{"ref":"L","name":"라"}}\n`);
});

test('texts come out composed, and so are compared', () => {
  const db = new_sqlite();
  const name = '한밭정밀';
  good(['import', 'sites', write(dir, 'nfd.jsonl', JSON.stringify({ org: { name: name.normalize('NFD') }, site: { ref: 'A', name: 'é'.normalize('NFD') } })), '--db', db]);
  assert.equal(good(['export', 'sites', '--db', db]), `{"org":{"name":"${name}"},"site":{"ref":"A","name":"é"}}\n`);
  assert.match(good(['import', 'sites', write(dir, 'nfc.jsonl', JSON.stringify({ org: { name }, site: { ref: 'A', name: 'é' } })), '--db', db]), /1 same/);
});

const heading = 'krx_code,name,market,industry_ko,ksic_code,products_ko,region,homepage,listing_date';

test('a CSV with a broken quote, of no known headings, or in no known encoding stores nothing', () => {
  const files = [
    ['quote.csv', `${heading}\n1,"가"나,,단조,,단조품,,,\n`, 'line 2: is not well-formed CSV: a quote is out of place', '올바른 CSV가 아닙니다: 따옴표가 어긋났습니다'],
    ['open.csv', `${heading}\n1,가,,단조,,단조품,,,\n2,"나,,\n3,다,,,,,,,\n`, 'line 3: is not well-formed CSV', '올바른 CSV가 아닙니다'],
    ['heading.csv', 'code,firm\n1,가\n', 'line 1: is no format that is known', '아는 형식이 아닙니다'],
    ['words.txt', 'a few words\n', 'line 1: is no format that is known', '아는 형식이 아닙니다'],
    ['latin.csv', Buffer.from(`${heading}\n1,\xff\xfe,,,,,,,\n`, 'latin1'), 'is not valid UTF-8 text', '올바른 UTF-8 글자가 아닙니다'],
  ];
  for (const [name, content, en, ko] of files) {
    const db = new_sqlite();
    const file = write(dir, name, content);
    for (const [lang, reason] of [['en', en], ['ko', ko]]) {
      const r = run(['import', 'sites', file, '--db', db, '--lang', lang]);
      assert.equal(r.status, 1, name);
      assert.ok(r.err.includes(reason), `${name}: ${r.err}`);
      assert.match(r.err, /nothing was stored/);
    }
    assert.equal(good(['export', 'sites', '--db', db]), '', name);
  }
});

test('a row of the list that has no name is refused alone, and a cell may hold line ends', () => {
  const db = new_sqlite();
  const file = write(dir, 'rows.csv', `${heading}\n000001,가나,KOSPI,기타 금속 가공제품 제조업,259,"단조품\n{""열처리""}",대전광역시,,\n000002,,,,,,,,\n000003,다라,,,,-,화성,http://x.example,\n`);
  const r = run(['import', 'sites', file, '--db', db, '--lang', 'en']);
  assert.equal(r.status, 1);
  assert.equal(r.err, `${file} line 4: name: is required\n`);
  const stored = good(['export', 'sites', '--db', db]).trim().split('\n').map(JSON.parse);
  assert.deepEqual(stored.map((s) => s.site.ref), ['KRX-000001', 'KRX-000003']);
  assert.equal(stored[0].site.region, 'KR.30');
  assert.ok(stored[0].capabilities.some((c) => c.process.startsWith('FORMING.FORGING')));
  assert.equal(stored[1].capabilities, undefined);
});

test('the list in CP949, as spreadsheets save it, is read as in UTF-8', () => {
  const row = `000001,\xb0\xa1,,,,\xb4\xdc\xc1\xb6\xc7\xb0,\xb4\xeb\xc0\xfc\xb1\xa4\xbf\xaa\xbd\xc3,,\n`;
  const [db, other] = [new_sqlite(), new_sqlite()];
  good(['import', 'sites', write(dir, 'cp949.csv', Buffer.from(`${heading}\n${row}`, 'latin1')), '--db', db]);
  good(['import', 'sites', write(dir, 'utf8.csv', `\ufeff${heading}\n000001,가,,,,단조품,대전광역시,,\n`), '--db', other]);
  const stored = good(['export', 'sites', '--db', db]);
  assert.equal(stored, good(['export', 'sites', '--db', other]));
  assert.match(stored, /"name":"가".*"region":"KR\.30".*FORMING\.FORGING/);
});

test('the flat CSV: a row a capability, in English or Korean headings, blanks unknown, - none, bad rows refused alone', () => {
  const rows = (head) => `${head}\n가,본사,KR.30.200,AS9100@2027-05-31|ISO9001,HEAT.VACUUM,TITANIUM|STEEL,900,1200,,0.5,\n가,본사,KR.30.200,AS9100@2027-05-31|ISO9001,MACHINING,,1,2,3,,12000\n나,공장,,-,HEAT,,,,,,\n다,공장,,,NONE,,,,,,\n`;
  const heads = [
    'org_name,site_name,site_region,certificates,process,materials,size_mm_1,size_mm_2,size_mm_3,thickness_mm_min,price_per_piece_won',
    '기업명,사업장명,지역코드,인증,공정,재질,최대크기1_mm,최대크기2_mm,최대크기3_mm,최소두께_mm,개당단가_원',
  ];
  const wanted = lines_of([
    { org: { name: '가' }, site: { ref: 'S-1', name: '본사', region: 'KR.30.200' }, certificates: [{ code: 'AS9100', until: '2027-05-31' }, { code: 'ISO9001' }],
      capabilities: [
        { ref: 'C-1', process: 'HEAT.VACUUM', materials: ['TITANIUM', 'STEEL'], size_mm: [900, 1200], thickness_mm: { min: 0.5 } },
        { ref: 'C-2', process: 'MACHINING', size_mm: [1, 2, 3], price: { per_piece_won: 12000 } },
      ] },
    { org: { name: '나' }, site: { ref: 'S-2', name: '공장' }, certificates: [], capabilities: [{ ref: 'C-3', process: 'HEAT' }] },
  ]);
  for (const head of heads) {
    const db = new_sqlite();
    const file = write(dir, 'flat.csv', rows(head));
    const r = run(['import', 'sites', file, '--db', db, '--lang', 'en']);
    assert.equal(r.status, 1);
    assert.match(r.err, /line 5: .*has an unknown code: NONE/);
    assert.equal(good(['export', 'sites', '--db', db]), wanted);
    assert.match(run(['import', 'sites', file, '--db', db]).out, /^sites: 0 added, 0 changed, 2 same, 0 gone, 1 bad lines/);
  }
});
