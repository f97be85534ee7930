# shellcheck shell=bash
tree
put locale/ko.po <<<''
put locale/en.po <<<''
put build/firm.pot <<<'msgid "업체"
msgstr ""'
finds strings '업체'
put locale/en.po <<<'msgid "업체"
msgstr "firm"'
content strings
put build/firm.pot <<<''
finds strings '업체'
