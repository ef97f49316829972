/** What the shell and the public home say; in the first load. */
export { default as common } from './zh-CN/common.json'
export { default as home } from './zh-CN/home.json'
export { default as ui } from './zh-CN/ui.json'
