export { AppError, type AppErrorOptions, type Fault, isAppError } from './app-error.ts';
export { type CatalogEntry, type ErrorCode, errorCatalog } from './catalog.ts';
