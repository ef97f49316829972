import { at, type Rng } from './random.ts'

// Common surnames, and given names put together from characters of old poems: no list of real people.
export const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
]
const OLDER = [
  '国梁',
  '桂兰',
  '秀珍',
  '建华',
  '志强',
  '玉梅',
  '淑芬',
  '德福',
  '春生',
  '凤英',
  '文清',
  '素云',
  '守田',
  '庆林',
  '惠芳',
  '永安',
  '桂香',
  '长河',
  '美玲',
  '振东',
  '月娥',
  '广才',
  '兰芝',
  '宝山',
  '翠屏',
  '学文',
  '雪琴',
  '耀宗',
  '金花',
  '有德',
]
const MIDDLE = [
  '晓东',
  '丽华',
  '海涛',
  '敏',
  '伟',
  '静',
  '立群',
  '红霞',
  '志远',
  '建平',
  '燕',
  '俊',
  '春燕',
  '国栋',
  '秋菊',
  '文博',
  '雪梅',
  '宏伟',
  '婷',
  '勇',
  '芳',
  '思远',
  '小满',
  '向阳',
  '玉洁',
  '景行',
  '云舟',
  '若水',
  '佩兰',
  '长青',
]
const YOUNGER = [
  '雨禾',
  '可欣',
  '子墨',
  '一诺',
  '思齐',
  '浩然',
  '知夏',
  '明轩',
  '梓涵',
  '望舒',
  '清越',
  '书言',
  '星野',
  '乐天',
  '安然',
  '语桐',
  '沐阳',
  '景澄',
  '若溪',
  '亦辰',
  '千寻',
  '小川',
  '禾苗',
  '听雨',
  '南乔',
  '予安',
  '怀瑾',
  '嘉木',
  '其琛',
  '舒窈',
]
/** Names that software likes to break: with a dot, and with characters beyond the common planes. */
const UNUSUAL = ['古丽·艾山', '巴特尔·苏和', '扎西·顿珠', '𠮷晓东', '赵䶮', '阿依夏·努尔', '陈𠮷禾', '欧阳䶮之']

export function nameOf(rng: Rng, surname: string, age: number, nth: number): string {
  if (nth % 120 === 57) return at(UNUSUAL, Math.floor(nth / 120) % UNUSUAL.length)
  return surname + rng.pick(age >= 55 ? OLDER : age >= 28 ? MIDDLE : YOUNGER)
}

/** 王*明, as private.mask_name does it. */
export function maskName(name: string): string {
  const chars = [...name]
  if (chars.length <= 1) return '*'
  return chars.length === 2 ? `${at(chars, 0)}*` : `${at(chars, 0)}*${at(chars, chars.length - 1)}`
}

/** As private.name_key does it. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').replaceAll(/[\s·]/gu, '').toLowerCase()
}
