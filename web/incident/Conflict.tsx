import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core'
import type { Incident } from '#shared/incident.ts'
import { closeLayer } from '#web/core/layer.ts'
import { t } from '#web/core/words.ts'
import type { Edit } from '#web/incident/edit.tsx'
import { useFields } from '#web/item/dictionary.ts'

interface ConflictProps {
  incident: Incident
  theirs: Incident
  edit: Edit
  keepMine: () => Promise<void>
}

/** Two people changed the same thing: what it was, what each made of it, and whose stays. */
export function Conflict({ incident, theirs, edit, keepMine }: ConflictProps) {
  const fields = useFields('incident')
  const keep = async () => {
    await keepMine()
    closeLayer()
  }
  return (
    <Modal
      opened
      onClose={closeLayer}
      title={t('{number} was changed meanwhile', { number: incident.number })}
      size="lg"
    >
      <Stack gap="md">
        <Text>
          {t('Somebody else changed this incident after you opened it. Nothing of yours has been saved yet.')}
        </Text>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('Field')}</Table.Th>
              <Table.Th>{t('It was')}</Table.Th>
              <Table.Th>{t('Theirs')}</Table.Th>
              <Table.Th>{t('Yours')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Object.entries(edit).map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Td>{t(fields[fieldOf(name)]?.label ?? name)}</Table.Td>
                <Table.Td>{shown(incident, name)}</Table.Td>
                <Table.Td>{shown(theirs, name)}</Table.Td>
                <Table.Td>{name.endsWith('Id') ? t('Your choice') : worded(value)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={closeLayer}>
            {t('Take theirs')}
          </Button>
          <Button onClick={keep}>{t('Keep mine')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const fieldOf = (name: string) => name.replace(/Id$/, '')

const shown = (incident: Incident, name: string) =>
  worded(Object.entries(incident).find(([field]) => field === fieldOf(name))?.[1])

function worded(value: unknown) {
  if (value === null || value === undefined || value === '') return t('None')
  if (typeof value === 'object') return 'name' in value ? String(value.name) : JSON.stringify(value)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : value === true ? t('Yes') : t('No')
}
