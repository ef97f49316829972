import { fetchNotifications, fetchUnread } from './api'

export const NOTIFICATION_KEYS = {
  root: ['notifications'] as const,
  list: (communityId: string, personId: string) => ['notifications', communityId, personId, 'list'] as const,
  unread: (communityId: string, personId: string) => ['notifications', communityId, personId, 'unread'] as const,
}

export const notificationsQuery = (communityId: string, personId: string) => ({
  key: NOTIFICATION_KEYS.list(communityId, personId),
  query: () => fetchNotifications(communityId, personId),
})

export const unreadQuery = (communityId: string, personId: string) => ({
  key: NOTIFICATION_KEYS.unread(communityId, personId),
  query: () => fetchUnread(communityId, personId),
})
