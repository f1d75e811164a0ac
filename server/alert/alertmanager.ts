import { z } from 'zod'
import { as, system } from '#server/core/desk.ts'
import type { RawRoute } from '#server/core/http.ts'
import { Refusal } from '#server/core/refusal.ts'
import { receive, type Signal } from './receive.ts'
import { tokenHash } from './sources.ts'

const Labels = z.record(z.string().max(200), z.string().max(5000)).default({})

/** What Alertmanager sends (webhook version 4), as far as it is read here. */
const Delivery = z.object({
  version: z.literal('4'),
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved']),
        labels: Labels,
        annotations: Labels,
        startsAt: z.iso.datetime({ offset: true }),
        generatorURL: z.string().max(2000).default(''),
        fingerprint: z.string().min(1).max(200),
      }),
    )
    .max(1000),
})

/** Answers once the alerts are stored: Alertmanager sends again after a 5xx, and gives up after a 4xx. */
export const alertmanager: RawRoute = {
  method: 'POST',
  path: '/events/alertmanager',
  may: 'anyone',
  summary: 'Take in what Prometheus Alertmanager reports; the source’s token as bearer',
  async handle(desk, _, request) {
    const token = /^Bearer (\S{10,200})$/.exec(request.headers.authorization ?? '')?.[1]
    if (!token) throw new Refusal('unauthenticated', 'Send the source’s token: Authorization: Bearer …')
    if (desk.readOnly.why) throw new Refusal('read_only', desk.readOnly.why, { retryAfter: 60 })
    const source = await as(desk, system, ({ db }) =>
      db
        .selectFrom('source')
        .select(['id', 'name', 'personId'])
        .where('token', '=', tokenHash(token))
        .where('type', '=', 'alertmanager')
        .where('active', '=', true)
        .executeTakeFirst(),
    )
    if (!source) throw new Refusal('unauthenticated', 'There is no active source with this token')
    const parsed = Delivery.safeParse(request.body)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw new Refusal('invalid', `This is no Alertmanager webhook: ${issue?.path.join('.')}: ${issue?.message}`)
    }
    const signals = parsed.data.alerts.map(signalOf)
    await receive(desk, source, signals)
    return { ok: true, alerts: signals.length }
  },
}

type Alert = z.infer<typeof Delivery>['alerts'][number]

function signalOf(alert: Alert): Signal {
  const { status, labels, annotations, startsAt, fingerprint } = alert
  const of = (...names: string[]) => names.map((name) => labels[name]).find(Boolean) ?? null
  return {
    fingerprint,
    status,
    labels,
    annotations,
    startedAt: new Date(startsAt).toISOString(),
    title: titleOf(alert),
    text: textOf(alert),
    level: levels[of('severity')?.toLowerCase() ?? ''] ?? 3,
    about: of('instance', 'host'),
    service: of('service'),
    team: of('team'),
  }
}

function titleOf({ annotations, labels }: Alert) {
  const said = annotations['summary'] || annotations['title'] || labels['alertname'] || ''
  return (
    said
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 200) || 'Alert'
  )
}

function textOf({ annotations, labels, generatorURL }: Alert) {
  const { description, message, runbook_url: runbook } = annotations
  const list = Object.entries(labels).map(([name, value]) => `- ${name}: ${value}`)
  const parts = [
    description ?? message,
    list.join('\n'),
    runbook && `Runbook: ${runbook}`,
    generatorURL && `Source: ${generatorURL}`,
  ]
  return parts.filter(Boolean).join('\n\n').slice(0, 20_000)
}

/** How bad a severity is, as impact and urgency alike. */
const levels: Readonly<Record<string, number>> = {
  critical: 1,
  page: 1,
  emergency: 1,
  error: 2,
  major: 2,
  warning: 2,
  high: 2,
}
