"""slice.py FONT.ttf OUT: a variable font, regular to bold, as woff2 slices with font.css."""
import collections
import glob
import os
import sys

from fontTools import subset, ttLib
from fontTools.varLib import instancer

SLICE = 120  # letters
FEATURES = ["kern", "tnum", "liga", "calt", "ccmp", "locl"]


def texts(*patterns):
    for pattern in patterns:
        for name in sorted(glob.glob(pattern, recursive=True)):
            with open(name, encoding="utf8") as f:
                yield f.read()


def is_syllable(c):
    return "가" <= c <= "힣"


def core_letters():
    """What the product itself says, and Latin."""
    said = set("".join(texts("locale/*.po", "src/**/*.html")))
    return {c for c in said if ord(c) >= 0x20} | {chr(c) for c in range(0x20, 0x7F)} | set("·×÷±°ØµμΩ²³₂½–—‘’“”…→←↑↓≤≥≠−√㎡㎜")


def rest_letters(core):
    """The syllables of KS X 1001, those of vocabulary and demo first."""
    used = collections.Counter("".join(texts("vocab/*.csv", "demo/*.csv", "test/golden/**/*.jsonl")))
    known = [c for c in (bytes([a, b]).decode("euc_kr") for a in range(0xB0, 0xC9) for b in range(0xA1, 0xFF)) if is_syllable(c)]
    return sorted((c for c in known if c not in core), key=lambda c: (-used[c], c))


def ranges(letters):
    codes, out = sorted(map(ord, letters)), []
    for c in codes:
        if out and c == out[-1][1] + 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in out)


def content_hash(data):
    """As tools/embed names files: FNV-1a, 64 bits."""
    h = 0xCBF29CE484222325
    for byte in data:
        h = (h ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return h


def write_slice(source, letters, path):
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = FEATURES
    font = subset.load_font(source, options)
    maker = subset.Subsetter(options)
    maker.populate(text="".join(letters))
    maker.subset(font)
    subset.save_font(font, path, options)
    have = {chr(c) for c in ttLib.TTFont(path).getBestCmap()}
    return sorted(c for c in letters if c in have)


def main(source, out):
    narrow = os.path.join(os.path.dirname(source), "narrow.ttf")
    font = instancer.instantiateVariableFont(ttLib.TTFont(source), {"wght": (400, 700)})
    font.save(narrow)
    for old in glob.glob(os.path.join(out, "*.woff2")):
        os.remove(old)
    core = core_letters()
    rest = rest_letters(core)
    slices = [("core", sorted(core))] + [(f"{i // SLICE + 1}", rest[i : i + SLICE]) for i in range(0, len(rest), SLICE)]
    rules = []
    for name, letters in slices:
        path = os.path.join(out, f"pretendard-{name}.woff2")
        have = write_slice(narrow, letters, path)
        with open(path, "rb") as f:
            url = f"/assets/pretendard-{name}.{content_hash(f.read()):016x}.woff2"
        rules.append(f'@font-face {{ font-family: Pretendard; font-weight: 400 700; font-display: swap; src: url({url}) format("woff2"); unicode-range: {ranges(have)}; }}\n')
    # Until a slice is there, the system's letters in Pretendard's lines: nothing moves when it comes.
    rules.append('@font-face { font-family: "Pretendard Fallback"; src: local("Apple SD Gothic Neo"), local("Noto Sans KR"), local("Malgun Gothic"), local("NanumGothic"); ascent-override: 95.2%; descent-override: 24.1%; line-gap-override: 0%; }\n')
    with open(os.path.join(out, "font.css"), "w", encoding="utf8") as f:
        f.write("/* Written by script/fonts. */\n" + "".join(rules))


main(sys.argv[1], sys.argv[2])
