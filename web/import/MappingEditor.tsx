import type { Mapping } from '#shared/import/mapping.ts'
import type { ImportDetail } from '#shared/import.ts'
import { Section } from '#web/core/Page.tsx'
import { Basics } from '#web/import/Basics.tsx'
import { ColumnTable } from '#web/import/ColumnTable.tsx'
import type { Recognised } from '#web/import/mapping.ts'
import { MatrixTable, type Adopting } from '#web/import/MatrixTable.tsx'
import { Preview } from '#web/import/Preview.tsx'
import { SavedMappings } from '#web/import/SavedMappings.tsx'
import { Warnings } from '#web/import/Warnings.tsx'
import { WordTables } from '#web/import/WordTables.tsx'
import { counted } from '#web/import/words.ts'

interface Props {
  readonly detail: ImportDetail
  readonly mapping: Mapping
  readonly recognised: Recognised
  readonly adopting: Adopting
  readonly change: (to: Mapping) => void
}

/** How a file is read: every choice is kept at once, and the preview shows what it makes of the first rows. */
export function MappingEditor({ detail, mapping, recognised, adopting, change }: Props) {
  return (
    <>
      <Section title="What was recognised" about={factsOf(recognised, mapping)}>
        <Warnings wrong={detail.wrong} mapping={mapping} recognised={recognised} />
        <Basics mapping={mapping} unsure={recognised.datesUnsure} change={change} />
        <SavedMappings mapping={mapping} change={change} />
      </Section>
      <Section title="Columns" about="What each column of the file becomes.">
        <ColumnTable mapping={mapping} recognised={recognised} change={change} />
      </Section>
      <Section title="Values" about="What the words of the file mean here.">
        <WordTables mapping={mapping} recognised={recognised} change={change} />
      </Section>
      {mapping.matrix.length > 0 && (
        <Section title="Priorities" about="What each impact and urgency makes, as most rows of the file have it.">
          <MatrixTable mapping={mapping} adopting={adopting} />
        </Section>
      )}
      <Section title="The first rows" about="As they would become.">
        <Preview rows={detail.preview} />
      </Section>
    </>
  )
}

const signs: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }

function factsOf({ type, charset, delimiter, rows, columns }: Recognised, mapping: Mapping) {
  const how =
    type === 'xlsx'
      ? 'an Excel workbook'
      : `text in ${charset.toUpperCase()} with ${signs[delimiter] ?? delimiter} between`
  const what = mapping.rows === 'updates' ? 'each row is one update of a record' : 'each row is a record as it now is'
  return `${counted(rows, 'row')} and ${counted(columns.length, 'column')}, ${how}; ${what}.`
}
