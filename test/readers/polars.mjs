// node polars.mjs FILE : the rows of an Arrow or Parquet file as Polars reads them, as JSON lines; the first names the
// columns.
// node polars.mjs FILE CODEC : writes such a file with Polars (Arrow: uncompressed, zstd, lz4; Parquet: also snappy, gzip,
// or default for what Polars does unasked, or few for the same with 60 rows), then its rows as above.
// node polars.mjs FILE sums : of each column of a Parquet file its rows, its nulls and the sum of its numbers.
import { readFileSync } from 'node:fs'
import pl from 'nodejs-polars'
import { cell, printer } from './canonical.mjs'

const [, , file, codec] = process.argv
const isParquet = file.endsWith('.parquet')
if (codec === 'sums') {
  await printSums(pl.readParquet(file))
  process.exit()
}
if (codec) {
  const rows = codec === 'few' ? 60 : 3000
  const number = Array.from({ length: rows }, (_, i) => i)
  const frame = pl.DataFrame([
    pl.Series('b', number.map(i => (i % 7 === 0 ? null : i % 3 === 0)), pl.Bool),
    pl.Series('i', number.map(i => (i % 5 === 0 ? null : i * 3 - 100)), pl.Int32),
    pl.Series('l', number.map(i => i * 1000003), pl.Int64),
    pl.Series('d', number.map(i => i / 3), pl.Float64),
    pl.Series('s', number.map(i => (i % 11 === 0 ? null : 'é' + (i % 50))), pl.Utf8),
    ...(isParquet ? parquetColumns(number) : []),
  ])
  if (!isParquet) frame.writeIPC(file, { compression: codec })
  else frame.writeParquet(file, ...(/default|few/.test(codec) ? [] : [{ compression: codec }]))
}

async function printSums(frame) {
  const out = printer()
  await out.row(['column', 'rows', 'nulls', 'sum'])
  for (const name of frame.columns) {
    const column = frame.getColumn(name)
    // A sum of 32-bit integers would have 32 bits.
    const type = String(column.dtype)
    const numbers = /Int/.test(type) ? pl.col(name).cast(pl.Int64) : /Float/.test(type) ? pl.col(name) : null
    const sum = numbers ? frame.select(numbers.sum().cast(pl.Utf8)).row(0)[0] : null
    await out.row([name, column.len(), column.nullCount(), sum].map(cell))
  }
  await out.flush()
}

// Types that our Arrow reader does not know and our Parquet reader does.
function parquetColumns(number) {
  const time = i => new Date(1737100800000 + i * 1001)
  return [
    pl.Series('ty', number.map(i => (i % 200) - 100), pl.Int8),
    pl.Series('ui', number.map(i => (i === 7 ? 4294967295 : i)), pl.UInt32),
    pl.Series('ul', number.map(i => (i % 3 === 0 ? null : i * 5)), pl.UInt64),
    pl.Series('f', number.map(i => (i % 13 === 0 ? null : i / 7)), pl.Float32),
    pl.Series('u', number.map(i => 'text ' + i * 7919), pl.Utf8),
    pl.Series('da', number.map(time), pl.Date),
    pl.Series('ms', number.map(i => (i % 4 === 0 ? null : time(i))), pl.Datetime('ms')),
    pl.Series('us', number.map(time), pl.Datetime('us')),
    pl.Series('ns', number.map(time), pl.Datetime('ns')),
    pl.Series('nu', number.map(() => null), pl.Int64),
  ]
}

// By its bytes: a path would have to end in .ipc.
const frame = isParquet ? pl.readParquet(file) : pl.readIPC(readFileSync(file))
const out = printer()
await out.row(frame.columns)
// A number in JavaScript loses 64-bit integers, a Date loses microseconds; as text nothing is lost.
const exact = frame.select(...frame.columns.map(name => {
  const type = String(frame.getColumn(name).dtype)
  const column = pl.col(name)
  return /Float|Bool|Utf8|String/.test(type) ? column
    : /Date/.test(type) ? column.cast(pl.Datetime('us')).cast(pl.Int64).cast(pl.Utf8) : column.cast(pl.Utf8)
}))
// Decimals with all digits after the point; without it, the number of units of the last one.
const isDecimal = frame.columns.map(name => /Decimal/.test(String(frame.getColumn(name).dtype)))
const plain = (value, i) => (isDecimal[i] && value !== null ? BigInt(value.replace('.', '')) : value)
for (const row of exact.rows()) await out.row(row.map((value, i) => cell(plain(value, i))))
await out.flush()
