export { type LoggerSettings, type Logger, REDACTED_PATHS, createLogger } from './logger.js';
export { nestLogger } from './nest-logger.js';
export { type MetricsServer, createMetrics, serveMetrics } from './metrics.js';
export { type ShutdownStep, onShutdown } from './shutdown.js';
export { redactUrl } from './redact-url.js';
