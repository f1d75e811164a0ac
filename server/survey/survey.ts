export { ask } from './ask.ts'
export { activeSurveys } from './surveys.ts'
