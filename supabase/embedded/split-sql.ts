export interface Statement {
  text: string
  /** 1-based line of the statement's first word in its file. */
  line: number
}

/** Splits a file into its statements at top-level semicolons; strings, quoted names, comments and $$ bodies are opaque. */
export function splitSql(source: string): Statement[] {
  const statements: Statement[] = []
  let start = -1
  let at = 0
  let atomicDepth = 0

  const close = (end: number) => {
    if (start >= 0) statements.push({ text: source.slice(start, end).trim(), line: lineAt(source, start) })
    start = -1
    atomicDepth = 0
  }

  while (at < source.length) {
    const comment = matchAt(/--[^\n]*|\/\*/y, source, at)
    if (comment) {
      at = comment === '/*' ? blockCommentEnd(source, at) : at + comment.length
      continue
    }
    const char = source.charAt(at)
    if (/\s/.test(char)) {
      at += 1
      continue
    }
    if (char === ';' && atomicDepth === 0) {
      close(at)
      at += 1
      continue
    }
    if (start < 0) start = at
    const opaque = opaqueEnd(source, at)
    if (opaque > at) {
      at = opaque
      continue
    }
    const word = matchAt(/[A-Za-z_][\w$]*/y, source, at)
    if (word) {
      const lower = word.toLowerCase()
      if (lower === 'atomic' && /\bbegin\s+$/i.test(source.slice(Math.max(start, at - 40), at))) atomicDepth = 1
      else if (atomicDepth > 0 && lower === 'case') atomicDepth += 1
      else if (atomicDepth > 0 && lower === 'end') atomicDepth -= 1
    }
    at += word?.length ?? 1
  }
  close(source.length)
  return statements
}

function opaqueEnd(source: string, at: number): number {
  const char = source.charAt(at)
  if (char === "'" || char === '"') {
    const escapes = char === "'" && /(^|[^\w$])[eE]$/.test(source.slice(Math.max(0, at - 2), at))
    let end = at + 1
    while (end < source.length) {
      if (escapes && source[end] === '\\') end += 2
      else if (source[end] !== char) end += 1
      else if (source[end + 1] === char) end += 2
      else return end + 1
    }
    return end
  }
  if (char === '$' && !/[\w$]/.test(source.charAt(at - 1))) {
    const tag = matchAt(/\$(?:[A-Za-z_]\w*)?\$/y, source, at)
    if (tag) {
      const end = source.indexOf(tag, at + tag.length)
      return end < 0 ? source.length : end + tag.length
    }
  }
  return at
}

function blockCommentEnd(source: string, from: number): number {
  let depth = 0
  let at = from
  do {
    if (source.startsWith('/*', at)) {
      depth += 1
      at += 2
    } else if (source.startsWith('*/', at)) {
      depth -= 1
      at += 2
    } else at += 1
  } while (depth > 0 && at < source.length)
  return at
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}

export function lineAt(source: string, index: number): number {
  let line = 1
  for (let at = source.indexOf('\n'); at >= 0 && at < index; at = source.indexOf('\n', at + 1)) line += 1
  return line
}
