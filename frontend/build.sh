#!/bin/sh
# Rebuilds tsunagari/ui/static/ui from tsunagari/ui/static-src and the locked packages. The result is committed: running needs no Node.
set -eu
cd "$(dirname "$0")"
src=../tsunagari/ui/static-src
out=../tsunagari/ui/static/ui
# Not `npm ci`: it wants every platform's optional binary in the lock. This keeps the locked versions and their hashes all the same.
npm install --no-save --ignore-scripts --loglevel=error
new=$(mktemp -d)
ln -sfn "$PWD/node_modules" "$src/node_modules"
trap 'rm -rf "$src/node_modules" "$new"' EXIT
mkdir -p "$new/js" "$new/leaflet" "$new/fonts"
node_modules/.bin/tailwindcss --input "$src/app.css" --output "$new/app.css" --minify
cp "$src"/js/*.js "$new/js/"
cp "$src"/img/*.svg "$new/"
cp -R "$src/outline" "$new/outline"
cp node_modules/htmx.org/dist/htmx.min.js "$new/"
grep -v sourceMappingURL node_modules/leaflet/dist/leaflet-src.esm.js > "$new/leaflet/leaflet-src.esm.js"
cp node_modules/leaflet/LICENSE "$new/leaflet/LICENSE"
cp -R node_modules/leaflet/dist/images "$new/images"
mkdir -p ../tests/ui/axe
cp node_modules/axe-core/axe.min.js node_modules/axe-core/LICENSE ../tests/ui/axe/
node fonts.mjs "$new"
chmod -R a+rX "$new"
rm -rf "$out"
mkdir -p "$(dirname "$out")"
cp -R "$new" "$out"
