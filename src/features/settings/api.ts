import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { rpc } from '@/lib/supabase'
import type { Setting, SettingValue } from './schema'
import { settingsSchema } from './schema'

/** Everything a community may set, with the value in force. Errors: not_allowed. */
export async function fetchSettings(communityId: string): Promise<Setting[]> {
  return parseAnswer(settingsSchema, await rpc('community_settings', { p_community_id: communityId }))
}

/** Sets what changed. Errors: not_allowed, setting_unknown, setting_out_of_range. */
export const saveSettings = (communityId: string, changes: Record<string, SettingValue>) =>
  sendCommand('save_settings', communityId, { p_settings: changes })
