import { Refusal } from '#server/core/refusal.ts'
import { attribute, readTags, unescaped } from './xml.ts'
import type { Archive } from './zip.ts'

export interface Workbook {
  readonly path: string
  readonly from1904: boolean
  readonly strings: readonly string[]
  /** By style, whether a number in that style is a time. */
  readonly dates: readonly boolean[]
}

export const invalidWorkbook = () =>
  new Refusal('invalid', 'This is no Excel workbook that can be read. Save it as CSV, and try again')

/** The first sheet of a workbook, and what is needed to read its cells. */
export async function openWorkbook(archive: Archive): Promise<Workbook> {
  const { relation, from1904 } = await firstSheet(archive)
  const target = await targetOf(archive, relation)
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
  if (!archive.has(path)) throw invalidWorkbook()
  return { path, from1904, strings: await sharedStrings(archive), dates: await dateStyles(archive) }
}

async function firstSheet(archive: Archive) {
  let from1904 = false
  for await (const tag of readTags(archive.text('xl/workbook.xml'))) {
    if (tag.name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(tag, 'date1904') ?? '')
    if (tag.name === 'sheet' && attribute(tag, 'state') !== 'hidden')
      return { relation: attribute(tag, 'id') ?? '', from1904 }
  }
  throw invalidWorkbook()
}

async function targetOf(archive: Archive, relation: string) {
  for await (const tag of readTags(archive.text('xl/_rels/workbook.xml.rels')))
    if (tag.name === 'Relationship' && attribute(tag, 'Id') === relation) return attribute(tag, 'Target') ?? ''
  throw invalidWorkbook()
}

const mostLetters = 100_000_000

/** The texts that cells refer to; how they are pronounced is none of them. */
async function sharedStrings(archive: Archive) {
  const strings: string[] = []
  let [text, spoken, letters] = ['', false, 0]
  for await (const tag of readTags(archive.text('xl/sharedStrings.xml'))) {
    if (tag.name === 'rPh') spoken = !tag.closes
    if (tag.name === 't' && !tag.opens && !spoken) text += unescaped(tag.before)
    if (tag.name !== 'si' || !tag.closes) continue
    letters += text.length
    if (letters > mostLetters) throw invalidWorkbook()
    strings.push(text)
    text = ''
  }
  return strings
}

/** Formats that come with every spreadsheet, and show a number as a day or a time. */
const isBuiltInDate = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58)

/** Which styles of cells show a number as a time: those whose format has a letter of days or hours in it. */
async function dateStyles(archive: Archive) {
  const own = new Map<string, string>()
  const styles: boolean[] = []
  let inCells = false
  for await (const tag of readTags(archive.text('xl/styles.xml'))) {
    if (tag.name === 'cellXfs') inCells = !tag.closes
    if (!tag.opens) continue
    const id = attribute(tag, 'numFmtId') ?? '0'
    if (tag.name === 'numFmt') own.set(id, attribute(tag, 'formatCode') ?? '')
    if (tag.name === 'xf' && inCells) styles.push(isDate(id, own.get(id)))
  }
  return styles
}

const isDate = (id: string, code: string | undefined) =>
  code === undefined ? isBuiltInDate(Number(id)) : showsTime(code)

const showsTime = (code: string) => /[dmyhs]/i.test(code.replaceAll(/"[^"]*"|\\.|\[[^\]hms]*\]|general/gi, ''))
