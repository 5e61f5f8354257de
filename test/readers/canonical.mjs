// One way to write a cell, whichever reader it came from: null, or a string that C# can form from the same value.

export function cell(value) {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'bigint' || typeof value === 'boolean' || typeof value === 'string') return String(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  // DuckDB's decimals: how many units of their last digit.
  if (typeof value.value === 'bigint' && typeof value.scale === 'number') return String(value.value)
  // DuckDB's timestamps: microseconds since the Unix epoch.
  if (typeof value.micros === 'bigint') return String(value.micros)
  return JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? String(v) : v))
}

/** Writes rows as JSON arrays, one a line, in chunks that a pipe takes gladly. */
export function printer() {
  let lines = []
  const flush = () => new Promise((resolve, reject) =>
    process.stdout.write(lines.splice(0).join(''), error => (error ? reject(error) : resolve())))
  return {
    async row(cells) {
      lines.push(JSON.stringify(cells) + '\n')
      if (lines.length >= 4096) await flush()
    },
    flush,
  }
}
