/** Every route that answers people who have not signed in. A desk with another one refuses to start. */
export const openRoutes: readonly string[] = [
  'GET /health',
  'GET /set-up',
  'POST /set-up',
  'POST /session',
  'GET /links/:token',
  'POST /links/:token/use',
  'POST /password-reset',
  'POST /events/alertmanager',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/*',
]
