import { Button, Group, Modal, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { activatePerson, changePerson, getPerson, inviteAgain, type Person } from '#shared/people.ts'
import { query, useAction } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { useMay, useMe } from '#web/core/me.ts'
import { Empty, Panel } from '#web/core/Page.tsx'
import { T } from '#web/core/T.tsx'
import { When } from '#web/core/time.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { Deactivate } from '#web/people/Deactivate.tsx'
import { Invited } from '#web/people/NewPerson.tsx'
import { inputOf, PersonFields, type PersonValues } from '#web/people/PersonFields.tsx'
import page from '#web/core/page.module.css'
import styles from './people.module.css'

export function PersonPanel({ id, close }: { id: string; close: () => void }) {
  const may = useMay()
  const { data: person, error } = useQuery(query(getPerson, { id }))
  return (
    <Panel title={person?.name ?? t('Person')} onClose={close}>
      {error && <Empty title={t('This person cannot be shown')}>{error.message}</Empty>}
      {person && <Access person={person} />}
      {person && (may('people.manage') ? <Edit key={person.id} person={person} /> : <Facts person={person} />)}
    </Panel>
  )
}

function Edit({ person }: { person: Person }) {
  const { id, name, email, jobTitle, phone, organisation, manager, zone, vip, roles } = person
  const start: PersonValues = {
    name,
    email,
    zone,
    vip,
    manager,
    jobTitle: jobTitle ?? '',
    phone: phone ?? '',
    organisationId: organisation.id,
    roleIds: roles.map((role) => role.id),
  }
  const form = useForm({
    start,
    endpoint: changePerson,
    input: (values) => ({ id, ...inputOf(values) }),
    done: () => say(t('Saved')),
  })
  return (
    <form {...form.bind} aria-label={t('Change {name}', { name })}>
      <Stack gap="sm">
        <PersonFields values={form.values} set={form.set} errors={form.errors} self={id} />
        <FormEnd form={form} label={t('Save')} />
      </Stack>
    </form>
  )
}

function Facts({ person }: { person: Person }) {
  const facts = [
    [t('E-mail'), person.email],
    [t('Phone'), person.phone],
    [t('Job title'), person.jobTitle],
    [t('Organisation'), person.organisation.name],
    [t('Manager'), person.manager?.name],
    [t('Roles'), person.roles.map(({ name }) => name).join(', ')],
    [t('Time zone'), person.zone],
  ] as const
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value)
        .flatMap(([label, value]) => [<dt key={label}>{label}</dt>, <dd key={`${label}:`}>{value}</dd>])}
    </dl>
  )
}

/** Whether they can come in, and what can be done about it. */
function Access({ person }: { person: Person }) {
  const may = useMay()
  // Kept here, where it outlives the access that it ends: afterwards it shows what is left behind.
  const [leaving, setLeaving] = useState(false)
  const { lastSeenAt, teams } = person
  return (
    <Stack gap="xs">
      <div className={page.quiet}>
        {teams.length > 0 && (
          <>
            {teams.map((team) => (team.lead ? t('{team} (lead)', { team: team.name }) : team.name)).join(', ')}
            &nbsp;·{' '}
          </>
        )}
        {lastSeenAt ? <T of="seen {when}" values={{ when: <When at={lastSeenAt} /> }} /> : t('never signed in')}
      </div>
      {may('people.manage') && (
        <Group gap="xs">
          {person.active ? <WhileActive person={person} end={() => setLeaving(true)} /> : <GiveBack person={person} />}
        </Group>
      )}
      {leaving && <Deactivate person={person} close={() => setLeaving(false)} />}
    </Stack>
  )
}

function WhileActive({ person, end }: { person: Person; end: () => void }) {
  const { id, name, hasPassword } = person
  const me = useMe()
  const [link, setLink] = useState<string>()
  const invite = useAction(inviteAgain)
  const inviteOnceMore = async () => {
    try {
      const again = await invite.mutateAsync({ id })
      if (again.link === null) say(t('{name} has been sent a new link', { name }))
      else setLink(again.link)
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <>
      <Button variant="default" loading={invite.isPending} onClick={() => void inviteOnceMore()}>
        {hasPassword ? t('Send a link for a new password') : t('Invite again')}
      </Button>
      {id !== me.id && (
        <Button variant="default" onClick={end}>
          {t('Deactivate')}
        </Button>
      )}
      {link !== undefined && (
        <Modal opened onClose={() => setLink(undefined)} title={t('A link for {name}', { name })} size="lg">
          <Invited name={name} link={link} close={() => setLink(undefined)} />
        </Modal>
      )}
    </>
  )
}

function GiveBack({ person: { id, name } }: { person: Person }) {
  const { mutateAsync, isPending } = useAction(activatePerson)
  const activate = () => mutateAsync({ id }).then(() => say(t('{name} has access again', { name })), sayWrong)
  return (
    <Button loading={isPending} onClick={() => void activate()}>
      {t('Give access back')}
    </Button>
  )
}
