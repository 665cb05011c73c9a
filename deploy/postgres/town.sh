#!/bin/sh
# The site signs in as `town`, which owns its database and nothing else. A superuser would pass by row-level security.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE town LOGIN PASSWORD :'password';
CREATE DATABASE town OWNER town;
SQL
