export { type RestoreOptions, type RestoreReport, restoreBackup } from './backup/restore-backup.ts';
export { type BackupOptions, type BackupReport, writeBackup } from './backup/write-backup.ts';
export { type ExportOptions, type ExportReport, exportArchive } from './export/export-archive.ts';
export { type FoundArchive, findArchive } from './import/find-archive.ts';
export { importArchive } from './import/import-archive.ts';
export type { ImportOptions } from './import/import-options.ts';
export type { ImportReport, Outcome, RecordOutcome } from './import/import-report.ts';
export { type ArchivedActivity, readSignedActivities } from './verify/read-signed-activities.ts';
