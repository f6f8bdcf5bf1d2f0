#!/bin/sh
# Creates the namespace and the search attributes; safe to run at every start. Environment: TEMPORAL_ADDRESS,
# TEMPORAL_NAMESPACE (both read by temporal itself), RETENTION, SEARCH_ATTRIBUTES (names, all of type Keyword).
set -eu

until temporal operator cluster health >/dev/null 2>&1; do sleep 1; done

# Named in so many words: without it, describe answers for the namespace "default".
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"

# A namespace that was just created takes a moment to be known to every service.
until temporal operator search-attribute list >/dev/null 2>&1; do sleep 1; done

for name in $SEARCH_ATTRIBUTES; do
  temporal operator search-attribute list | grep -q "^ *$name  *Keyword" ||
    temporal operator search-attribute create --name "$name" --type Keyword
done
