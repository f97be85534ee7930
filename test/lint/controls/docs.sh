# shellcheck shell=bash
# A shell script stands for the program.
program() {
  put build/ppuri
  chmod +x "$work/tree/build/ppuri"
}
tree
put src/cli/commands.def <<<'COMMAND(init, "", 0, 0, "Make a store")'
put src/cli/init.c <<<'const struct cli_option init_options[] = {{"--db", "FILE", "the store"}, {NULL, NULL, NULL}};'
finds docs 'is not there: script/build'
program <<<'#!/bin/sh
exit 1'
finds docs 'ppuri init --help does not explain the command'
program <<<'#!/bin/sh
echo "usage: ppuri $1 [options]"
echo "  init      Make a store"'
finds docs 'init --help says nothing about --db'
program <<<'#!/bin/sh
echo "usage: ppuri $1 [options]"
echo "  --db FILE     the store"'
finds docs 'ppuri --help says nothing about init'
program <<<'#!/bin/sh
echo "usage: ppuri $1 [options]"
echo "  init      Make a store"
echo "  --db FILE     the store"'
content docs
program <<<'#!/bin/sh
case $1 in
routes) echo "[]" ;;
man) echo manual ;;
settings) echo "| a |" ;;
*)
  echo "usage: ppuri $1 [options]"
  echo "  init      Make a store"
  echo "  --db FILE     the store" ;;
esac'
put doc/reference/ppuri.1 <<<manual
finds docs 'doc/reference/commands.md: not what the program says'
(cd "$work/tree" && "$home/script/reference")
content docs
