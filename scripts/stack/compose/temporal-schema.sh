#!/bin/sh
# Creates and updates Temporal's databases; safe to run at every start. Environment: SQL_PLUGIN, SQL_HOST, SQL_PORT,
# SQL_USER, SQL_PASSWORD (read by temporal-sql-tool itself).
set -eu

schemas=/etc/temporal/schema/postgresql/v12

set_up() { # database, folder of its versions
  # Both fail where they were done before; whether it worked is for update-schema to say.
  temporal-sql-tool --database "$1" create-database || true
  temporal-sql-tool --database "$1" setup-schema --version 0.0 || true
  temporal-sql-tool --database "$1" update-schema --schema-dir "$schemas/$2/versioned"
}

set_up temporal temporal
set_up temporal_visibility visibility
