# One image for every server process of Hiviex; the command says which one it is:
#   node api/main.ts      the API, the web app and the webhooks
#   node worker/main.ts   a worker (HIVIEX_QUEUES says which task queues it serves)
# Nothing is compiled: Node runs the TypeScript as it is. Only the web app and the workflow bundle are built ahead.

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
# The packages first, in a layer of their own: they change less often than the code.
COPY package.json package-lock.json ./
COPY scripts/setup.mjs scripts/leash.sh ./scripts/
COPY scripts/bootstrap ./scripts/bootstrap
RUN node scripts/setup.mjs
COPY . .
ENV HIVIEX_DATA_DIR=/app/.hiviex
RUN node scripts/build.mjs && npm prune --omit=dev --no-audit --no-fund

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    NODE_OPTIONS=--max-semi-space-size=8 \
    HOST=0.0.0.0 \
    PORT=3000 \
    HIVIEX_DATA_DIR=/app/.hiviex
WORKDIR /app
# Root owns the code, so that the process that runs it cannot change it. It may write to its data folder only.
COPY --from=build /app/package.json /app/package-lock.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/contracts ./contracts
COPY --from=build /app/engine ./engine
COPY --from=build /app/db ./db
COPY --from=build /app/outbound ./outbound
COPY --from=build /app/runs ./runs
COPY --from=build /app/models ./models
COPY --from=build /app/storage ./storage
COPY --from=build /app/payloads ./payloads
COPY --from=build /app/backing ./backing
COPY --from=build /app/workflows ./workflows
COPY --from=build /app/activities ./activities
COPY --from=build /app/worker ./worker
COPY --from=build /app/api ./api
COPY --from=build /app/web/dist ./web/dist
# The operator's command that moves secrets to another master key.
COPY --from=build /app/scripts/vault-rotate.ts ./scripts/vault-rotate.ts
COPY --from=build /app/scripts/stack/say.ts ./scripts/stack/say.ts
COPY --from=build --chown=node:node /app/.hiviex ./.hiviex
USER node
EXPOSE 3000
# Of the API. A worker has no port: docker-compose.yml switches this off for it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "api/main.ts"]
