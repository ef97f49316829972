import { fetchNoticeSettings, fetchNotifications, fetchUnread } from './api'

export const NOTIFICATION_KEYS = {
  root: ['notifications'] as const,
  list: (communityId: string, personId: string) => ['notifications', communityId, personId, 'list'] as const,
  settings: (communityId: string, personId: string) => ['notice-settings', communityId, personId] as const,
  unread: (communityId: string, personId: string) => ['notifications', communityId, personId, 'unread'] as const,
}

export const notificationsQuery = (communityId: string, personId: string) => ({
  key: NOTIFICATION_KEYS.list(communityId, personId),
  query: () => fetchNotifications(communityId, personId),
})

export const unreadQuery = (communityId: string, personId: string) => ({
  key: NOTIFICATION_KEYS.unread(communityId, personId),
  query: () => fetchUnread(communityId),
})

export const noticeSettingsQuery = (communityId: string, personId: string) => ({
  key: NOTIFICATION_KEYS.settings(communityId, personId),
  query: () => fetchNoticeSettings(communityId),
})
