/** Invented names for the gallery, rare characters included. */
export const NAMES = ['林小满', '周知夏', '阿依努尔·买买提', '𠮷野', '王䶮', '陈立春', '赵秋分']
