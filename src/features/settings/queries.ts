import { fetchSettings } from './api'

export const SETTING_KEYS = {
  all: (communityId: string) => ['settings', communityId] as const,
}

export const settingsQuery = (communityId: string) => ({
  key: SETTING_KEYS.all(communityId),
  query: () => fetchSettings(communityId),
})
