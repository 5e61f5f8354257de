// node hyparquet.mjs FILE : the rows of a Parquet file as hyparquet reads them, as JSON lines; the first names the columns.
// node hyparquet.mjs FILE FIRST END : only the rows from FIRST on and before END.
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { cell, printer } from './canonical.mjs'

const file = await asyncBufferFromFile(process.argv[2])
const metadata = await parquetMetadataAsync(file)
const out = printer()
const [first, end] = process.argv.slice(3).map(Number)
await out.row(parquetSchema(metadata).children.map(child => child.element.name))
let rows = []
await parquetRead({
  file,
  metadata,
  compressors,
  rowStart: first,
  rowEnd: end,
  // As they are stored: a JavaScript Date would drop the microseconds.
  parsers: { timestampFromMicroseconds: micros => micros },
  onComplete: read => { rows = read },
})
for (const row of rows) await out.row(row.map(cell))
await out.flush()
