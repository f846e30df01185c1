# syntax=docker/dockerfile:1
# One image for every app: the command says which one runs (see docker-compose.yml and k8s/).
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY apps ./apps
COPY libs ./libs
COPY migrations ./migrations
COPY tools ./tools
# The supervisor of npm start needs development packages that the image leaves out.
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json && rm -rf dist/tools/dev

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
# A number, because Kubernetes cannot check a name against runAsNonRoot.
RUN mkdir /journal && chown 10001:10001 /journal
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
USER 10001:10001
CMD ["node", "--enable-source-maps", "dist/apps/gateway/src/main.js"]
