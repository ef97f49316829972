import writeExcelFile from 'write-excel-file/node'

/** What the office sees in its own spreadsheet. */
export const RESIDENT_HEADERS = ['序号', '姓名', '联系电话', '出生年月', '小区', '楼栋', '单元', '门牌号', '所属网格']

export type RosterCell = string | number | Date | null

export interface BadRow {
  /** As the spreadsheet shows it: the headers are row 1. */
  rowNo: number
  field: string
  reason: string
}

export interface ResidentFile {
  headers: string[]
  rows: RosterCell[][]
  bad: BadRow[]
}

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张'
const GIVEN = '安伯采辰德恩芳歌涵嘉可岚明宁欧培清若思天文祥雅泽'
const RARE = ['𠮷野文', '䶮小明', '阿依努尔·买买提', '欧阳若兰']

function nameOf(n: number): string {
  if (n % 500 === 7) return RARE[Math.floor(n / 500) % RARE.length]!
  const at = (text: string, i: number) => text[i % text.length]!
  return at(SURNAMES, n) + at(GIVEN, Math.floor(n / SURNAMES.length)) + at(GIVEN, Math.floor(n / 7) + n)
}

/** Every spelling of a birth month that the import has to understand. */
function birthOf(n: number): RosterCell {
  const year = 1940 + (n % 65)
  const month = (n % 12) + 1
  switch (n % 6) {
    case 0:
      return `${year}年${month}月`
    case 1:
      return `${year}-${String(month).padStart(2, '0')}`
    case 2:
      return `${year}/${month}/8`
    case 3:
      return new Date(Date.UTC(year, month - 1, 15))
    case 4:
      return `${year}${String(month).padStart(2, '0')}`
    default:
      return `${year}．${month}`.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))) + ' '
  }
}

const FLATS_PER_BUILDING = 60

/** A good row: its phone is unique, and every seventh person has none and is known by birth and door. */
function residentRow(n: number): RosterCell[] {
  const building = Math.floor(n / FLATS_PER_BUILDING) + 1
  const flat = n % FLATS_PER_BUILDING
  const phone = `199${String(10_000_000 + n)}`
  return [
    n + 1,
    nameOf(n),
    n % 7 === 3
      ? null
      : n % 5 === 0
        ? Number(phone)
        : n % 5 === 1
          ? `+86 ${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`
          : phone,
    birthOf(n),
    building % 2 ? '梧桐苑' : '梧桐里西区',
    n % 3 ? `${building}号楼` : `${building}栋`,
    `${Math.floor(flat / 20) + 1}单元`,
    `${Math.floor((flat % 20) / 2) + 1}0${(flat % 2) + 1}`,
    `第${(Math.floor(n / 400) % 8) + 1}片`,
  ]
}

const SPOILERS: { count: number; field: string; reason: string; spoil: (row: RosterCell[], i: number) => void }[] = [
  { count: 4, field: 'name', reason: 'field_required', spoil: (row) => (row[1] = null) },
  { count: 4, field: 'name', reason: 'name_invalid', spoil: (row, i) => (row[1] = i % 2 ? '王小明2' : '李😀') },
  { count: 3, field: 'name', reason: 'field_too_long', spoil: (row) => (row[1] = '长'.repeat(51)) },
  { count: 3, field: 'birth', reason: 'birth_missing', spoil: (row) => (row[3] = null) },
  {
    count: 4,
    field: 'birth',
    reason: 'birth_invalid',
    spoil: (row, i) => (row[3] = ['不详', '1965年13月', '65-3', '1970-02-30'][i % 4]!),
  },
  { count: 3, field: 'birth', reason: 'birth_in_future', spoil: (row) => (row[3] = '2099-01') },
  {
    count: 5,
    field: 'phone',
    reason: 'phone_invalid',
    spoil: (row, i) => (row[2] = ['12345', '021-55550000', '2990000111', '1380000', 'abc'][i % 5]!),
  },
  { count: 4, field: 'building', reason: 'building_missing', spoil: (row) => (row[5] = null) },
  {
    count: 3,
    field: 'phone',
    reason: 'id_card_refused',
    spoil: (row, i) => (row[2] = `99010119650308${String(1000 + i)}`),
  },
]
const DUPLICATES = 4

/**
 * A resident roster with bad rows of ten kinds spread over it: for 3,000 rows there are 37, so that 2,963 are good.
 * The same arguments give the same file. No number or name is anybody's.
 */
export function residentFile({
  rows: total = 3000,
  bad: withBad = true,
}: { rows?: number; bad?: boolean } = {}): ResidentFile {
  const rows = Array.from({ length: total }, (_, n) => residentRow(n))
  const bad: BadRow[] = []
  if (withBad) {
    const spoilers = SPOILERS.flatMap((spoiler) => Array.from({ length: spoiler.count }, (_, i) => ({ ...spoiler, i })))
    const step = Math.floor(total / (spoilers.length + DUPLICATES + 1))
    for (const [k, { field, reason, spoil, i }] of spoilers.entries()) {
      const at = (k + 1) * step
      spoil(rows[at]!, i)
      bad.push({ rowNo: at + 2, field, reason })
    }
    for (let k = 0; k < DUPLICATES; k += 1) {
      const at = (spoilers.length + 1 + k) * step
      rows[at] = [...rows[at - 5]!]
      bad.push({ rowNo: at + 2, field: 'row', reason: 'duplicate_in_file' })
    }
  }
  return { headers: [...RESIDENT_HEADERS], rows, bad: bad.sort((a, b) => a.rowNo - b.rowNo) }
}

/** The file as `.xlsx` bytes, to be chosen in the browser. */
export async function residentXlsx(file: ResidentFile): Promise<Buffer> {
  const cell = (value: RosterCell) =>
    value === null
      ? null
      : value instanceof Date
        ? { value, type: Date, format: 'yyyy-mm-dd' }
        : typeof value === 'number'
          ? { value, type: Number, format: '0' }
          : { value, type: String }
  return writeExcelFile([file.headers.map(cell), ...file.rows.map((row) => row.map(cell))], {
    sheet: '居民',
  }).toBuffer()
}

export function residentCsv(file: ResidentFile): string {
  const text = (value: RosterCell) => {
    const plain = value instanceof Date ? value.toISOString().slice(0, 10) : String(value ?? '')
    return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
  }
  return [file.headers, ...file.rows].map((row) => row.map(text).join(',')).join('\r\n')
}
