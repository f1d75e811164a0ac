export { importFile, type FileImport } from './from-file.ts'
export { look, wrongIn } from './ready.ts'
export { fileSource } from './source.ts'
export { asJsonLines, asLog, countIncidents } from './out.ts'
