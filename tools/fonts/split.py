"""
Splits Pretendard into slices that a browser loads by the letters of a page: split.py PACKAGE FONTS_DIR CSS_FILE
PACKAGE is the unpacked npm package. The first slices hold Latin and the letters of the product's own texts, the next
those of the vocabulary and the demo by how often they occur, the rest the other letters of KS X 1001 in the order of
Pretendard's own slices, which is by use. The name is ours: the licence reserves the name of the original.
"""
import glob
import os
import re
import sys
from collections import Counter

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

NAME = "Ppuri Sans"
WEIGHTS = (400, 700)
SLICE = 150
LATIN = list(range(0x20, 0x7F)) + list(range(0xA0, 0x100)) + [
    ord(c) for c in "\u2009\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2032\u2033\u2022₩℃℉βμΩ㈜→←↑↓≤≥−ㄹㅇㅊ"]
# As wide and as high as ours, so that nothing moves when ours arrives: measured on NanumGothic and Noto Sans KR.
FALLBACK = ('@font-face { font-family: "Ppuri fallback"; src: local("NanumGothic"), local("Noto Sans KR"), local("Noto Sans CJK KR"); '
            "size-adjust: 92%; ascent-override: 103.5%; descent-override: 26.2%; line-gap-override: 0%; }")


def is_hangul(c):
    return "\uac00" <= c <= "\ud7a3"


def letters(patterns):
    count = Counter()
    for pattern in patterns:
        for path in glob.glob(pattern, recursive=True):
            with open(path, encoding="utf-8") as f:
                count.update(c for c in f.read() if is_hangul(c))
    return count


def in_order(count):
    return sorted(count, key=lambda c: (-count[c], c))


def ksx1001():
    return [bytes((a, b)).decode("euc-kr") for a in range(0xB0, 0xC9) for b in range(0xA1, 0xFF)]


# The last of Pretendard's slices are the most used.
def used_first(css):
    with open(css, encoding="utf-8") as f:
        ranges = re.findall(r"unicode-range:([^;]*)", f.read())
    found = []
    for line in reversed(ranges):
        for a, b in re.findall(r"U\+([0-9a-fA-F]+)(?:-([0-9a-fA-F]+))?", line):
            found += [chr(c) for c in range(int(a, 16), int(b or a, 16) + 1)]
    return [c for c in found if is_hangul(c)]


def slices(package):
    own = letters(["locale/*.po", "src/**/*.html", "src/**/*.[ch]", "src/**/*.def"])
    words = letters(["vocab/*.csv", "demo/*.csv"])
    for c in own:
        words.pop(c, None)
    known = set(own) | set(words)
    standard = set(ksx1001()) - known
    used = [c for c in used_first(package + "/dist/web/variable/pretendardvariable-dynamic-subset.css") if c in standard]
    rest = used + sorted(standard - set(used))
    out = [("latin", LATIN), ("core", [ord(c) for c in in_order(own)])]
    for name, group in (("word", in_order(words)), ("rest", rest)):
        parts = [group[i:i + SLICE] for i in range(0, len(group), SLICE)]
        out += [(f"{name}-{i}", [ord(c) for c in part]) for i, part in enumerate(parts)]
    return out


def rename(font):
    for record in list(font["name"].names):
        if record.nameID in (1, 4, 16):
            record.string = NAME
        elif record.nameID in (3, 6):
            record.string = NAME.replace(" ", "")
        elif record.nameID not in (0, 2, 5, 13, 14):
            font["name"].removeNames(nameID=record.nameID)


def write_slice(source, codes, path):
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "tnum", "ccmp"]
    options.hinting = False
    options.name_IDs = ["*"]
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    rename(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    subset.save_font(font, path, options)
    return sorted(set(codes) & set(font.getBestCmap()))


def fnv1a(path):
    h = 14695981039346656037
    with open(path, "rb") as f:
        for byte in f.read():
            h = (h ^ byte) * 1099511628211 & 0xFFFFFFFFFFFFFFFF
    return h


def ranges(codes):
    runs = []
    for c in codes:
        if runs and c == runs[-1][1] + 1:
            runs[-1][1] = c
        else:
            runs.append([c, c])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def main():
    package, folder, css = sys.argv[1:]
    limited = instancer.instantiateVariableFont(TTFont(package + "/dist/public/variable/PretendardVariable.ttf"), {"wght": WEIGHTS})
    source = os.path.join(package, "limited.ttf")
    limited.save(source)
    for old in glob.glob(folder + "/*.woff2"):
        os.remove(old)
    faces = []
    for name, codes in slices(package):
        path = f"{folder}/ppuri-{name}.woff2"
        kept = write_slice(source, codes, path)
        faces.append(f'@font-face {{ font-family: "{NAME}"; font-weight: {WEIGHTS[0]} {WEIGHTS[1]}; font-display: swap; '
                     f'src: url(/assets/ppuri-{name}.{fnv1a(path):016x}.woff2) format("woff2"); unicode-range: {ranges(kept)}; }}')
    faces.append(FALLBACK)
    with open(css, "w", encoding="utf-8") as f:
        f.write("/* Made by script/fonts. */\n" + "\n".join(faces) + "\n")


main()
