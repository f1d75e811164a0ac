import { strToU8, zipSync } from 'fflate'

type Value = string | number | { readonly shared: number } | { readonly days: number }

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function cell(value: Value) {
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  if (typeof value === 'string') return `<c t="inlineStr"><is><t>${escaped(value)}</t></is></c>`
  return 'shared' in value ? `<c t="s"><v>${value.shared}</v></c>` : `<c s="1"><v>${value.days}</v></c>`
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

/** A workbook of one sheet, made by another writer than the desk’s, with two shared texts and a style for times. */
export async function asXlsx(rows: readonly (readonly Value[])[]) {
  const body = rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')
  const files = {
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${body}</sheetData></worksheet>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Old" sheetId="2" state="hidden" r:id="rId9"/><sheet name="Tickets" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}"><si><r><t>Two </t></r><r><t>&amp; more</t></r></si><si><t>Spoken</t><rPh sb="0" eb="1"><t>spoʊkən</t></rPh></si></sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
  }
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))))
}
