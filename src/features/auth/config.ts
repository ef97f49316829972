/** Name of the OAuth/OIDC provider that stands for WeChat in this installation's Auth. */
export const wechatProvider: string = (import.meta.env['VITE_WECHAT_PROVIDER'] as string | undefined) || 'custom:wechat'

/** The embedded backend has no mail server: it prints its mails where it was started. */
export const isEmbedded: boolean = !import.meta.env['VITE_SUPABASE_URL']
