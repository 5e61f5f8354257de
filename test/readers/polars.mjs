// node polars.mjs FILE : the rows of an Arrow file as Polars reads them, as JSON lines; the first names the columns.
// node polars.mjs FILE CODEC : writes an Arrow file with Polars (uncompressed, zstd or lz4), then its rows as above.
import { readFileSync } from 'node:fs'
import pl from 'nodejs-polars'
import { cell, printer } from './canonical.mjs'

const [, , file, codec] = process.argv
if (codec) {
  const rows = 3000
  const number = Array.from({ length: rows }, (_, i) => i)
  const frame = pl.DataFrame([
    pl.Series('b', number.map(i => (i % 7 === 0 ? null : i % 3 === 0)), pl.Bool),
    pl.Series('i', number.map(i => (i % 5 === 0 ? null : i * 3 - 100)), pl.Int32),
    pl.Series('l', number.map(i => i * 1000003), pl.Int64),
    pl.Series('d', number.map(i => i / 3), pl.Float64),
    pl.Series('s', number.map(i => (i % 11 === 0 ? null : 'é' + (i % 50))), pl.Utf8),
  ])
  frame.writeIPC(file, { compression: codec })
}

// By its bytes: a path would have to end in .ipc.
const frame = pl.readIPC(readFileSync(file))
const out = printer()
await out.row(frame.columns)
// A number in JavaScript loses 64-bit integers, a Date loses microseconds; as text nothing is lost.
const exact = frame.select(...frame.columns.map(name => {
  const type = String(frame.getColumn(name).dtype)
  const column = pl.col(name)
  return /Float|Bool|Utf8|String/.test(type) ? column
    : /Datetime/.test(type) ? column.cast(pl.Int64).cast(pl.Utf8) : column.cast(pl.Utf8)
}))
// Decimals with all digits after the point; without it, the number of units of the last one.
const isDecimal = frame.columns.map(name => /Decimal/.test(String(frame.getColumn(name).dtype)))
const plain = (value, i) => (isDecimal[i] && value !== null ? BigInt(value.replace('.', '')) : value)
for (const row of exact.rows()) await out.row(row.map((value, i) => cell(plain(value, i))))
await out.flush()
