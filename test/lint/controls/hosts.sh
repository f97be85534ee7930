# shellcheck shell=bash
# The names are put together here, so that this file passes the check.
for host in registry.npm''js.org py''pi.org crates''.io deb.deb''ian.org; do
  tree
  put package-lock.json <<<"\"resolved\": \"https://$host/x.tgz\""
  finds hosts 'package-lock.json:1: a registry or a path of one machine'
done
for path in /ho''me/someone/x /ro''ot/x /wo''rk/main /Us''ers/someone; do
  tree
  put doc/a.md <<<"see $path/b"
  finds hosts 'doc/a.md:1: a registry or a path of one machine'
done
tree
put doc/a.md <<<'https://example.org/work/main and src/home/x, shared/work/x, "/" and /firms/home'
content hosts
