# The parts of the stylesheet as one, without what only a reader of the source needs.
s/^ *//
/^$/d
/^\/\*.*\*\/$/d
s/\([:;,{]\) /\1/g
s/ \([{}]\)/\1/g
s/;}/}/g
s/ > />/g
H
$!d
x
s/\([{},;]\)\n\([^@]\)/\1\2/g
s/^\n//
s/;}/}/g
s/@media (/@media(/g
s/(min-width:/(width>=/g
s/(max-width:/(width<=/g
s/ + \([a-z*:]\|[.][a-z]\)/+\1/g
s/ !/!/g
