import { expect, it } from 'vitest'
import { wrapText } from './share-image'

const measure = (text: string) => [...text].length

it('breaks Chinese anywhere and English between words', () => {
  expect(wrapText('给独居老人换一盏厨房灯', 6, 3, measure)).toEqual(['给独居老人换', '一盏厨房灯'])
  expect(wrapText('a warm coat for winter', 8, 4, measure)).toEqual(['a warm', 'coat for', 'winter'])
})

it('ends in an ellipsis when it does not fit', () => {
  expect(wrapText('一二三四五六七八九', 4, 2, measure)).toEqual(['一二三四', '五六七…'])
})
