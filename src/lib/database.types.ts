// Generated from the migrations by `npm run types`; not edited by hand.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      access_logs: {
        Row: {
          at: string
          community_id: string
          id: string
          person_id: string | null
          reason: string
          viewer_person_id: string
          what: string
        }
        ComputedFields: never
        Insert: {
          at: string
          community_id: string
          id: string
          person_id?: string | null
          reason: string
          viewer_person_id: string
          what: string
        }
        Update: {
          at?: string
          community_id?: string
          id?: string
          person_id?: string | null
          reason?: string
          viewer_person_id?: string
          what?: string
        }
        Relationships: [
          {
            foreignKeyName: 'access_logs_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'access_logs_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'access_logs_community_id_viewer_person_id_fkey'
            columns: ['community_id', 'viewer_person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      account_persons: {
        Row: {
          community_id: string
          id: string
          joined_at: string
          left_at: string | null
          person_id: string
          status: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          joined_at: string
          left_at?: string | null
          person_id: string
          status?: string
          user_id: string
        }
        Update: {
          community_id?: string
          id?: string
          joined_at?: string
          left_at?: string | null
          person_id?: string
          status?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'account_persons_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'account_persons_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'account_persons_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'accounts'
            referencedColumns: ['user_id']
          },
        ]
      }
      accounts: {
        Row: {
          birth_month: number
          birth_year: number
          created_at: string
          locale: string
          terms_version: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          birth_month: number
          birth_year: number
          created_at?: string
          locale?: string
          terms_version: string
          user_id: string
        }
        Update: {
          birth_month?: number
          birth_year?: number
          created_at?: string
          locale?: string
          terms_version?: string
          user_id?: string
        }
        Relationships: []
      }
      activities: {
        Row: {
          category: string
          community_id: string
          corps_id: string
          created_at: string
          created_by: string | null
          id: string
          insurance_ref: string | null
          is_hazardous: boolean
          is_volunteer_service: boolean
          meeting_point: string | null
          min_age: number
          place_id: string | null
          published_at: string | null
          published_by: string | null
          qualification_kind: string | null
          registered_late: boolean
          risk_note: string | null
          settled_at: string | null
          settled_by: string | null
          status: string
          status_reason: string | null
          summary: string | null
          title: string
        }
        ComputedFields: never
        Insert: {
          category: string
          community_id: string
          corps_id: string
          created_at: string
          created_by?: string | null
          id: string
          insurance_ref?: string | null
          is_hazardous?: boolean
          is_volunteer_service?: boolean
          meeting_point?: string | null
          min_age?: number
          place_id?: string | null
          published_at?: string | null
          published_by?: string | null
          qualification_kind?: string | null
          registered_late?: boolean
          risk_note?: string | null
          settled_at?: string | null
          settled_by?: string | null
          status?: string
          status_reason?: string | null
          summary?: string | null
          title: string
        }
        Update: {
          category?: string
          community_id?: string
          corps_id?: string
          created_at?: string
          created_by?: string | null
          id?: string
          insurance_ref?: string | null
          is_hazardous?: boolean
          is_volunteer_service?: boolean
          meeting_point?: string | null
          min_age?: number
          place_id?: string | null
          published_at?: string | null
          published_by?: string | null
          qualification_kind?: string | null
          registered_late?: boolean
          risk_note?: string | null
          settled_at?: string | null
          settled_by?: string | null
          status?: string
          status_reason?: string | null
          summary?: string | null
          title?: string
        }
        Relationships: [
          {
            foreignKeyName: 'activities_community_id_corps_id_fkey'
            columns: ['community_id', 'corps_id']
            isOneToOne: false
            referencedRelation: 'corps'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'activities_community_id_created_by_fkey'
            columns: ['community_id', 'created_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'activities_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'activities_community_id_place_id_fkey'
            columns: ['community_id', 'place_id']
            isOneToOne: false
            referencedRelation: 'places'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'activities_community_id_published_by_fkey'
            columns: ['community_id', 'published_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'activities_settler_is_a_person'
            columns: ['community_id', 'settled_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      activity_series: {
        Row: {
          anchor_on: string
          community_id: string
          corps_id: string
          created_at: string
          created_by: string
          every: number
          first_on: string
          frequency: string
          id: string
          minutes: number
          month_day: number | null
          roles: NonNullable<Json>
          start_time: string
          status: string
          template: NonNullable<Json>
          until_on: string
          weekdays: number[]
        }
        ComputedFields: never
        Insert: {
          anchor_on: string
          community_id: string
          corps_id: string
          created_at: string
          created_by: string
          every: number
          first_on: string
          frequency: string
          id: string
          minutes: number
          month_day?: number | null
          roles: NonNullable<Json>
          start_time: string
          status?: string
          template: NonNullable<Json>
          until_on: string
          weekdays?: number[]
        }
        Update: {
          anchor_on?: string
          community_id?: string
          corps_id?: string
          created_at?: string
          created_by?: string
          every?: number
          first_on?: string
          frequency?: string
          id?: string
          minutes?: number
          month_day?: number | null
          roles?: NonNullable<Json>
          start_time?: string
          status?: string
          template?: NonNullable<Json>
          until_on?: string
          weekdays?: number[]
        }
        Relationships: [
          {
            foreignKeyName: 'activity_series_community_id_corps_id_fkey'
            columns: ['community_id', 'corps_id']
            isOneToOne: false
            referencedRelation: 'corps'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'activity_series_community_id_created_by_fkey'
            columns: ['community_id', 'created_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'activity_series_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      activity_summaries: {
        Row: {
          body: string
          community_id: string
          id: string
          people_served: number | null
          written_at: string
          written_by: string
        }
        ComputedFields: never
        Insert: {
          body: string
          community_id: string
          id: string
          people_served?: number | null
          written_at: string
          written_by: string
        }
        Update: {
          body?: string
          community_id?: string
          id?: string
          people_served?: number | null
          written_at?: string
          written_by?: string
        }
        Relationships: [
          {
            foreignKeyName: 'activity_summaries_community_id_id_fkey'
            columns: ['community_id', 'id']
            isOneToOne: true
            referencedRelation: 'activities'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'activity_summaries_community_id_written_by_fkey'
            columns: ['community_id', 'written_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      appraisal_cycles: {
        Row: {
          active: number | null
          archived_at: string | null
          collect_until: string
          community_id: string
          confirmed_at: string | null
          confirmed_by: string | null
          decide_until: string
          first_day: string
          formula_id: string
          id: string
          kind: string
          last_day: string
          locked_at: string | null
          locked_by: string | null
          opened_at: string | null
          period: string
          planned_at: string
          planned_by: string
          quorum: number
          quota: number | null
          scored_at: string | null
          scored_by: string | null
          seal: string | null
          snapshot_hash: string | null
          status: string
        }
        ComputedFields: never
        Insert: {
          active?: number | null
          archived_at?: string | null
          collect_until: string
          community_id: string
          confirmed_at?: string | null
          confirmed_by?: string | null
          decide_until: string
          first_day: string
          formula_id: string
          id: string
          kind: string
          last_day: string
          locked_at?: string | null
          locked_by?: string | null
          opened_at?: string | null
          period: string
          planned_at: string
          planned_by: string
          quorum: number
          quota?: number | null
          scored_at?: string | null
          scored_by?: string | null
          seal?: string | null
          snapshot_hash?: string | null
          status?: string
        }
        Update: {
          active?: number | null
          archived_at?: string | null
          collect_until?: string
          community_id?: string
          confirmed_at?: string | null
          confirmed_by?: string | null
          decide_until?: string
          first_day?: string
          formula_id?: string
          id?: string
          kind?: string
          last_day?: string
          locked_at?: string | null
          locked_by?: string | null
          opened_at?: string | null
          period?: string
          planned_at?: string
          planned_by?: string
          quorum?: number
          quota?: number | null
          scored_at?: string | null
          scored_by?: string | null
          seal?: string | null
          snapshot_hash?: string | null
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'appraisal_cycles_community_id_confirmed_by_fkey'
            columns: ['community_id', 'confirmed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'appraisal_cycles_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'appraisal_cycles_community_id_formula_id_fkey'
            columns: ['community_id', 'formula_id']
            isOneToOne: false
            referencedRelation: 'appraisal_formulas'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'appraisal_cycles_community_id_locked_by_fkey'
            columns: ['community_id', 'locked_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'appraisal_cycles_community_id_planned_by_fkey'
            columns: ['community_id', 'planned_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'appraisal_cycles_community_id_scored_by_fkey'
            columns: ['community_id', 'scored_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      appraisal_formulas: {
        Row: {
          code: string
          community_id: string
          dimensions: Json | null
          gates: NonNullable<Json>
          id: string
          kind: string
          published_at: string
          published_by: string | null
          quota: NonNullable<Json>
        }
        ComputedFields: never
        Insert: {
          code: string
          community_id: string
          dimensions?: Json | null
          gates: NonNullable<Json>
          id: string
          kind: string
          published_at: string
          published_by?: string | null
          quota: NonNullable<Json>
        }
        Update: {
          code?: string
          community_id?: string
          dimensions?: Json | null
          gates?: NonNullable<Json>
          id?: string
          kind?: string
          published_at?: string
          published_by?: string | null
          quota?: NonNullable<Json>
        }
        Relationships: [
          {
            foreignKeyName: 'appraisal_formulas_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'appraisal_formulas_community_id_published_by_fkey'
            columns: ['community_id', 'published_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      attachments: {
        Row: {
          community_id: string
          id: string
          kind: string
          mime: string
          owner_id: string | null
          owner_kind: string | null
          seconds: number | null
          size_bytes: number
          uploaded_at: string
          uploaded_by: string
          words: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          kind: string
          mime: string
          owner_id?: string | null
          owner_kind?: string | null
          seconds?: number | null
          size_bytes: number
          uploaded_at: string
          uploaded_by: string
          words?: string | null
        }
        Update: {
          community_id?: string
          id?: string
          kind?: string
          mime?: string
          owner_id?: string | null
          owner_kind?: string | null
          seconds?: number | null
          size_bytes?: number
          uploaded_at?: string
          uploaded_by?: string
          words?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'attachments_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'attachments_community_id_uploaded_by_fkey'
            columns: ['community_id', 'uploaded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      attendance_reversals: {
        Row: {
          at: string
          before: NonNullable<Json>
          community_id: string
          id: string
          person_id: string
          reason: string | null
          signup_id: string
          step: string
          undone_by: string
        }
        ComputedFields: never
        Insert: {
          at: string
          before: NonNullable<Json>
          community_id: string
          id: string
          person_id: string
          reason?: string | null
          signup_id: string
          step: string
          undone_by: string
        }
        Update: {
          at?: string
          before?: NonNullable<Json>
          community_id?: string
          id?: string
          person_id?: string
          reason?: string | null
          signup_id?: string
          step?: string
          undone_by?: string
        }
        Relationships: [
          {
            foreignKeyName: 'attendance_reversals_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'attendance_reversals_community_id_signup_id_fkey'
            columns: ['community_id', 'signup_id']
            isOneToOne: false
            referencedRelation: 'signups'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'attendance_reversals_community_id_undone_by_fkey'
            columns: ['community_id', 'undone_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      attendances: {
        Row: {
          ahead_seconds: number
          asked_at: string | null
          checked_in_at: string
          checked_in_by: string
          checked_in_via: string
          checked_out_at: string | null
          checked_out_by: string | null
          checked_out_via: string | null
          community_id: string
          confirmed_at: string | null
          confirmed_by: string | null
          id: string
          in_received_at: string | null
          left_claimed_at: string | null
          left_claimed_by: string | null
          minutes: number | null
          out_received_at: string | null
          person_id: string
          shift_id: string
          status: string
        }
        ComputedFields: never
        Insert: {
          ahead_seconds?: number
          asked_at?: string | null
          checked_in_at: string
          checked_in_by: string
          checked_in_via: string
          checked_out_at?: string | null
          checked_out_by?: string | null
          checked_out_via?: string | null
          community_id: string
          confirmed_at?: string | null
          confirmed_by?: string | null
          id: string
          in_received_at?: string | null
          left_claimed_at?: string | null
          left_claimed_by?: string | null
          minutes?: number | null
          out_received_at?: string | null
          person_id: string
          shift_id: string
          status: string
        }
        Update: {
          ahead_seconds?: number
          asked_at?: string | null
          checked_in_at?: string
          checked_in_by?: string
          checked_in_via?: string
          checked_out_at?: string | null
          checked_out_by?: string | null
          checked_out_via?: string | null
          community_id?: string
          confirmed_at?: string | null
          confirmed_by?: string | null
          id?: string
          in_received_at?: string | null
          left_claimed_at?: string | null
          left_claimed_by?: string | null
          minutes?: number | null
          out_received_at?: string | null
          person_id?: string
          shift_id?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'attendances_community_id_checked_in_by_fkey'
            columns: ['community_id', 'checked_in_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'attendances_community_id_checked_out_by_fkey'
            columns: ['community_id', 'checked_out_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'attendances_community_id_confirmed_by_fkey'
            columns: ['community_id', 'confirmed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'attendances_community_id_id_fkey'
            columns: ['community_id', 'id']
            isOneToOne: true
            referencedRelation: 'signups'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'attendances_community_id_left_claimed_by_fkey'
            columns: ['community_id', 'left_claimed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'attendances_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'attendances_community_id_shift_id_fkey'
            columns: ['community_id', 'shift_id']
            isOneToOne: false
            referencedRelation: 'shifts'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      audit_logs: {
        Row: {
          actor_person_id: string | null
          actor_user_id: string | null
          at: string
          command: string
          community_id: string
          detail: NonNullable<Json>
          for_person_id: string | null
          hash: string
          id: string
          payload_hash: string
          prev_hash: string
          result: Json | null
          seq: number
          subject: string | null
          subject_id: string | null
        }
        ComputedFields: never
        Insert: {
          actor_person_id?: string | null
          actor_user_id?: string | null
          at: string
          command: string
          community_id: string
          detail?: NonNullable<Json>
          for_person_id?: string | null
          hash: string
          id: string
          payload_hash: string
          prev_hash: string
          result?: Json | null
          seq: number
          subject?: string | null
          subject_id?: string | null
        }
        Update: {
          actor_person_id?: string | null
          actor_user_id?: string | null
          at?: string
          command?: string
          community_id?: string
          detail?: NonNullable<Json>
          for_person_id?: string | null
          hash?: string
          id?: string
          payload_hash?: string
          prev_hash?: string
          result?: Json | null
          seq?: number
          subject?: string | null
          subject_id?: string | null
        }
        Relationships: []
      }
      awards: {
        Row: {
          community_id: string
          cycle_id: string
          granted_at: string
          granted_by: string
          id: string
          kind: string
          period: string
          person_id: string
          revoked_at: string | null
          revoked_by: string | null
          revoked_why: string | null
          status: string
          title: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          cycle_id: string
          granted_at: string
          granted_by: string
          id: string
          kind: string
          period: string
          person_id: string
          revoked_at?: string | null
          revoked_by?: string | null
          revoked_why?: string | null
          status?: string
          title?: string | null
        }
        Update: {
          community_id?: string
          cycle_id?: string
          granted_at?: string
          granted_by?: string
          id?: string
          kind?: string
          period?: string
          person_id?: string
          revoked_at?: string | null
          revoked_by?: string | null
          revoked_why?: string | null
          status?: string
          title?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'awards_community_id_cycle_id_fkey'
            columns: ['community_id', 'cycle_id']
            isOneToOne: false
            referencedRelation: 'appraisal_cycles'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'awards_community_id_granted_by_fkey'
            columns: ['community_id', 'granted_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'awards_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'awards_community_id_revoked_by_fkey'
            columns: ['community_id', 'revoked_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      backfills: {
        Row: {
          activity_id: string
          closed_at: string | null
          closed_by: string | null
          community_id: string
          ends_at: string
          evidence: string | null
          filed_at: string
          filed_by: string
          first_reviewed_at: string | null
          first_reviewed_by: string | null
          id: string
          person_id: string
          reason: string | null
          record_id: string | null
          shift_id: string
          starts_at: string
          status: string
        }
        ComputedFields: never
        Insert: {
          activity_id: string
          closed_at?: string | null
          closed_by?: string | null
          community_id: string
          ends_at: string
          evidence?: string | null
          filed_at: string
          filed_by: string
          first_reviewed_at?: string | null
          first_reviewed_by?: string | null
          id: string
          person_id: string
          reason?: string | null
          record_id?: string | null
          shift_id: string
          starts_at: string
          status?: string
        }
        Update: {
          activity_id?: string
          closed_at?: string | null
          closed_by?: string | null
          community_id?: string
          ends_at?: string
          evidence?: string | null
          filed_at?: string
          filed_by?: string
          first_reviewed_at?: string | null
          first_reviewed_by?: string | null
          id?: string
          person_id?: string
          reason?: string | null
          record_id?: string | null
          shift_id?: string
          starts_at?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'backfills_community_id_activity_id_fkey'
            columns: ['community_id', 'activity_id']
            isOneToOne: false
            referencedRelation: 'activities'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'backfills_community_id_closed_by_fkey'
            columns: ['community_id', 'closed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'backfills_community_id_filed_by_fkey'
            columns: ['community_id', 'filed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'backfills_community_id_first_reviewed_by_fkey'
            columns: ['community_id', 'first_reviewed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'backfills_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'backfills_community_id_record_id_fkey'
            columns: ['community_id', 'record_id']
            isOneToOne: false
            referencedRelation: 'service_records'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'backfills_community_id_shift_id_fkey'
            columns: ['community_id', 'shift_id']
            isOneToOne: false
            referencedRelation: 'shifts'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      board_corrections: {
        Row: {
          community_id: string
          measure: string
          period: string
          person_id: string
          scope: string
          value: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          measure: string
          period: string
          person_id: string
          scope: string
          value: number
        }
        Update: {
          community_id?: string
          measure?: string
          period?: string
          person_id?: string
          scope?: string
          value?: number
        }
        Relationships: [
          {
            foreignKeyName: 'board_corrections_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      board_displays: {
        Row: {
          alias: string | null
          community_id: string
          display: string
          person_id: string
        }
        ComputedFields: never
        Insert: {
          alias?: string | null
          community_id: string
          display?: string
          person_id: string
        }
        Update: {
          alias?: string | null
          community_id?: string
          display?: string
          person_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'board_displays_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: true
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      board_snapshots: {
        Row: {
          closed_at: string
          community_id: string
          entries: NonNullable<Json>
          hash: string
          kind: string
          period: string
          scope: string
        }
        ComputedFields: never
        Insert: {
          closed_at: string
          community_id: string
          entries: NonNullable<Json>
          hash: string
          kind: string
          period: string
          scope: string
        }
        Update: {
          closed_at?: string
          community_id?: string
          entries?: NonNullable<Json>
          hash?: string
          kind?: string
          period?: string
          scope?: string
        }
        Relationships: [
          {
            foreignKeyName: 'board_snapshots_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      board_totals: {
        Row: {
          community_id: string
          grid_id: string | null
          is_shown: boolean
          measure: string
          period: string
          person_id: string
          scope: string
          value: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          grid_id?: string | null
          is_shown: boolean
          measure: string
          period: string
          person_id: string
          scope: string
          value: number
        }
        Update: {
          community_id?: string
          grid_id?: string | null
          is_shown?: boolean
          measure?: string
          period?: string
          person_id?: string
          scope?: string
          value?: number
        }
        Relationships: [
          {
            foreignKeyName: 'board_totals_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      buildings: {
        Row: {
          community_id: string
          compound_id: string
          id: string
          name: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          compound_id: string
          id: string
          name: string
        }
        Update: {
          community_id?: string
          compound_id?: string
          id?: string
          name?: string
        }
        Relationships: [
          {
            foreignKeyName: 'buildings_community_id_compound_id_fkey'
            columns: ['community_id', 'compound_id']
            isOneToOne: false
            referencedRelation: 'compounds'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      calendar_drafts: {
        Row: {
          activity_id: string
          community_id: string
          day: string
          id: string
          rule_id: string
        }
        ComputedFields: never
        Insert: {
          activity_id: string
          community_id: string
          day: string
          id: string
          rule_id: string
        }
        Update: {
          activity_id?: string
          community_id?: string
          day?: string
          id?: string
          rule_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'calendar_drafts_community_id_activity_id_fkey'
            columns: ['community_id', 'activity_id']
            isOneToOne: false
            referencedRelation: 'activities'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'calendar_drafts_community_id_rule_id_fkey'
            columns: ['community_id', 'rule_id']
            isOneToOne: false
            referencedRelation: 'calendar_rules'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      calendar_feeds: {
        Row: {
          community_id: string
          corps_id: string | null
          created_at: string
          id: string
          person_id: string
          revoked_at: string | null
          token_hash: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          corps_id?: string | null
          created_at: string
          id: string
          person_id: string
          revoked_at?: string | null
          token_hash: string
        }
        Update: {
          community_id?: string
          corps_id?: string | null
          created_at?: string
          id?: string
          person_id?: string
          revoked_at?: string | null
          token_hash?: string
        }
        Relationships: [
          {
            foreignKeyName: 'calendar_feeds_community_id_corps_id_fkey'
            columns: ['community_id', 'corps_id']
            isOneToOne: false
            referencedRelation: 'corps'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'calendar_feeds_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'calendar_feeds_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      calendar_rules: {
        Row: {
          changed_at: string
          changed_by: string
          community_id: string
          corps_id: string
          days: number[] | null
          id: string
          is_on: boolean
          kind: string
          minutes: number
          roles: NonNullable<Json>
          start_time: string
          template: NonNullable<Json>
        }
        ComputedFields: never
        Insert: {
          changed_at: string
          changed_by: string
          community_id: string
          corps_id: string
          days?: number[] | null
          id: string
          is_on?: boolean
          kind: string
          minutes: number
          roles: NonNullable<Json>
          start_time: string
          template: NonNullable<Json>
        }
        Update: {
          changed_at?: string
          changed_by?: string
          community_id?: string
          corps_id?: string
          days?: number[] | null
          id?: string
          is_on?: boolean
          kind?: string
          minutes?: number
          roles?: NonNullable<Json>
          start_time?: string
          template?: NonNullable<Json>
        }
        Relationships: [
          {
            foreignKeyName: 'calendar_rules_community_id_changed_by_fkey'
            columns: ['community_id', 'changed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'calendar_rules_community_id_corps_id_fkey'
            columns: ['community_id', 'corps_id']
            isOneToOne: false
            referencedRelation: 'corps'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'calendar_rules_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      care_tags: {
        Row: {
          community_id: string
          id: string
          noted_by: string | null
          person_id: string
          tag: string
          valid_from: string
          valid_to: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          noted_by?: string | null
          person_id: string
          tag: string
          valid_from: string
          valid_to?: string | null
        }
        Update: {
          community_id?: string
          id?: string
          noted_by?: string | null
          person_id?: string
          tag?: string
          valid_from?: string
          valid_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'care_tags_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'care_tags_community_id_noted_by_fkey'
            columns: ['community_id', 'noted_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'care_tags_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      certificate_records: {
        Row: {
          certificate_id: string
          community_id: string
          record_id: string
        }
        ComputedFields: never
        Insert: {
          certificate_id: string
          community_id: string
          record_id: string
        }
        Update: {
          certificate_id?: string
          community_id?: string
          record_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'certificate_records_community_id_certificate_id_fkey'
            columns: ['community_id', 'certificate_id']
            isOneToOne: false
            referencedRelation: 'certificates'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'certificate_records_community_id_record_id_fkey'
            columns: ['community_id', 'record_id']
            isOneToOne: false
            referencedRelation: 'service_records'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      certificates: {
        Row: {
          award: Json | null
          code: string
          community_id: string
          content: NonNullable<Json>
          ended_at: string | null
          ended_why: string | null
          holder_name: string
          id: string
          issued_at: string
          issued_by: string
          kind: string
          minutes: number
          number: string
          period_from: string
          period_to: string
          person_id: string
          replaces_id: string | null
          status: string
          times: number
          unit_name: string
          volunteer_no: string | null
        }
        ComputedFields: never
        Insert: {
          award?: Json | null
          code: string
          community_id: string
          content: NonNullable<Json>
          ended_at?: string | null
          ended_why?: string | null
          holder_name: string
          id: string
          issued_at: string
          issued_by: string
          kind?: string
          minutes: number
          number: string
          period_from: string
          period_to: string
          person_id: string
          replaces_id?: string | null
          status?: string
          times: number
          unit_name: string
          volunteer_no?: string | null
        }
        Update: {
          award?: Json | null
          code?: string
          community_id?: string
          content?: NonNullable<Json>
          ended_at?: string | null
          ended_why?: string | null
          holder_name?: string
          id?: string
          issued_at?: string
          issued_by?: string
          kind?: string
          minutes?: number
          number?: string
          period_from?: string
          period_to?: string
          person_id?: string
          replaces_id?: string | null
          status?: string
          times?: number
          unit_name?: string
          volunteer_no?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'certificates_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'certificates_community_id_issued_by_fkey'
            columns: ['community_id', 'issued_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'certificates_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'certificates_community_id_replaces_id_fkey'
            columns: ['community_id', 'replaces_id']
            isOneToOne: false
            referencedRelation: 'certificates'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      communities: {
        Row: {
          address: string | null
          created_at: string
          id: string
          is_demo: boolean
          method_code: string
          method_version: number
          name: string
          org_unit_id: string
          relay_phone: string | null
          settings: NonNullable<Json>
        }
        ComputedFields: never
        Insert: {
          address?: string | null
          created_at?: string
          id: string
          is_demo?: boolean
          method_code: string
          method_version: number
          name: string
          org_unit_id: string
          relay_phone?: string | null
          settings?: NonNullable<Json>
        }
        Update: {
          address?: string | null
          created_at?: string
          id?: string
          is_demo?: boolean
          method_code?: string
          method_version?: number
          name?: string
          org_unit_id?: string
          relay_phone?: string | null
          settings?: NonNullable<Json>
        }
        Relationships: [
          {
            foreignKeyName: 'communities_method_code_method_version_fkey'
            columns: ['method_code', 'method_version']
            isOneToOne: false
            referencedRelation: 'method_profiles'
            referencedColumns: ['code', 'version']
          },
          {
            foreignKeyName: 'communities_org_unit_id_fkey'
            columns: ['org_unit_id']
            isOneToOne: false
            referencedRelation: 'org_units'
            referencedColumns: ['id']
          },
        ]
      }
      community_checkins: {
        Row: {
          community_id: string
          decided_at: string | null
          decided_by: string | null
          ended_on: string | null
          home_unit: string
          id: string
          liaison_group_id: string | null
          party_org_id: string | null
          person_id: string
          reason: string | null
          reported_at: string
          status: string
          strengths: string | null
          unit_phone: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          decided_at?: string | null
          decided_by?: string | null
          ended_on?: string | null
          home_unit: string
          id: string
          liaison_group_id?: string | null
          party_org_id?: string | null
          person_id: string
          reason?: string | null
          reported_at: string
          status?: string
          strengths?: string | null
          unit_phone?: string | null
        }
        Update: {
          community_id?: string
          decided_at?: string | null
          decided_by?: string | null
          ended_on?: string | null
          home_unit?: string
          id?: string
          liaison_group_id?: string | null
          party_org_id?: string | null
          person_id?: string
          reason?: string | null
          reported_at?: string
          status?: string
          strengths?: string | null
          unit_phone?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'community_checkins_community_id_decided_by_fkey'
            columns: ['community_id', 'decided_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'community_checkins_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'community_checkins_community_id_liaison_group_id_fkey'
            columns: ['community_id', 'liaison_group_id']
            isOneToOne: false
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'community_checkins_community_id_party_org_id_fkey'
            columns: ['community_id', 'party_org_id']
            isOneToOne: false
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'community_checkins_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      compounds: {
        Row: {
          address: string | null
          community_id: string
          id: string
          name: string
        }
        ComputedFields: never
        Insert: {
          address?: string | null
          community_id: string
          id: string
          name: string
        }
        Update: {
          address?: string | null
          community_id?: string
          id?: string
          name?: string
        }
        Relationships: [
          {
            foreignKeyName: 'compounds_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      consents: {
        Row: {
          community_id: string
          given_via: string
          granted_at: string
          id: string
          person_id: string
          purpose: string
          recorded_by: string | null
          version: string
          withdrawn_at: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          given_via: string
          granted_at: string
          id: string
          person_id: string
          purpose: string
          recorded_by?: string | null
          version: string
          withdrawn_at?: string | null
        }
        Update: {
          community_id?: string
          given_via?: string
          granted_at?: string
          id?: string
          person_id?: string
          purpose?: string
          recorded_by?: string | null
          version?: string
          withdrawn_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'consents_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'consents_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'consents_community_id_recorded_by_fkey'
            columns: ['community_id', 'recorded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      corps: {
        Row: {
          charter: string | null
          closed_on: string | null
          color: string
          community_id: string
          founded_on: string
          id: string
          name: string
          relay_phone: string | null
        }
        ComputedFields: never
        Insert: {
          charter?: string | null
          closed_on?: string | null
          color: string
          community_id: string
          founded_on: string
          id: string
          name: string
          relay_phone?: string | null
        }
        Update: {
          charter?: string | null
          closed_on?: string | null
          color?: string
          community_id?: string
          founded_on?: string
          id?: string
          name?: string
          relay_phone?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'corps_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      corps_applications: {
        Row: {
          community_id: string
          corps_id: string
          created_at: string
          created_by: string
          decided_at: string | null
          decided_by: string | null
          id: string
          note: string | null
          person_id: string
          reason: string | null
          status: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          corps_id: string
          created_at: string
          created_by: string
          decided_at?: string | null
          decided_by?: string | null
          id: string
          note?: string | null
          person_id: string
          reason?: string | null
          status?: string
        }
        Update: {
          community_id?: string
          corps_id?: string
          created_at?: string
          created_by?: string
          decided_at?: string | null
          decided_by?: string | null
          id?: string
          note?: string | null
          person_id?: string
          reason?: string | null
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'corps_applications_community_id_corps_id_fkey'
            columns: ['community_id', 'corps_id']
            isOneToOne: false
            referencedRelation: 'corps'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'corps_applications_community_id_created_by_fkey'
            columns: ['community_id', 'created_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'corps_applications_community_id_decided_by_fkey'
            columns: ['community_id', 'decided_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'corps_applications_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'corps_applications_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      corps_members: {
        Row: {
          community_id: string
          corps_id: string
          id: string
          joined_on: string
          left_on: string | null
          person_id: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          corps_id: string
          id: string
          joined_on: string
          left_on?: string | null
          person_id: string
        }
        Update: {
          community_id?: string
          corps_id?: string
          id?: string
          joined_on?: string
          left_on?: string | null
          person_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'corps_members_community_id_corps_id_fkey'
            columns: ['community_id', 'corps_id']
            isOneToOne: false
            referencedRelation: 'corps'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'corps_members_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'corps_members_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      correction_requests: {
        Row: {
          answer: string | null
          answered_at: string | null
          answered_by: string | null
          asked_at: string
          asked_by: string
          community_id: string
          due_on: string
          id: string
          kind: string
          new_record_id: string | null
          note: string | null
          person_id: string
          record_id: string | null
          reversal_id: string | null
          service_date: string
          status: string
        }
        ComputedFields: never
        Insert: {
          answer?: string | null
          answered_at?: string | null
          answered_by?: string | null
          asked_at: string
          asked_by: string
          community_id: string
          due_on: string
          id: string
          kind: string
          new_record_id?: string | null
          note?: string | null
          person_id: string
          record_id?: string | null
          reversal_id?: string | null
          service_date: string
          status?: string
        }
        Update: {
          answer?: string | null
          answered_at?: string | null
          answered_by?: string | null
          asked_at?: string
          asked_by?: string
          community_id?: string
          due_on?: string
          id?: string
          kind?: string
          new_record_id?: string | null
          note?: string | null
          person_id?: string
          record_id?: string | null
          reversal_id?: string | null
          service_date?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'correction_requests_community_id_answered_by_fkey'
            columns: ['community_id', 'answered_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'correction_requests_community_id_asked_by_fkey'
            columns: ['community_id', 'asked_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'correction_requests_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'correction_requests_community_id_new_record_id_fkey'
            columns: ['community_id', 'new_record_id']
            isOneToOne: false
            referencedRelation: 'service_records'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'correction_requests_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'correction_requests_community_id_record_id_fkey'
            columns: ['community_id', 'record_id']
            isOneToOne: false
            referencedRelation: 'service_records'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'correction_requests_community_id_reversal_id_fkey'
            columns: ['community_id', 'reversal_id']
            isOneToOne: false
            referencedRelation: 'service_records'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      dictionaries: {
        Row: {
          code: string
          kind: string
          meta: NonNullable<Json>
          sort: number
        }
        ComputedFields: never
        Insert: {
          code: string
          kind: string
          meta?: NonNullable<Json>
          sort: number
        }
        Update: {
          code?: string
          kind?: string
          meta?: NonNullable<Json>
          sort?: number
        }
        Relationships: []
      }
      duty_drafts: {
        Row: {
          building_id: string | null
          community_id: string
          created_at: string
          created_by: string
          duty_log_id: string
          grid_id: string | null
          id: string
          kind: string
          status: string
          text: string
        }
        ComputedFields: never
        Insert: {
          building_id?: string | null
          community_id: string
          created_at: string
          created_by: string
          duty_log_id: string
          grid_id?: string | null
          id: string
          kind: string
          status?: string
          text: string
        }
        Update: {
          building_id?: string | null
          community_id?: string
          created_at?: string
          created_by?: string
          duty_log_id?: string
          grid_id?: string | null
          id?: string
          kind?: string
          status?: string
          text?: string
        }
        Relationships: [
          {
            foreignKeyName: 'duty_drafts_community_id_building_id_fkey'
            columns: ['community_id', 'building_id']
            isOneToOne: false
            referencedRelation: 'buildings'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'duty_drafts_community_id_created_by_fkey'
            columns: ['community_id', 'created_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'duty_drafts_community_id_duty_log_id_fkey'
            columns: ['community_id', 'duty_log_id']
            isOneToOne: false
            referencedRelation: 'duty_logs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'duty_drafts_community_id_grid_id_fkey'
            columns: ['community_id', 'grid_id']
            isOneToOne: false
            referencedRelation: 'grids'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      duty_log_people: {
        Row: {
          community_id: string
          duty_log_id: string
          id: string
          person_id: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          duty_log_id: string
          id: string
          person_id: string
        }
        Update: {
          community_id?: string
          duty_log_id?: string
          id?: string
          person_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'duty_log_people_community_id_duty_log_id_fkey'
            columns: ['community_id', 'duty_log_id']
            isOneToOne: false
            referencedRelation: 'duty_logs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'duty_log_people_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      duty_logs: {
        Row: {
          building_id: string | null
          community_id: string
          grid_id: string | null
          happened_at: string
          helped_count: number
          id: string
          kind: string
          minutes: number
          month: string
          note: string | null
          person_id: string
          return_reason: string | null
          returned_at: string | null
          returned_by: string | null
          status: string
          submitted_at: string
          verified_at: string | null
          verified_by: string | null
        }
        ComputedFields: never
        Insert: {
          building_id?: string | null
          community_id: string
          grid_id?: string | null
          happened_at: string
          helped_count?: number
          id: string
          kind: string
          minutes: number
          month: string
          note?: string | null
          person_id: string
          return_reason?: string | null
          returned_at?: string | null
          returned_by?: string | null
          status?: string
          submitted_at: string
          verified_at?: string | null
          verified_by?: string | null
        }
        Update: {
          building_id?: string | null
          community_id?: string
          grid_id?: string | null
          happened_at?: string
          helped_count?: number
          id?: string
          kind?: string
          minutes?: number
          month?: string
          note?: string | null
          person_id?: string
          return_reason?: string | null
          returned_at?: string | null
          returned_by?: string | null
          status?: string
          submitted_at?: string
          verified_at?: string | null
          verified_by?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'duty_logs_community_id_building_id_fkey'
            columns: ['community_id', 'building_id']
            isOneToOne: false
            referencedRelation: 'buildings'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'duty_logs_community_id_grid_id_fkey'
            columns: ['community_id', 'grid_id']
            isOneToOne: false
            referencedRelation: 'grids'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'duty_logs_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'duty_logs_community_id_returned_by_fkey'
            columns: ['community_id', 'returned_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'duty_logs_community_id_verified_by_fkey'
            columns: ['community_id', 'verified_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      duty_rules: {
        Row: {
          community_id: string
          id: string
          kind: string
          minutes: number
          post: string
          ruleset_id: string
          times_per_month: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          kind: string
          minutes: number
          post: string
          ruleset_id: string
          times_per_month: number
        }
        Update: {
          community_id?: string
          id?: string
          kind?: string
          minutes?: number
          post?: string
          ruleset_id?: string
          times_per_month?: number
        }
        Relationships: [
          {
            foreignKeyName: 'duty_rules_community_id_ruleset_id_fkey'
            columns: ['community_id', 'ruleset_id']
            isOneToOne: false
            referencedRelation: 'duty_rulesets'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      duty_rulesets: {
        Row: {
          code: string
          community_id: string
          effective_from: string
          id: string
          late_days: number
          published_at: string
          published_by: string | null
        }
        ComputedFields: never
        Insert: {
          code: string
          community_id: string
          effective_from: string
          id: string
          late_days?: number
          published_at: string
          published_by?: string | null
        }
        Update: {
          code?: string
          community_id?: string
          effective_from?: string
          id?: string
          late_days?: number
          published_at?: string
          published_by?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'duty_rulesets_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'duty_rulesets_community_id_published_by_fkey'
            columns: ['community_id', 'published_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      earlier_hours: {
        Row: {
          community_id: string
          id: string
          minutes: number
          noted_at: string
          noted_by: string
          person_id: string
          reverses_id: string | null
          source: string
          times: number
          year: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          minutes: number
          noted_at: string
          noted_by: string
          person_id: string
          reverses_id?: string | null
          source: string
          times?: number
          year: number
        }
        Update: {
          community_id?: string
          id?: string
          minutes?: number
          noted_at?: string
          noted_by?: string
          person_id?: string
          reverses_id?: string | null
          source?: string
          times?: number
          year?: number
        }
        Relationships: [
          {
            foreignKeyName: 'earlier_hours_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'earlier_hours_community_id_noted_by_fkey'
            columns: ['community_id', 'noted_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'earlier_hours_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'earlier_hours_community_id_reverses_id_fkey'
            columns: ['community_id', 'reverses_id']
            isOneToOne: false
            referencedRelation: 'earlier_hours'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      emergency_declarations: {
        Row: {
          activity_id: string
          community_id: string
          declared_at: string
          declared_by: string
          id: string
        }
        ComputedFields: never
        Insert: {
          activity_id: string
          community_id: string
          declared_at: string
          declared_by: string
          id: string
        }
        Update: {
          activity_id?: string
          community_id?: string
          declared_at?: string
          declared_by?: string
          id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'emergency_declarations_community_id_activity_id_fkey'
            columns: ['community_id', 'activity_id']
            isOneToOne: true
            referencedRelation: 'activities'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'emergency_declarations_community_id_declared_by_fkey'
            columns: ['community_id', 'declared_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'emergency_declarations_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      entrances: {
        Row: {
          building_id: string
          community_id: string
          id: string
          name: string
        }
        ComputedFields: never
        Insert: {
          building_id: string
          community_id: string
          id: string
          name: string
        }
        Update: {
          building_id?: string
          community_id?: string
          id?: string
          name?: string
        }
        Relationships: [
          {
            foreignKeyName: 'entrances_community_id_building_id_fkey'
            columns: ['community_id', 'building_id']
            isOneToOne: false
            referencedRelation: 'buildings'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      exemptions: {
        Row: {
          answer: string | null
          answered_at: string | null
          answered_by: string | null
          asked_at: string
          asked_by: string
          community_id: string
          from_day: string
          id: string
          kind: string
          note: string | null
          person_id: string
          status: string
          to_day: string
        }
        ComputedFields: never
        Insert: {
          answer?: string | null
          answered_at?: string | null
          answered_by?: string | null
          asked_at: string
          asked_by: string
          community_id: string
          from_day: string
          id: string
          kind: string
          note?: string | null
          person_id: string
          status: string
          to_day: string
        }
        Update: {
          answer?: string | null
          answered_at?: string | null
          answered_by?: string | null
          asked_at?: string
          asked_by?: string
          community_id?: string
          from_day?: string
          id?: string
          kind?: string
          note?: string | null
          person_id?: string
          status?: string
          to_day?: string
        }
        Relationships: [
          {
            foreignKeyName: 'exemptions_community_id_answered_by_fkey'
            columns: ['community_id', 'answered_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'exemptions_community_id_asked_by_fkey'
            columns: ['community_id', 'asked_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'exemptions_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      grid_assignments: {
        Row: {
          community_id: string
          grid_id: string
          id: string
          person_id: string
          staff_post_id: string
          valid_from: string
          valid_to: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          grid_id: string
          id: string
          person_id: string
          staff_post_id: string
          valid_from: string
          valid_to?: string | null
        }
        Update: {
          community_id?: string
          grid_id?: string
          id?: string
          person_id?: string
          staff_post_id?: string
          valid_from?: string
          valid_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'grid_assignments_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'grid_assignments_community_id_grid_id_fkey'
            columns: ['community_id', 'grid_id']
            isOneToOne: false
            referencedRelation: 'grids'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'grid_assignments_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'grid_assignments_community_id_staff_post_id_fkey'
            columns: ['community_id', 'staff_post_id']
            isOneToOne: false
            referencedRelation: 'staff_posts'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      grid_buildings: {
        Row: {
          building_id: string
          community_id: string
          grid_id: string
          id: string
          valid_from: string
          valid_to: string | null
        }
        ComputedFields: never
        Insert: {
          building_id: string
          community_id: string
          grid_id: string
          id: string
          valid_from: string
          valid_to?: string | null
        }
        Update: {
          building_id?: string
          community_id?: string
          grid_id?: string
          id?: string
          valid_from?: string
          valid_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'grid_buildings_community_id_building_id_fkey'
            columns: ['community_id', 'building_id']
            isOneToOne: false
            referencedRelation: 'buildings'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'grid_buildings_community_id_grid_id_fkey'
            columns: ['community_id', 'grid_id']
            isOneToOne: false
            referencedRelation: 'grids'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      grids: {
        Row: {
          code: string
          community_id: string
          id: string
          name: string
          sort: number
        }
        ComputedFields: never
        Insert: {
          code: string
          community_id: string
          id: string
          name: string
          sort?: number
        }
        Update: {
          code?: string
          community_id?: string
          id?: string
          name?: string
          sort?: number
        }
        Relationships: [
          {
            foreignKeyName: 'grids_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      guardian_links: {
        Row: {
          community_id: string
          consented_at: string | null
          guardian_name: string
          guardian_phone: string
          id: string
          minor_person_id: string
          recorded_by: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          consented_at?: string | null
          guardian_name: string
          guardian_phone: string
          id: string
          minor_person_id: string
          recorded_by?: string | null
        }
        Update: {
          community_id?: string
          consented_at?: string | null
          guardian_name?: string
          guardian_phone?: string
          id?: string
          minor_person_id?: string
          recorded_by?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'guardian_links_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'guardian_links_community_id_minor_person_id_fkey'
            columns: ['community_id', 'minor_person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'guardian_links_community_id_recorded_by_fkey'
            columns: ['community_id', 'recorded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      helper_links: {
        Row: {
          community_id: string
          helper_person_id: string
          id: string
          person_id: string
          relation: string
          valid_from: string
          valid_to: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          helper_person_id: string
          id: string
          person_id: string
          relation: string
          valid_from: string
          valid_to?: string | null
        }
        Update: {
          community_id?: string
          helper_person_id?: string
          id?: string
          person_id?: string
          relation?: string
          valid_from?: string
          valid_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'helper_links_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'helper_links_community_id_helper_person_id_fkey'
            columns: ['community_id', 'helper_person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'helper_links_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      households: {
        Row: {
          community_id: string
          door_no: string
          entrance_id: string
          id: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          door_no: string
          entrance_id: string
          id: string
        }
        Update: {
          community_id?: string
          door_no?: string
          entrance_id?: string
          id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'households_community_id_entrance_id_fkey'
            columns: ['community_id', 'entrance_id']
            isOneToOne: false
            referencedRelation: 'entrances'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      identity_cards: {
        Row: {
          community_id: string
          id: string
          issued_at: string
          person_id: string
          post_id: string
          promise: string
          revoked_at: string | null
          token: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          issued_at: string
          person_id: string
          post_id: string
          promise: string
          revoked_at?: string | null
          token: string
        }
        Update: {
          community_id?: string
          id?: string
          issued_at?: string
          person_id?: string
          post_id?: string
          promise?: string
          revoked_at?: string | null
          token?: string
        }
        Relationships: [
          {
            foreignKeyName: 'identity_cards_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'identity_cards_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'identity_cards_community_id_post_id_fkey'
            columns: ['community_id', 'post_id']
            isOneToOne: false
            referencedRelation: 'party_posts'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      indicators: {
        Row: {
          community_id: string
          formula_id: string
          id: string
          method: string
          params: NonNullable<Json>
          sort: number
          weight: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          formula_id: string
          id: string
          method: string
          params: NonNullable<Json>
          sort: number
          weight: number
        }
        Update: {
          community_id?: string
          formula_id?: string
          id?: string
          method?: string
          params?: NonNullable<Json>
          sort?: number
          weight?: number
        }
        Relationships: [
          {
            foreignKeyName: 'indicators_community_id_formula_id_fkey'
            columns: ['community_id', 'formula_id']
            isOneToOne: false
            referencedRelation: 'appraisal_formulas'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      invites: {
        Row: {
          code: string
          community_id: string
          created_at: string
          created_by: string | null
          expires_at: string
          id: string
          max_uses: number
          revoked_at: string | null
          used: number
        }
        ComputedFields: never
        Insert: {
          code: string
          community_id: string
          created_at: string
          created_by?: string | null
          expires_at: string
          id: string
          max_uses: number
          revoked_at?: string | null
          used?: number
        }
        Update: {
          code?: string
          community_id?: string
          created_at?: string
          created_by?: string | null
          expires_at?: string
          id?: string
          max_uses?: number
          revoked_at?: string | null
          used?: number
        }
        Relationships: [
          {
            foreignKeyName: 'invites_community_id_created_by_fkey'
            columns: ['community_id', 'created_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'invites_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      join_requests: {
        Row: {
          birth_month: number
          birth_year: number
          community_id: string
          consent_version: string
          created_at: string
          decided_at: string | null
          decided_by: string | null
          guardian_name: string | null
          guardian_phone: string | null
          id: string
          invite_id: string | null
          matched_person_id: string | null
          phone: string
          real_name: string
          reason: string | null
          status: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          birth_month: number
          birth_year: number
          community_id: string
          consent_version: string
          created_at: string
          decided_at?: string | null
          decided_by?: string | null
          guardian_name?: string | null
          guardian_phone?: string | null
          id: string
          invite_id?: string | null
          matched_person_id?: string | null
          phone: string
          real_name: string
          reason?: string | null
          status?: string
          user_id: string
        }
        Update: {
          birth_month?: number
          birth_year?: number
          community_id?: string
          consent_version?: string
          created_at?: string
          decided_at?: string | null
          decided_by?: string | null
          guardian_name?: string | null
          guardian_phone?: string | null
          id?: string
          invite_id?: string | null
          matched_person_id?: string | null
          phone?: string
          real_name?: string
          reason?: string | null
          status?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'join_requests_community_id_decided_by_fkey'
            columns: ['community_id', 'decided_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'join_requests_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'join_requests_community_id_invite_id_fkey'
            columns: ['community_id', 'invite_id']
            isOneToOne: false
            referencedRelation: 'invites'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'join_requests_community_id_matched_person_id_fkey'
            columns: ['community_id', 'matched_person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'join_requests_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'accounts'
            referencedColumns: ['user_id']
          },
        ]
      }
      merchants: {
        Row: {
          address: string | null
          community_id: string
          created_at: string
          id: string
          is_active: boolean
          name: string
          opens: string | null
          relay_phone: string | null
        }
        ComputedFields: never
        Insert: {
          address?: string | null
          community_id: string
          created_at: string
          id: string
          is_active?: boolean
          name: string
          opens?: string | null
          relay_phone?: string | null
        }
        Update: {
          address?: string | null
          community_id?: string
          created_at?: string
          id?: string
          is_active?: boolean
          name?: string
          opens?: string | null
          relay_phone?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'merchants_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      method_profiles: {
        Row: {
          code: string
          data: NonNullable<Json>
          name: string
          published_at: string
          source: string
          version: number
        }
        ComputedFields: never
        Insert: {
          code: string
          data: NonNullable<Json>
          name: string
          published_at?: string
          source: string
          version: number
        }
        Update: {
          code?: string
          data?: NonNullable<Json>
          name?: string
          published_at?: string
          source?: string
          version?: number
        }
        Relationships: []
      }
      nomination_consents: {
        Row: {
          community_id: string
          given_at: string
          given_via: string
          id: string
          person_id: string
          recorded_by: string
          shows_full_name: boolean
          version: string
          withdrawn_at: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          given_at: string
          given_via: string
          id: string
          person_id: string
          recorded_by: string
          shows_full_name: boolean
          version: string
          withdrawn_at?: string | null
        }
        Update: {
          community_id?: string
          given_at?: string
          given_via?: string
          id?: string
          person_id?: string
          recorded_by?: string
          shows_full_name?: boolean
          version?: string
          withdrawn_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'nomination_consents_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'nomination_consents_community_id_recorded_by_fkey'
            columns: ['community_id', 'recorded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      nomination_statements: {
        Row: {
          body: string
          community_id: string
          cycle_id: string
          id: string
          person_id: string
          written_at: string
          written_by: string
        }
        ComputedFields: never
        Insert: {
          body: string
          community_id: string
          cycle_id: string
          id: string
          person_id: string
          written_at: string
          written_by: string
        }
        Update: {
          body?: string
          community_id?: string
          cycle_id?: string
          id?: string
          person_id?: string
          written_at?: string
          written_by?: string
        }
        Relationships: [
          {
            foreignKeyName: 'nomination_statements_community_id_cycle_id_fkey'
            columns: ['community_id', 'cycle_id']
            isOneToOne: false
            referencedRelation: 'appraisal_cycles'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'nomination_statements_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'nomination_statements_community_id_written_by_fkey'
            columns: ['community_id', 'written_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      notice_settings: {
        Row: {
          community_id: string
          id: string
          muted: string[]
          quiet_from: string | null
          quiet_to: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          muted?: string[]
          quiet_from?: string | null
          quiet_to?: string | null
        }
        Update: {
          community_id?: string
          id?: string
          muted?: string[]
          quiet_from?: string | null
          quiet_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'notice_settings_community_id_id_fkey'
            columns: ['community_id', 'id']
            isOneToOne: true
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      notifications: {
        Row: {
          arrives_at: string
          community_id: string
          created_at: string
          id: string
          kind: string
          link: string | null
          once_key: string | null
          params: NonNullable<Json>
          person_id: string
          read_at: string | null
        }
        ComputedFields: never
        Insert: {
          arrives_at: string
          community_id: string
          created_at: string
          id: string
          kind: string
          link?: string | null
          once_key?: string | null
          params?: NonNullable<Json>
          person_id: string
          read_at?: string | null
        }
        Update: {
          arrives_at?: string
          community_id?: string
          created_at?: string
          id?: string
          kind?: string
          link?: string | null
          once_key?: string | null
          params?: NonNullable<Json>
          person_id?: string
          read_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'notifications_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'notifications_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      org_units: {
        Row: {
          id: string
          level: string
          name: string
          parent_id: string | null
          region_code: string
        }
        ComputedFields: never
        Insert: {
          id: string
          level: string
          name: string
          parent_id?: string | null
          region_code: string
        }
        Update: {
          id?: string
          level?: string
          name?: string
          parent_id?: string | null
          region_code?: string
        }
        Relationships: [
          {
            foreignKeyName: 'org_units_parent_id_fkey'
            columns: ['parent_id']
            isOneToOne: false
            referencedRelation: 'org_units'
            referencedColumns: ['id']
          },
        ]
      }
      party_attendances: {
        Row: {
          community_id: string
          id: string
          meeting_id: string
          person_id: string
          reason: string | null
          status: string
          vouched_by: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          meeting_id: string
          person_id: string
          reason?: string | null
          status: string
          vouched_by?: string | null
        }
        Update: {
          community_id?: string
          id?: string
          meeting_id?: string
          person_id?: string
          reason?: string | null
          status?: string
          vouched_by?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'party_attendances_community_id_meeting_id_fkey'
            columns: ['community_id', 'meeting_id']
            isOneToOne: false
            referencedRelation: 'party_meetings'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_attendances_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_attendances_community_id_vouched_by_fkey'
            columns: ['community_id', 'vouched_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_dues: {
        Row: {
          community_id: string
          id: string
          month: string
          paid_on: string | null
          person_id: string
          recorded_at: string
          recorded_by: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          month: string
          paid_on?: string | null
          person_id: string
          recorded_at: string
          recorded_by: string
        }
        Update: {
          community_id?: string
          id?: string
          month?: string
          paid_on?: string | null
          person_id?: string
          recorded_at?: string
          recorded_by?: string
        }
        Relationships: [
          {
            foreignKeyName: 'party_dues_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_dues_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_dues_community_id_recorded_by_fkey'
            columns: ['community_id', 'recorded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_exemptions: {
        Row: {
          community_id: string
          decided_by: string | null
          id: string
          person_id: string
          reason: string
          valid_from: string
          valid_to: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          decided_by?: string | null
          id: string
          person_id: string
          reason: string
          valid_from: string
          valid_to?: string | null
        }
        Update: {
          community_id?: string
          decided_by?: string | null
          id?: string
          person_id?: string
          reason?: string
          valid_from?: string
          valid_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'party_exemptions_community_id_decided_by_fkey'
            columns: ['community_id', 'decided_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_exemptions_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_exemptions_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_meetings: {
        Row: {
          community_id: string
          held_on: string
          id: string
          kind: string
          party_org_id: string
          place: string | null
          recorded_at: string
          recorded_by: string
          study_minutes: number
          title: string
          withdrawn_at: string | null
          withdrawn_by: string | null
          withdrawn_reason: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          held_on: string
          id: string
          kind: string
          party_org_id: string
          place?: string | null
          recorded_at: string
          recorded_by: string
          study_minutes?: number
          title: string
          withdrawn_at?: string | null
          withdrawn_by?: string | null
          withdrawn_reason?: string | null
        }
        Update: {
          community_id?: string
          held_on?: string
          id?: string
          kind?: string
          party_org_id?: string
          place?: string | null
          recorded_at?: string
          recorded_by?: string
          study_minutes?: number
          title?: string
          withdrawn_at?: string | null
          withdrawn_by?: string | null
          withdrawn_reason?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'party_meetings_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_meetings_community_id_party_org_id_fkey'
            columns: ['community_id', 'party_org_id']
            isOneToOne: false
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_meetings_community_id_recorded_by_fkey'
            columns: ['community_id', 'recorded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_meetings_community_id_withdrawn_by_fkey'
            columns: ['community_id', 'withdrawn_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_memberships: {
        Row: {
          community_id: string
          end_reason: string | null
          group_id: string | null
          home_unit: string | null
          id: string
          kind: string
          party_org_id: string | null
          person_id: string
          valid_from: string
          valid_to: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          end_reason?: string | null
          group_id?: string | null
          home_unit?: string | null
          id: string
          kind: string
          party_org_id?: string | null
          person_id: string
          valid_from: string
          valid_to?: string | null
        }
        Update: {
          community_id?: string
          end_reason?: string | null
          group_id?: string | null
          home_unit?: string | null
          id?: string
          kind?: string
          party_org_id?: string | null
          person_id?: string
          valid_from?: string
          valid_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'party_memberships_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_memberships_community_id_group_id_fkey'
            columns: ['community_id', 'group_id']
            isOneToOne: false
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_memberships_community_id_party_org_id_fkey'
            columns: ['community_id', 'party_org_id']
            isOneToOne: false
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_memberships_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_objections: {
        Row: {
          answer: string | null
          answered_at: string | null
          answered_by: string | null
          community_id: string
          confirmed_by: string
          id: string
          made_at: string
          person_id: string
          points: number | null
          quarter_score_id: string | null
          rule_code: string | null
          status: string
          text: string
          year_score_id: string | null
        }
        ComputedFields: never
        Insert: {
          answer?: string | null
          answered_at?: string | null
          answered_by?: string | null
          community_id: string
          confirmed_by: string
          id: string
          made_at: string
          person_id: string
          points?: number | null
          quarter_score_id?: string | null
          rule_code?: string | null
          status?: string
          text: string
          year_score_id?: string | null
        }
        Update: {
          answer?: string | null
          answered_at?: string | null
          answered_by?: string | null
          community_id?: string
          confirmed_by?: string
          id?: string
          made_at?: string
          person_id?: string
          points?: number | null
          quarter_score_id?: string | null
          rule_code?: string | null
          status?: string
          text?: string
          year_score_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'party_objections_community_id_answered_by_fkey'
            columns: ['community_id', 'answered_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_objections_community_id_confirmed_by_fkey'
            columns: ['community_id', 'confirmed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_objections_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_objections_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_objections_community_id_quarter_score_id_fkey'
            columns: ['community_id', 'quarter_score_id']
            isOneToOne: false
            referencedRelation: 'party_quarter_scores'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_objections_community_id_year_score_id_fkey'
            columns: ['community_id', 'year_score_id']
            isOneToOne: false
            referencedRelation: 'party_year_scores'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_org_places: {
        Row: {
          address: string
          community_id: string
          party_org_id: string
        }
        ComputedFields: never
        Insert: {
          address: string
          community_id: string
          party_org_id: string
        }
        Update: {
          address?: string
          community_id?: string
          party_org_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'party_org_places_community_id_party_org_id_fkey'
            columns: ['community_id', 'party_org_id']
            isOneToOne: true
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_orgs: {
        Row: {
          closed_on: string | null
          community_id: string
          founded_on: string | null
          grid_id: string | null
          id: string
          kind: string
          name: string
          parent_id: string | null
        }
        ComputedFields: never
        Insert: {
          closed_on?: string | null
          community_id: string
          founded_on?: string | null
          grid_id?: string | null
          id: string
          kind: string
          name: string
          parent_id?: string | null
        }
        Update: {
          closed_on?: string | null
          community_id?: string
          founded_on?: string | null
          grid_id?: string | null
          id?: string
          kind?: string
          name?: string
          parent_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'party_orgs_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_orgs_community_id_grid_id_fkey'
            columns: ['community_id', 'grid_id']
            isOneToOne: false
            referencedRelation: 'grids'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_orgs_community_id_parent_id_fkey'
            columns: ['community_id', 'parent_id']
            isOneToOne: false
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_post_rules: {
        Row: {
          at_most: number | null
          community_id: string
          post: string
          wanted: number
        }
        ComputedFields: never
        Insert: {
          at_most?: number | null
          community_id: string
          post: string
          wanted: number
        }
        Update: {
          at_most?: number | null
          community_id?: string
          post?: string
          wanted?: number
        }
        Relationships: [
          {
            foreignKeyName: 'party_post_rules_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      party_posts: {
        Row: {
          assigned_by: string | null
          building_id: string | null
          community_id: string
          end_reason: string | null
          follows_id: string | null
          grid_id: string | null
          id: string
          liaison_group_id: string | null
          party_org_id: string | null
          person_id: string
          place_id: string | null
          post: string
          recorded_on: string
          relay_phone: string | null
          valid_from: string
          valid_to: string | null
        }
        ComputedFields: never
        Insert: {
          assigned_by?: string | null
          building_id?: string | null
          community_id: string
          end_reason?: string | null
          follows_id?: string | null
          grid_id?: string | null
          id: string
          liaison_group_id?: string | null
          party_org_id?: string | null
          person_id: string
          place_id?: never
          post: string
          recorded_on?: string
          relay_phone?: string | null
          valid_from: string
          valid_to?: string | null
        }
        Update: {
          assigned_by?: string | null
          building_id?: string | null
          community_id?: string
          end_reason?: string | null
          follows_id?: string | null
          grid_id?: string | null
          id?: string
          liaison_group_id?: string | null
          party_org_id?: string | null
          person_id?: string
          place_id?: never
          post?: string
          recorded_on?: string
          relay_phone?: string | null
          valid_from?: string
          valid_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'party_posts_community_id_assigned_by_fkey'
            columns: ['community_id', 'assigned_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_posts_community_id_building_id_fkey'
            columns: ['community_id', 'building_id']
            isOneToOne: false
            referencedRelation: 'buildings'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_posts_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_posts_community_id_follows_id_fkey'
            columns: ['community_id', 'follows_id']
            isOneToOne: false
            referencedRelation: 'party_posts'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_posts_community_id_grid_id_fkey'
            columns: ['community_id', 'grid_id']
            isOneToOne: false
            referencedRelation: 'grids'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_posts_community_id_liaison_group_id_fkey'
            columns: ['community_id', 'liaison_group_id']
            isOneToOne: false
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_posts_community_id_party_org_id_fkey'
            columns: ['community_id', 'party_org_id']
            isOneToOne: false
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_posts_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_proofs: {
        Row: {
          community_id: string
          id: string
          person_id: string
          points: number
          received_on: string
          recorded_by: string
          withdrawn_at: string | null
          withdrawn_by: string | null
          withdrawn_reason: string | null
          year: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          person_id: string
          points: number
          received_on: string
          recorded_by: string
          withdrawn_at?: string | null
          withdrawn_by?: string | null
          withdrawn_reason?: string | null
          year: number
        }
        Update: {
          community_id?: string
          id?: string
          person_id?: string
          points?: number
          received_on?: string
          recorded_by?: string
          withdrawn_at?: string | null
          withdrawn_by?: string | null
          withdrawn_reason?: string | null
          year?: number
        }
        Relationships: [
          {
            foreignKeyName: 'party_proofs_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_proofs_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_proofs_community_id_recorded_by_fkey'
            columns: ['community_id', 'recorded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_proofs_community_id_withdrawn_by_fkey'
            columns: ['community_id', 'withdrawn_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_quarter_scores: {
        Row: {
          community_id: string
          confirmed_at: string
          confirmed_by: string
          id: string
          is_behind: boolean
          party_org_id: string
          person_id: string
          quarter: number
          score: number
          year: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          confirmed_at: string
          confirmed_by: string
          id: string
          is_behind: boolean
          party_org_id: string
          person_id: string
          quarter: number
          score: number
          year: number
        }
        Update: {
          community_id?: string
          confirmed_at?: string
          confirmed_by?: string
          id?: string
          is_behind?: boolean
          party_org_id?: string
          person_id?: string
          quarter?: number
          score?: number
          year?: number
        }
        Relationships: [
          {
            foreignKeyName: 'party_quarter_scores_community_id_confirmed_by_fkey'
            columns: ['community_id', 'confirmed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_quarter_scores_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_quarter_scores_community_id_party_org_id_fkey'
            columns: ['community_id', 'party_org_id']
            isOneToOne: false
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_quarter_scores_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_remarks: {
        Row: {
          community_id: string
          id: string
          kind: string
          level: string | null
          note: string
          occurred_on: string
          person_id: string
          recorded_at: string
          recorded_by: string
          withdrawn_at: string | null
          withdrawn_by: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          kind: string
          level?: string | null
          note: string
          occurred_on: string
          person_id: string
          recorded_at: string
          recorded_by: string
          withdrawn_at?: string | null
          withdrawn_by?: string | null
        }
        Update: {
          community_id?: string
          id?: string
          kind?: string
          level?: string | null
          note?: string
          occurred_on?: string
          person_id?: string
          recorded_at?: string
          recorded_by?: string
          withdrawn_at?: string | null
          withdrawn_by?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'party_remarks_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_remarks_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_remarks_community_id_recorded_by_fkey'
            columns: ['community_id', 'recorded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_remarks_community_id_withdrawn_by_fkey'
            columns: ['community_id', 'withdrawn_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_reviews: {
        Row: {
          community_id: string
          decided_by: string
          decided_on: string
          grade: string
          id: string
          person_id: string
          year: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          decided_by: string
          decided_on: string
          grade: string
          id: string
          person_id: string
          year: number
        }
        Update: {
          community_id?: string
          decided_by?: string
          decided_on?: string
          grade?: string
          id?: string
          person_id?: string
          year?: number
        }
        Relationships: [
          {
            foreignKeyName: 'party_reviews_community_id_decided_by_fkey'
            columns: ['community_id', 'decided_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_reviews_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_reviews_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_score_entries: {
        Row: {
          community_id: string
          id: string
          inputs: NonNullable<Json>
          is_correction: boolean
          month: string
          person_id: string
          points: number
          posted_at: string
          posted_by: string
          reverses_id: string | null
          revision: number
          rule_code: string
          ruleset_code: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          inputs: NonNullable<Json>
          is_correction: boolean
          month: string
          person_id: string
          points: number
          posted_at: string
          posted_by: string
          reverses_id?: string | null
          revision: number
          rule_code: string
          ruleset_code: string
        }
        Update: {
          community_id?: string
          id?: string
          inputs?: NonNullable<Json>
          is_correction?: boolean
          month?: string
          person_id?: string
          points?: number
          posted_at?: string
          posted_by?: string
          reverses_id?: string | null
          revision?: number
          rule_code?: string
          ruleset_code?: string
        }
        Relationships: [
          {
            foreignKeyName: 'party_score_entries_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_score_entries_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_score_entries_community_id_posted_by_fkey'
            columns: ['community_id', 'posted_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_score_entries_community_id_reverses_id_fkey'
            columns: ['community_id', 'reverses_id']
            isOneToOne: false
            referencedRelation: 'party_score_entries'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_score_entries_community_id_ruleset_code_fkey'
            columns: ['community_id', 'ruleset_code']
            isOneToOne: false
            referencedRelation: 'party_score_rulesets'
            referencedColumns: ['community_id', 'code']
          },
        ]
      }
      party_score_rules: {
        Row: {
          block: string
          code: string
          community_id: string
          data: NonNullable<Json>
          id: string
          max_points: number | null
          per: number
          ruleset_id: string
          sort: number
          unit_points: number
        }
        ComputedFields: never
        Insert: {
          block: string
          code: string
          community_id: string
          data?: NonNullable<Json>
          id: string
          max_points?: number | null
          per?: number
          ruleset_id: string
          sort: number
          unit_points: number
        }
        Update: {
          block?: string
          code?: string
          community_id?: string
          data?: NonNullable<Json>
          id?: string
          max_points?: number | null
          per?: number
          ruleset_id?: string
          sort?: number
          unit_points?: number
        }
        Relationships: [
          {
            foreignKeyName: 'party_score_rules_community_id_ruleset_id_fkey'
            columns: ['community_id', 'ruleset_id']
            isOneToOne: false
            referencedRelation: 'party_score_rulesets'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_score_rulesets: {
        Row: {
          bands: NonNullable<Json>
          code: string
          community_id: string
          effective_from: string
          extra_max: number
          id: string
          line: number
          objection_days: number
          pace: number
          published_at: string
          published_by: string | null
          scale_without_proof: number
        }
        ComputedFields: never
        Insert: {
          bands: NonNullable<Json>
          code: string
          community_id: string
          effective_from: string
          extra_max: number
          id: string
          line: number
          objection_days: number
          pace: number
          published_at: string
          published_by?: string | null
          scale_without_proof: number
        }
        Update: {
          bands?: NonNullable<Json>
          code?: string
          community_id?: string
          effective_from?: string
          extra_max?: number
          id?: string
          line?: number
          objection_days?: number
          pace?: number
          published_at?: string
          published_by?: string | null
          scale_without_proof?: number
        }
        Relationships: [
          {
            foreignKeyName: 'party_score_rulesets_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_score_rulesets_community_id_published_by_fkey'
            columns: ['community_id', 'published_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_studies: {
        Row: {
          community_id: string
          id: string
          minutes: number
          person_id: string
          recorded_at: string
          recorded_by: string
          studied_on: string
          title: string
          withdrawn_at: string | null
          withdrawn_by: string | null
          withdrawn_reason: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          minutes: number
          person_id: string
          recorded_at: string
          recorded_by: string
          studied_on: string
          title: string
          withdrawn_at?: string | null
          withdrawn_by?: string | null
          withdrawn_reason?: string | null
        }
        Update: {
          community_id?: string
          id?: string
          minutes?: number
          person_id?: string
          recorded_at?: string
          recorded_by?: string
          studied_on?: string
          title?: string
          withdrawn_at?: string | null
          withdrawn_by?: string | null
          withdrawn_reason?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'party_studies_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_studies_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_studies_community_id_recorded_by_fkey'
            columns: ['community_id', 'recorded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_studies_community_id_withdrawn_by_fkey'
            columns: ['community_id', 'withdrawn_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      party_year_scores: {
        Row: {
          band: string
          closed_at: string
          closed_by: string
          community_id: string
          has_veto: boolean
          id: string
          months: number
          party_org_id: string
          person_id: string
          score: number
          year: number
        }
        ComputedFields: never
        Insert: {
          band: string
          closed_at: string
          closed_by: string
          community_id: string
          has_veto: boolean
          id: string
          months?: number
          party_org_id: string
          person_id: string
          score: number
          year: number
        }
        Update: {
          band?: string
          closed_at?: string
          closed_by?: string
          community_id?: string
          has_veto?: boolean
          id?: string
          months?: number
          party_org_id?: string
          person_id?: string
          score?: number
          year?: number
        }
        Relationships: [
          {
            foreignKeyName: 'party_year_scores_community_id_closed_by_fkey'
            columns: ['community_id', 'closed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_year_scores_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'party_year_scores_community_id_party_org_id_fkey'
            columns: ['community_id', 'party_org_id']
            isOneToOne: false
            referencedRelation: 'party_orgs'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'party_year_scores_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      penalties: {
        Row: {
          barred_year: number | null
          community_id: string
          decided_at: string | null
          decided_by: string | null
          frozen_until: string | null
          id: string
          lifted_at: string | null
          lifted_by: string | null
          note: string | null
          person_id: string
          proposed_at: string
          proposed_by: string
          reason: string | null
          record_id: string
          status: string
        }
        ComputedFields: never
        Insert: {
          barred_year?: number | null
          community_id: string
          decided_at?: string | null
          decided_by?: string | null
          frozen_until?: string | null
          id: string
          lifted_at?: string | null
          lifted_by?: string | null
          note?: string | null
          person_id: string
          proposed_at: string
          proposed_by: string
          reason?: string | null
          record_id: string
          status?: string
        }
        Update: {
          barred_year?: number | null
          community_id?: string
          decided_at?: string | null
          decided_by?: string | null
          frozen_until?: string | null
          id?: string
          lifted_at?: string | null
          lifted_by?: string | null
          note?: string | null
          person_id?: string
          proposed_at?: string
          proposed_by?: string
          reason?: string | null
          record_id?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'penalties_community_id_decided_by_fkey'
            columns: ['community_id', 'decided_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'penalties_community_id_lifted_by_fkey'
            columns: ['community_id', 'lifted_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'penalties_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'penalties_community_id_proposed_by_fkey'
            columns: ['community_id', 'proposed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'penalties_community_id_record_id_fkey'
            columns: ['community_id', 'record_id']
            isOneToOne: false
            referencedRelation: 'service_records'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      person_private: {
        Row: {
          birth_month: number | null
          community_id: string
          household_id: string | null
          name_key: string
          person_id: string
          phone: string | null
          real_name: string
        }
        ComputedFields: never
        Insert: {
          birth_month?: number | null
          community_id: string
          household_id?: string | null
          name_key: string
          person_id: string
          phone?: string | null
          real_name: string
        }
        Update: {
          birth_month?: number | null
          community_id?: string
          household_id?: string | null
          name_key?: string
          person_id?: string
          phone?: string | null
          real_name?: string
        }
        Relationships: [
          {
            foreignKeyName: 'person_private_community_id_household_id_fkey'
            columns: ['community_id', 'household_id']
            isOneToOne: false
            referencedRelation: 'households'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'person_private_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: true
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      persons: {
        Row: {
          birth_year: number | null
          community_id: string
          created_at: string
          display_name: string
          grid_id: string | null
          has_phone: boolean
          id: string
          registered_by: string | null
          status: string
        }
        ComputedFields: never
        Insert: {
          birth_year?: number | null
          community_id: string
          created_at?: string
          display_name: string
          grid_id?: string | null
          has_phone?: boolean
          id: string
          registered_by?: string | null
          status?: string
        }
        Update: {
          birth_year?: number | null
          community_id?: string
          created_at?: string
          display_name?: string
          grid_id?: string | null
          has_phone?: boolean
          id?: string
          registered_by?: string | null
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'persons_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'persons_community_id_grid_id_fkey'
            columns: ['community_id', 'grid_id']
            isOneToOne: false
            referencedRelation: 'grids'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'persons_community_id_registered_by_fkey'
            columns: ['community_id', 'registered_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      places: {
        Row: {
          address: string | null
          community_id: string
          compound_id: string | null
          grid_id: string | null
          id: string
          name: string
        }
        ComputedFields: never
        Insert: {
          address?: string | null
          community_id: string
          compound_id?: string | null
          grid_id?: string | null
          id: string
          name: string
        }
        Update: {
          address?: string | null
          community_id?: string
          compound_id?: string | null
          grid_id?: string | null
          id?: string
          name?: string
        }
        Relationships: [
          {
            foreignKeyName: 'places_community_id_compound_id_fkey'
            columns: ['community_id', 'compound_id']
            isOneToOne: false
            referencedRelation: 'compounds'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'places_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'places_community_id_grid_id_fkey'
            columns: ['community_id', 'grid_id']
            isOneToOne: false
            referencedRelation: 'grids'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      pledge_notes: {
        Row: {
          at: string
          community_id: string
          id: string
          pledge_id: string
          text: string
        }
        ComputedFields: never
        Insert: {
          at: string
          community_id: string
          id: string
          pledge_id: string
          text: string
        }
        Update: {
          at?: string
          community_id?: string
          id?: string
          pledge_id?: string
          text?: string
        }
        Relationships: [
          {
            foreignKeyName: 'pledge_notes_community_id_pledge_id_fkey'
            columns: ['community_id', 'pledge_id']
            isOneToOne: false
            referencedRelation: 'pledges'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      pledges: {
        Row: {
          community_id: string
          done_at: string | null
          due_on: string
          id: string
          is_shared: boolean
          made_at: string
          person_id: string
          reason: string | null
          settled_at: string | null
          settled_by: string | null
          status: string
          target: string | null
          text: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          done_at?: string | null
          due_on: string
          id: string
          is_shared?: boolean
          made_at: string
          person_id: string
          reason?: string | null
          settled_at?: string | null
          settled_by?: string | null
          status?: string
          target?: string | null
          text: string
        }
        Update: {
          community_id?: string
          done_at?: string | null
          due_on?: string
          id?: string
          is_shared?: boolean
          made_at?: string
          person_id?: string
          reason?: string | null
          settled_at?: string | null
          settled_by?: string | null
          status?: string
          target?: string | null
          text?: string
        }
        Relationships: [
          {
            foreignKeyName: 'pledges_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'pledges_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'pledges_community_id_settled_by_fkey'
            columns: ['community_id', 'settled_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      point_accounts: {
        Row: {
          balance: number
          community_id: string
          debt: number
          earned: number
          frozen_until: string | null
          held: number
          id: string
        }
        ComputedFields: never
        Insert: {
          balance?: number
          community_id: string
          debt?: number
          earned?: number
          frozen_until?: string | null
          held?: number
          id: string
        }
        Update: {
          balance?: number
          community_id?: string
          debt?: number
          earned?: number
          frozen_until?: string | null
          held?: number
          id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'point_accounts_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'point_accounts_community_id_id_fkey'
            columns: ['community_id', 'id']
            isOneToOne: true
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      point_corrections: {
        Row: {
          community_id: string
          decided_at: string | null
          decided_by: string | null
          entry_id: string | null
          id: string
          kind: string
          person_id: string
          points: number
          proposed_at: string
          proposed_by: string
          reason: string | null
          status: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          decided_at?: string | null
          decided_by?: string | null
          entry_id?: string | null
          id: string
          kind: string
          person_id: string
          points: number
          proposed_at: string
          proposed_by: string
          reason?: string | null
          status?: string
        }
        Update: {
          community_id?: string
          decided_at?: string | null
          decided_by?: string | null
          entry_id?: string | null
          id?: string
          kind?: string
          person_id?: string
          points?: number
          proposed_at?: string
          proposed_by?: string
          reason?: string | null
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'point_corrections_community_id_decided_by_fkey'
            columns: ['community_id', 'decided_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_corrections_community_id_entry_id_fkey'
            columns: ['community_id', 'entry_id']
            isOneToOne: false
            referencedRelation: 'point_entries'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_corrections_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'point_corrections_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_corrections_community_id_proposed_by_fkey'
            columns: ['community_id', 'proposed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      point_disputes: {
        Row: {
          answer: string | null
          answered_at: string | null
          answered_by: string | null
          community_id: string
          entry_id: string
          id: string
          person_id: string
          raised_at: string
          raised_by: string
          status: string
          text: string | null
        }
        ComputedFields: never
        Insert: {
          answer?: string | null
          answered_at?: string | null
          answered_by?: string | null
          community_id: string
          entry_id: string
          id: string
          person_id: string
          raised_at: string
          raised_by: string
          status?: string
          text?: string | null
        }
        Update: {
          answer?: string | null
          answered_at?: string | null
          answered_by?: string | null
          community_id?: string
          entry_id?: string
          id?: string
          person_id?: string
          raised_at?: string
          raised_by?: string
          status?: string
          text?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'point_disputes_community_id_answered_by_fkey'
            columns: ['community_id', 'answered_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_disputes_community_id_entry_id_fkey'
            columns: ['community_id', 'entry_id']
            isOneToOne: false
            referencedRelation: 'point_entries'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_disputes_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'point_disputes_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_disputes_community_id_raised_by_fkey'
            columns: ['community_id', 'raised_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      point_entries: {
        Row: {
          amount: number
          community_id: string
          debt_change: number
          id: string
          inputs: NonNullable<Json>
          occurred_on: string
          person_id: string
          points: number
          posted_at: string
          posted_by: string | null
          reverses_id: string | null
          rule_code: string
          ruleset_code: string
          source_id: string
          source_kind: string
        }
        ComputedFields: never
        Insert: {
          amount?: never
          community_id: string
          debt_change?: number
          id: string
          inputs: NonNullable<Json>
          occurred_on: string
          person_id: string
          points: number
          posted_at: string
          posted_by?: string | null
          reverses_id?: string | null
          rule_code: string
          ruleset_code: string
          source_id: string
          source_kind: string
        }
        Update: {
          amount?: never
          community_id?: string
          debt_change?: number
          id?: string
          inputs?: NonNullable<Json>
          occurred_on?: string
          person_id?: string
          points?: number
          posted_at?: string
          posted_by?: string | null
          reverses_id?: string | null
          rule_code?: string
          ruleset_code?: string
          source_id?: string
          source_kind?: string
        }
        Relationships: [
          {
            foreignKeyName: 'point_entries_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'point_entries_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'point_accounts'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_entries_community_id_posted_by_fkey'
            columns: ['community_id', 'posted_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_entries_community_id_reverses_id_fkey'
            columns: ['community_id', 'reverses_id']
            isOneToOne: false
            referencedRelation: 'point_entries'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_entries_community_id_ruleset_code_fkey'
            columns: ['community_id', 'ruleset_code']
            isOneToOne: false
            referencedRelation: 'point_rulesets'
            referencedColumns: ['community_id', 'code']
          },
        ]
      }
      point_lots: {
        Row: {
          community_id: string
          expired: number
          expires_at: string
          held: number
          id: string
          person_id: string
          points: number
          remaining: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          expired?: number
          expires_at: string
          held?: number
          id: string
          person_id: string
          points: number
          remaining: number
        }
        Update: {
          community_id?: string
          expired?: number
          expires_at?: string
          held?: number
          id?: string
          person_id?: string
          points?: number
          remaining?: number
        }
        Relationships: [
          {
            foreignKeyName: 'point_lots_community_id_id_fkey'
            columns: ['community_id', 'id']
            isOneToOne: true
            referencedRelation: 'point_entries'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_lots_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'point_accounts'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      point_rules: {
        Row: {
          cap_period: string | null
          cap_points: number | null
          cap_times: number | null
          code: string
          community_id: string
          data: NonNullable<Json>
          kind: string
          max_minutes_per_day: number | null
          multiplier: number | null
          points: number | null
          points_per_half_hour: number | null
          ruleset_id: string
        }
        ComputedFields: never
        Insert: {
          cap_period?: string | null
          cap_points?: number | null
          cap_times?: number | null
          code: string
          community_id: string
          data?: NonNullable<Json>
          kind: string
          max_minutes_per_day?: number | null
          multiplier?: number | null
          points?: number | null
          points_per_half_hour?: number | null
          ruleset_id: string
        }
        Update: {
          cap_period?: string | null
          cap_points?: number | null
          cap_times?: number | null
          code?: string
          community_id?: string
          data?: NonNullable<Json>
          kind?: string
          max_minutes_per_day?: number | null
          multiplier?: number | null
          points?: number | null
          points_per_half_hour?: number | null
          ruleset_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'point_rules_community_id_ruleset_id_fkey'
            columns: ['community_id', 'ruleset_id']
            isOneToOne: false
            referencedRelation: 'point_rulesets'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      point_ruleset_drafts: {
        Row: {
          changes: NonNullable<Json>
          code: string
          community_id: string
          decided_at: string | null
          decided_by: string | null
          effective_from: string
          id: string
          proposed_at: string
          proposed_by: string
          status: string
        }
        ComputedFields: never
        Insert: {
          changes: NonNullable<Json>
          code: string
          community_id: string
          decided_at?: string | null
          decided_by?: string | null
          effective_from: string
          id: string
          proposed_at: string
          proposed_by: string
          status?: string
        }
        Update: {
          changes?: NonNullable<Json>
          code?: string
          community_id?: string
          decided_at?: string | null
          decided_by?: string | null
          effective_from?: string
          id?: string
          proposed_at?: string
          proposed_by?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'point_ruleset_drafts_community_id_decided_by_fkey'
            columns: ['community_id', 'decided_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_ruleset_drafts_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'point_ruleset_drafts_community_id_proposed_by_fkey'
            columns: ['community_id', 'proposed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      point_rulesets: {
        Row: {
          code: string
          community_id: string
          effective_from: string
          id: string
          published_at: string
          published_by: string | null
        }
        ComputedFields: never
        Insert: {
          code: string
          community_id: string
          effective_from: string
          id: string
          published_at: string
          published_by?: string | null
        }
        Update: {
          code?: string
          community_id?: string
          effective_from?: string
          id?: string
          published_at?: string
          published_by?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'point_rulesets_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'point_rulesets_community_id_published_by_fkey'
            columns: ['community_id', 'published_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      point_year_closes: {
        Row: {
          closed_at: string
          closed_by: string
          community_id: string
          figures: NonNullable<Json>
          hash: string
          id: string
          year: number
        }
        ComputedFields: never
        Insert: {
          closed_at: string
          closed_by: string
          community_id: string
          figures: NonNullable<Json>
          hash: string
          id: string
          year: number
        }
        Update: {
          closed_at?: string
          closed_by?: string
          community_id?: string
          figures?: NonNullable<Json>
          hash?: string
          id?: string
          year?: number
        }
        Relationships: [
          {
            foreignKeyName: 'point_year_closes_community_id_closed_by_fkey'
            columns: ['community_id', 'closed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'point_year_closes_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      privacy_requests: {
        Row: {
          answer: string | null
          closed_at: string | null
          closed_by: string | null
          community_id: string
          created_at: string
          due_on: string
          id: string
          kind: string
          note: string | null
          person_id: string
          status: string
        }
        ComputedFields: never
        Insert: {
          answer?: string | null
          closed_at?: string | null
          closed_by?: string | null
          community_id: string
          created_at: string
          due_on: string
          id: string
          kind: string
          note?: string | null
          person_id: string
          status?: string
        }
        Update: {
          answer?: string | null
          closed_at?: string | null
          closed_by?: string | null
          community_id?: string
          created_at?: string
          due_on?: string
          id?: string
          kind?: string
          note?: string | null
          person_id?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'privacy_requests_community_id_closed_by_fkey'
            columns: ['community_id', 'closed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'privacy_requests_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'privacy_requests_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      publicity_notices: {
        Row: {
          community_id: string
          cycle_id: string
          first_day: string
          id: string
          last_day: string
          published_at: string
          published_by: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          cycle_id: string
          first_day: string
          id: string
          last_day: string
          published_at: string
          published_by: string
        }
        Update: {
          community_id?: string
          cycle_id?: string
          first_day?: string
          id?: string
          last_day?: string
          published_at?: string
          published_by?: string
        }
        Relationships: [
          {
            foreignKeyName: 'publicity_notices_community_id_cycle_id_fkey'
            columns: ['community_id', 'cycle_id']
            isOneToOne: true
            referencedRelation: 'appraisal_cycles'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'publicity_notices_community_id_published_by_fkey'
            columns: ['community_id', 'published_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      qualifications: {
        Row: {
          community_id: string
          evidence_note: string | null
          id: string
          kind: string
          person_id: string
          reason: string | null
          reminded_at: string | null
          status: string
          submitted_at: string | null
          valid_from: string
          valid_to: string | null
          verified_by: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          evidence_note?: string | null
          id: string
          kind: string
          person_id: string
          reason?: string | null
          reminded_at?: string | null
          status?: string
          submitted_at?: string | null
          valid_from: string
          valid_to?: string | null
          verified_by?: string | null
        }
        Update: {
          community_id?: string
          evidence_note?: string | null
          id?: string
          kind?: string
          person_id?: string
          reason?: string | null
          reminded_at?: string | null
          status?: string
          submitted_at?: string | null
          valid_from?: string
          valid_to?: string | null
          verified_by?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'qualifications_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'qualifications_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'qualifications_community_id_verified_by_fkey'
            columns: ['community_id', 'verified_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      reward_items: {
        Row: {
          community_id: string
          counts_stock: boolean
          created_at: string
          description: string | null
          for_minors: boolean
          id: string
          kind: string
          merchant_id: string | null
          min_hours: number
          name: string
          per_person_year: number | null
          points: number
          sort: number
          status: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          counts_stock: boolean
          created_at: string
          description?: string | null
          for_minors?: boolean
          id: string
          kind: string
          merchant_id?: string | null
          min_hours?: number
          name: string
          per_person_year?: number | null
          points: number
          sort?: number
          status?: string
        }
        Update: {
          community_id?: string
          counts_stock?: boolean
          created_at?: string
          description?: string | null
          for_minors?: boolean
          id?: string
          kind?: string
          merchant_id?: string | null
          min_hours?: number
          name?: string
          per_person_year?: number | null
          points?: number
          sort?: number
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'reward_items_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'reward_items_community_id_merchant_id_fkey'
            columns: ['community_id', 'merchant_id']
            isOneToOne: false
            referencedRelation: 'merchants'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      reward_orders: {
        Row: {
          community_id: string
          ended_at: string | null
          ended_by: string | null
          id: string
          item_id: string
          lapses_at: string
          person_id: string
          placed_at: string
          placed_by: string
          points: number
          quantity: number
          ready_at: string | null
          reason: string | null
          status: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          ended_at?: string | null
          ended_by?: string | null
          id: string
          item_id: string
          lapses_at: string
          person_id: string
          placed_at: string
          placed_by: string
          points: number
          quantity: number
          ready_at?: string | null
          reason?: string | null
          status?: string
        }
        Update: {
          community_id?: string
          ended_at?: string | null
          ended_by?: string | null
          id?: string
          item_id?: string
          lapses_at?: string
          person_id?: string
          placed_at?: string
          placed_by?: string
          points?: number
          quantity?: number
          ready_at?: string | null
          reason?: string | null
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'reward_orders_community_id_ended_by_fkey'
            columns: ['community_id', 'ended_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'reward_orders_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'reward_orders_community_id_item_id_fkey'
            columns: ['community_id', 'item_id']
            isOneToOne: false
            referencedRelation: 'reward_items'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'reward_orders_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'reward_orders_community_id_placed_by_fkey'
            columns: ['community_id', 'placed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      reward_stocks: {
        Row: {
          community_id: string
          held: number
          item_id: string
          on_hand: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          held?: number
          item_id: string
          on_hand?: number
        }
        Update: {
          community_id?: string
          held?: number
          item_id?: string
          on_hand?: number
        }
        Relationships: [
          {
            foreignKeyName: 'reward_stocks_community_id_item_id_fkey'
            columns: ['community_id', 'item_id']
            isOneToOne: true
            referencedRelation: 'reward_items'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      role_grants: {
        Row: {
          community_id: string
          granted_by: string | null
          id: string
          person_id: string
          role: string
          scope_id: string | null
          scope_kind: string
          valid_from: string
          valid_to: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          granted_by?: string | null
          id: string
          person_id: string
          role: string
          scope_id?: string | null
          scope_kind?: string
          valid_from: string
          valid_to?: string | null
        }
        Update: {
          community_id?: string
          granted_by?: string | null
          id?: string
          person_id?: string
          role?: string
          scope_id?: string | null
          scope_kind?: string
          valid_from?: string
          valid_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'role_grants_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'role_grants_community_id_granted_by_fkey'
            columns: ['community_id', 'granted_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'role_grants_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      roster_import_rows: {
        Row: {
          community_id: string
          hints: NonNullable<Json>
          import_id: string
          outcome: string
          person_id: string | null
          raw: Json | null
          reasons: NonNullable<Json>
          row_key: string | null
          row_no: number
          subject_id: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          hints?: NonNullable<Json>
          import_id: string
          outcome: string
          person_id?: string | null
          raw?: Json | null
          reasons?: NonNullable<Json>
          row_key?: string | null
          row_no: number
          subject_id?: string | null
        }
        Update: {
          community_id?: string
          hints?: NonNullable<Json>
          import_id?: string
          outcome?: string
          person_id?: string | null
          raw?: Json | null
          reasons?: NonNullable<Json>
          row_key?: string | null
          row_no?: number
          subject_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'roster_import_rows_community_id_import_id_fkey'
            columns: ['community_id', 'import_id']
            isOneToOne: false
            referencedRelation: 'roster_imports'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'roster_import_rows_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      roster_imports: {
        Row: {
          community_id: string
          corps_names: NonNullable<Json>
          creates_grids: boolean
          discarded_at: string | null
          file_hash: string
          file_name: string
          finished_at: string | null
          has_paper_consent: boolean
          id: string
          imported: number
          kind: string
          rejected: number
          started_at: string
          started_by: string
          total_rows: number
          unchanged: number
          updated: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          corps_names?: NonNullable<Json>
          creates_grids: boolean
          discarded_at?: string | null
          file_hash: string
          file_name: string
          finished_at?: string | null
          has_paper_consent: boolean
          id: string
          imported?: number
          kind: string
          rejected?: number
          started_at: string
          started_by: string
          total_rows: number
          unchanged?: number
          updated?: number
        }
        Update: {
          community_id?: string
          corps_names?: NonNullable<Json>
          creates_grids?: boolean
          discarded_at?: string | null
          file_hash?: string
          file_name?: string
          finished_at?: string | null
          has_paper_consent?: boolean
          id?: string
          imported?: number
          kind?: string
          rejected?: number
          started_at?: string
          started_by?: string
          total_rows?: number
          unchanged?: number
          updated?: number
        }
        Relationships: [
          {
            foreignKeyName: 'roster_imports_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'roster_imports_community_id_started_by_fkey'
            columns: ['community_id', 'started_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      series_occurrences: {
        Row: {
          activity_id: string
          community_id: string
          id: string
          original_on: string
          own: NonNullable<Json>
          series_id: string
          shift_id: string
          state: string
        }
        ComputedFields: never
        Insert: {
          activity_id: string
          community_id: string
          id: string
          original_on: string
          own?: NonNullable<Json>
          series_id: string
          shift_id: string
          state?: string
        }
        Update: {
          activity_id?: string
          community_id?: string
          id?: string
          original_on?: string
          own?: NonNullable<Json>
          series_id?: string
          shift_id?: string
          state?: string
        }
        Relationships: [
          {
            foreignKeyName: 'series_occurrences_community_id_activity_id_fkey'
            columns: ['community_id', 'activity_id']
            isOneToOne: true
            referencedRelation: 'activities'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'series_occurrences_community_id_series_id_fkey'
            columns: ['community_id', 'series_id']
            isOneToOne: false
            referencedRelation: 'activity_series'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'series_occurrences_community_id_shift_id_fkey'
            columns: ['community_id', 'shift_id']
            isOneToOne: false
            referencedRelation: 'shifts'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      series_people: {
        Row: {
          added_at: string
          added_by: string
          community_id: string
          id: string
          left_at: string | null
          person_id: string
          role: string
          series_id: string
        }
        ComputedFields: never
        Insert: {
          added_at: string
          added_by: string
          community_id: string
          id: string
          left_at?: string | null
          person_id: string
          role?: string
          series_id: string
        }
        Update: {
          added_at?: string
          added_by?: string
          community_id?: string
          id?: string
          left_at?: string | null
          person_id?: string
          role?: string
          series_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'series_people_community_id_added_by_fkey'
            columns: ['community_id', 'added_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'series_people_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'series_people_community_id_series_id_fkey'
            columns: ['community_id', 'series_id']
            isOneToOne: false
            referencedRelation: 'activity_series'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      service_records: {
        Row: {
          activity_id: string
          community_id: string
          confirmed_at: string
          confirmed_by: string
          ends_at: string
          id: string
          minutes: number
          person_id: string
          provenance: string
          reverses_id: string | null
          service_date: string
          shift_id: string
          signup_id: string | null
          starts_at: string
        }
        ComputedFields: never
        Insert: {
          activity_id: string
          community_id: string
          confirmed_at: string
          confirmed_by: string
          ends_at: string
          id: string
          minutes: number
          person_id: string
          provenance: string
          reverses_id?: string | null
          service_date: string
          shift_id: string
          signup_id?: string | null
          starts_at: string
        }
        Update: {
          activity_id?: string
          community_id?: string
          confirmed_at?: string
          confirmed_by?: string
          ends_at?: string
          id?: string
          minutes?: number
          person_id?: string
          provenance?: string
          reverses_id?: string | null
          service_date?: string
          shift_id?: string
          signup_id?: string | null
          starts_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'service_records_community_id_activity_id_fkey'
            columns: ['community_id', 'activity_id']
            isOneToOne: false
            referencedRelation: 'activities'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'service_records_community_id_confirmed_by_fkey'
            columns: ['community_id', 'confirmed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'service_records_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'service_records_community_id_reverses_id_fkey'
            columns: ['community_id', 'reverses_id']
            isOneToOne: false
            referencedRelation: 'service_records'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'service_records_community_id_shift_id_fkey'
            columns: ['community_id', 'shift_id']
            isOneToOne: false
            referencedRelation: 'shifts'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'service_records_community_id_signup_id_fkey'
            columns: ['community_id', 'signup_id']
            isOneToOne: false
            referencedRelation: 'signups'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      shift_blocks: {
        Row: {
          community_id: string
          contact_person_id: string
          created_at: string
          created_by: string
          filled: number
          first_queue_no: number
          id: string
          organisation: string
          places: number
          released_at: string | null
          shift_id: string
          shift_role_id: string
          until_at: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          contact_person_id: string
          created_at: string
          created_by: string
          filled?: number
          first_queue_no: number
          id: string
          organisation: string
          places: number
          released_at?: string | null
          shift_id: string
          shift_role_id: string
          until_at: string
        }
        Update: {
          community_id?: string
          contact_person_id?: string
          created_at?: string
          created_by?: string
          filled?: number
          first_queue_no?: number
          id?: string
          organisation?: string
          places?: number
          released_at?: string | null
          shift_id?: string
          shift_role_id?: string
          until_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'shift_blocks_community_id_contact_person_id_fkey'
            columns: ['community_id', 'contact_person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'shift_blocks_community_id_created_by_fkey'
            columns: ['community_id', 'created_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'shift_blocks_community_id_shift_id_fkey'
            columns: ['community_id', 'shift_id']
            isOneToOne: false
            referencedRelation: 'shifts'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'shift_blocks_community_id_shift_role_id_fkey'
            columns: ['community_id', 'shift_role_id']
            isOneToOne: false
            referencedRelation: 'shift_roles'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      shift_roles: {
        Row: {
          capacity: number
          community_id: string
          id: string
          max_age: number | null
          min_age: number | null
          name: string
          next_queue_no: number
          qualification_kind: string | null
          reserved: number
          shift_id: string
          taken: number
        }
        ComputedFields: never
        Insert: {
          capacity: number
          community_id: string
          id: string
          max_age?: number | null
          min_age?: number | null
          name?: string
          next_queue_no?: number
          qualification_kind?: string | null
          reserved?: number
          shift_id: string
          taken?: number
        }
        Update: {
          capacity?: number
          community_id?: string
          id?: string
          max_age?: number | null
          min_age?: number | null
          name?: string
          next_queue_no?: number
          qualification_kind?: string | null
          reserved?: number
          shift_id?: string
          taken?: number
        }
        Relationships: [
          {
            foreignKeyName: 'shift_roles_community_id_shift_id_fkey'
            columns: ['community_id', 'shift_id']
            isOneToOne: false
            referencedRelation: 'shifts'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      shifts: {
        Row: {
          activity_id: string
          community_id: string
          ends_at: string
          id: string
          moved_at: string | null
          opens_at: string | null
          starts_at: string
          status: string
        }
        ComputedFields: never
        Insert: {
          activity_id: string
          community_id: string
          ends_at: string
          id: string
          moved_at?: string | null
          opens_at?: string | null
          starts_at: string
          status?: string
        }
        Update: {
          activity_id?: string
          community_id?: string
          ends_at?: string
          id?: string
          moved_at?: string | null
          opens_at?: string | null
          starts_at?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'shifts_community_id_activity_id_fkey'
            columns: ['community_id', 'activity_id']
            isOneToOne: false
            referencedRelation: 'activities'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      signups: {
        Row: {
          block_id: string | null
          community_id: string
          ended_at: string | null
          ended_by: string | null
          id: string
          offer_expires_at: string | null
          person_id: string
          queue_no: number
          reason: string | null
          shift_id: string
          shift_role_id: string
          signed_up_at: string
          signed_up_by: string
          status: string
        }
        ComputedFields: never
        Insert: {
          block_id?: string | null
          community_id: string
          ended_at?: string | null
          ended_by?: string | null
          id: string
          offer_expires_at?: string | null
          person_id: string
          queue_no: number
          reason?: string | null
          shift_id: string
          shift_role_id: string
          signed_up_at: string
          signed_up_by: string
          status: string
        }
        Update: {
          block_id?: string | null
          community_id?: string
          ended_at?: string | null
          ended_by?: string | null
          id?: string
          offer_expires_at?: string | null
          person_id?: string
          queue_no?: number
          reason?: string | null
          shift_id?: string
          shift_role_id?: string
          signed_up_at?: string
          signed_up_by?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'signups_community_id_block_id_fkey'
            columns: ['community_id', 'block_id']
            isOneToOne: false
            referencedRelation: 'shift_blocks'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'signups_community_id_ended_by_fkey'
            columns: ['community_id', 'ended_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'signups_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'signups_community_id_shift_id_fkey'
            columns: ['community_id', 'shift_id']
            isOneToOne: false
            referencedRelation: 'shifts'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'signups_community_id_shift_role_id_fkey'
            columns: ['community_id', 'shift_role_id']
            isOneToOne: false
            referencedRelation: 'shift_roles'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'signups_community_id_signed_up_by_fkey'
            columns: ['community_id', 'signed_up_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      spot_checks: {
        Row: {
          at: string
          checked_by: string
          community_id: string
          flag_id: string
          id: string
          kind: string
          reason: string
          verdict: string
        }
        ComputedFields: never
        Insert: {
          at: string
          checked_by: string
          community_id: string
          flag_id: string
          id: string
          kind: string
          reason: string
          verdict: string
        }
        Update: {
          at?: string
          checked_by?: string
          community_id?: string
          flag_id?: string
          id?: string
          kind?: string
          reason?: string
          verdict?: string
        }
        Relationships: [
          {
            foreignKeyName: 'spot_checks_community_id_checked_by_fkey'
            columns: ['community_id', 'checked_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'spot_checks_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
        ]
      }
      staff_posts: {
        Row: {
          business_line: string | null
          community_id: string
          id: string
          person_id: string
          public_name: string
          relay_phone: string | null
          title: string
          valid_from: string
          valid_to: string | null
        }
        ComputedFields: never
        Insert: {
          business_line?: string | null
          community_id: string
          id: string
          person_id: string
          public_name: string
          relay_phone?: string | null
          title: string
          valid_from: string
          valid_to?: string | null
        }
        Update: {
          business_line?: string | null
          community_id?: string
          id?: string
          person_id?: string
          public_name?: string
          relay_phone?: string | null
          title?: string
          valid_from?: string
          valid_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'staff_posts_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'staff_posts_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      stand_ins: {
        Row: {
          community_id: string
          created_at: string
          created_by: string
          ended_at: string | null
          from_person_id: string
          id: string
          shift_id: string
          shift_role_id: string
          signup_id: string
          status: string
          step: string
          taken_by: string | null
          to_person_id: string | null
        }
        ComputedFields: never
        Insert: {
          community_id: string
          created_at: string
          created_by: string
          ended_at?: string | null
          from_person_id: string
          id: string
          shift_id: string
          shift_role_id: string
          signup_id: string
          status?: string
          step: string
          taken_by?: string | null
          to_person_id?: string | null
        }
        Update: {
          community_id?: string
          created_at?: string
          created_by?: string
          ended_at?: string | null
          from_person_id?: string
          id?: string
          shift_id?: string
          shift_role_id?: string
          signup_id?: string
          status?: string
          step?: string
          taken_by?: string | null
          to_person_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'stand_ins_community_id_created_by_fkey'
            columns: ['community_id', 'created_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'stand_ins_community_id_from_person_id_fkey'
            columns: ['community_id', 'from_person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'stand_ins_community_id_shift_id_fkey'
            columns: ['community_id', 'shift_id']
            isOneToOne: false
            referencedRelation: 'shifts'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'stand_ins_community_id_shift_role_id_fkey'
            columns: ['community_id', 'shift_role_id']
            isOneToOne: false
            referencedRelation: 'shift_roles'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'stand_ins_community_id_signup_id_fkey'
            columns: ['community_id', 'signup_id']
            isOneToOne: false
            referencedRelation: 'signups'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'stand_ins_community_id_taken_by_fkey'
            columns: ['community_id', 'taken_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'stand_ins_community_id_to_person_id_fkey'
            columns: ['community_id', 'to_person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      star_grades: {
        Row: {
          community_id: string
          id: string
          lost_at: string | null
          needed_hours: number
          person_id: string
          reached_at: string
          star: number
        }
        ComputedFields: never
        Insert: {
          community_id: string
          id: string
          lost_at?: string | null
          needed_hours: number
          person_id: string
          reached_at: string
          star: number
        }
        Update: {
          community_id?: string
          id?: string
          lost_at?: string | null
          needed_hours?: number
          person_id?: string
          reached_at?: string
          star?: number
        }
        Relationships: [
          {
            foreignKeyName: 'star_grades_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'star_grades_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      stock_moves: {
        Row: {
          at: string
          community_id: string
          id: string
          item_id: string
          kind: string
          moved_by: string
          order_id: string | null
          quantity: number
          reason: string | null
        }
        ComputedFields: never
        Insert: {
          at: string
          community_id: string
          id: string
          item_id: string
          kind: string
          moved_by: string
          order_id?: string | null
          quantity: number
          reason?: string | null
        }
        Update: {
          at?: string
          community_id?: string
          id?: string
          item_id?: string
          kind?: string
          moved_by?: string
          order_id?: string | null
          quantity?: number
          reason?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'a_move_is_of_an_order'
            columns: ['community_id', 'order_id']
            isOneToOne: false
            referencedRelation: 'reward_orders'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'stock_moves_community_id_item_id_fkey'
            columns: ['community_id', 'item_id']
            isOneToOne: false
            referencedRelation: 'reward_stocks'
            referencedColumns: ['community_id', 'item_id']
          },
          {
            foreignKeyName: 'stock_moves_community_id_moved_by_fkey'
            columns: ['community_id', 'moved_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      strikes: {
        Row: {
          answer: string | null
          answered_at: string | null
          answered_by: string | null
          appeal_text: string | null
          appealed_at: string | null
          at: string
          community_id: string
          id: string
          marked_by: string
          person_id: string
          signup_id: string
          status: string
        }
        ComputedFields: never
        Insert: {
          answer?: string | null
          answered_at?: string | null
          answered_by?: string | null
          appeal_text?: string | null
          appealed_at?: string | null
          at: string
          community_id: string
          id: string
          marked_by: string
          person_id: string
          signup_id: string
          status?: string
        }
        Update: {
          answer?: string | null
          answered_at?: string | null
          answered_by?: string | null
          appeal_text?: string | null
          appealed_at?: string | null
          at?: string
          community_id?: string
          id?: string
          marked_by?: string
          person_id?: string
          signup_id?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'strikes_community_id_answered_by_fkey'
            columns: ['community_id', 'answered_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'strikes_community_id_marked_by_fkey'
            columns: ['community_id', 'marked_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'strikes_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'strikes_community_id_signup_id_fkey'
            columns: ['community_id', 'signup_id']
            isOneToOne: false
            referencedRelation: 'signups'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      training_attendances: {
        Row: {
          community_id: string
          enrolment_id: string
          id: string
          recorded_at: string
          recorded_by: string
          session_id: string
          was_present: boolean
        }
        ComputedFields: never
        Insert: {
          community_id: string
          enrolment_id: string
          id: string
          recorded_at: string
          recorded_by: string
          session_id: string
          was_present: boolean
        }
        Update: {
          community_id?: string
          enrolment_id?: string
          id?: string
          recorded_at?: string
          recorded_by?: string
          session_id?: string
          was_present?: boolean
        }
        Relationships: [
          {
            foreignKeyName: 'training_attendances_community_id_enrolment_id_fkey'
            columns: ['community_id', 'enrolment_id']
            isOneToOne: false
            referencedRelation: 'training_enrolments'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'training_attendances_community_id_recorded_by_fkey'
            columns: ['community_id', 'recorded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'training_attendances_community_id_session_id_fkey'
            columns: ['community_id', 'session_id']
            isOneToOne: false
            referencedRelation: 'training_sessions'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      training_enrolments: {
        Row: {
          award_id: string | null
          community_id: string
          decided_at: string | null
          decided_by: string | null
          enrolled_at: string
          enrolled_by: string
          id: string
          person_id: string
          status: string
          training_id: string
        }
        ComputedFields: never
        Insert: {
          award_id?: string | null
          community_id: string
          decided_at?: string | null
          decided_by?: string | null
          enrolled_at: string
          enrolled_by: string
          id: string
          person_id: string
          status?: string
          training_id: string
        }
        Update: {
          award_id?: string | null
          community_id?: string
          decided_at?: string | null
          decided_by?: string | null
          enrolled_at?: string
          enrolled_by?: string
          id?: string
          person_id?: string
          status?: string
          training_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'training_enrolments_community_id_decided_by_fkey'
            columns: ['community_id', 'decided_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'training_enrolments_community_id_enrolled_by_fkey'
            columns: ['community_id', 'enrolled_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'training_enrolments_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'training_enrolments_community_id_training_id_fkey'
            columns: ['community_id', 'training_id']
            isOneToOne: false
            referencedRelation: 'trainings'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      training_sessions: {
        Row: {
          community_id: string
          ends_at: string
          id: string
          starts_at: string
          training_id: string
        }
        ComputedFields: never
        Insert: {
          community_id: string
          ends_at: string
          id: string
          starts_at: string
          training_id: string
        }
        Update: {
          community_id?: string
          ends_at?: string
          id?: string
          starts_at?: string
          training_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'training_sessions_community_id_training_id_fkey'
            columns: ['community_id', 'training_id']
            isOneToOne: false
            referencedRelation: 'trainings'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      trainings: {
        Row: {
          capacity: number
          community_id: string
          corps_id: string | null
          created_at: string
          created_by: string
          id: string
          place_id: string | null
          status: string
          status_reason: string | null
          summary: string | null
          title: string
        }
        ComputedFields: never
        Insert: {
          capacity: number
          community_id: string
          corps_id?: string | null
          created_at: string
          created_by: string
          id: string
          place_id?: string | null
          status?: string
          status_reason?: string | null
          summary?: string | null
          title: string
        }
        Update: {
          capacity?: number
          community_id?: string
          corps_id?: string | null
          created_at?: string
          created_by?: string
          id?: string
          place_id?: string | null
          status?: string
          status_reason?: string | null
          summary?: string | null
          title?: string
        }
        Relationships: [
          {
            foreignKeyName: 'trainings_community_id_corps_id_fkey'
            columns: ['community_id', 'corps_id']
            isOneToOne: false
            referencedRelation: 'corps'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'trainings_community_id_created_by_fkey'
            columns: ['community_id', 'created_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'trainings_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'trainings_community_id_place_id_fkey'
            columns: ['community_id', 'place_id']
            isOneToOne: false
            referencedRelation: 'places'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      volunteers: {
        Row: {
          availability: string[]
          community_id: string
          id: string
          registered_at: string
          skills: string[]
          status: string
          volunteer_no: string
        }
        ComputedFields: never
        Insert: {
          availability?: string[]
          community_id: string
          id: string
          registered_at: string
          skills?: string[]
          status?: string
          volunteer_no: string
        }
        Update: {
          availability?: string[]
          community_id?: string
          id?: string
          registered_at?: string
          skills?: string[]
          status?: string
          volunteer_no?: string
        }
        Relationships: [
          {
            foreignKeyName: 'volunteers_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'volunteers_community_id_id_fkey'
            columns: ['community_id', 'id']
            isOneToOne: true
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      wish_claims: {
        Row: {
          approved_at: string | null
          approved_by: string | null
          asked_at: string
          community_id: string
          donor_person_id: string
          due_at: string
          ended_at: string | null
          ended_by: string | null
          firm: string | null
          id: string
          is_shared: boolean
          note: string | null
          parts: number
          realized_at: string | null
          reason: string | null
          reminded: number
          shares_address: boolean
          status: string
          why: string | null
          wish_id: string
        }
        ComputedFields: never
        Insert: {
          approved_at?: string | null
          approved_by?: string | null
          asked_at: string
          community_id: string
          donor_person_id: string
          due_at: string
          ended_at?: string | null
          ended_by?: string | null
          firm?: string | null
          id: string
          is_shared: boolean
          note?: string | null
          parts?: number
          realized_at?: string | null
          reason?: string | null
          reminded?: number
          shares_address?: boolean
          status: string
          why?: string | null
          wish_id: string
        }
        Update: {
          approved_at?: string | null
          approved_by?: string | null
          asked_at?: string
          community_id?: string
          donor_person_id?: string
          due_at?: string
          ended_at?: string | null
          ended_by?: string | null
          firm?: string | null
          id?: string
          is_shared?: boolean
          note?: string | null
          parts?: number
          realized_at?: string | null
          reason?: string | null
          reminded?: number
          shares_address?: boolean
          status?: string
          why?: string | null
          wish_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'wish_claims_community_id_approved_by_fkey'
            columns: ['community_id', 'approved_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wish_claims_community_id_donor_person_id_fkey'
            columns: ['community_id', 'donor_person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wish_claims_community_id_ended_by_fkey'
            columns: ['community_id', 'ended_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wish_claims_community_id_wish_id_fkey'
            columns: ['community_id', 'wish_id']
            isOneToOne: false
            referencedRelation: 'wishes'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      wish_deliveries: {
        Row: {
          claim_id: string
          community_id: string
          confirmed_at: string | null
          confirmed_by: string | null
          confirmed_via: string | null
          id: string
          note: string | null
          recorded_at: string
          recorded_by: string
          status: string
          via: string
        }
        ComputedFields: never
        Insert: {
          claim_id: string
          community_id: string
          confirmed_at?: string | null
          confirmed_by?: string | null
          confirmed_via?: string | null
          id: string
          note?: string | null
          recorded_at: string
          recorded_by: string
          status?: string
          via: string
        }
        Update: {
          claim_id?: string
          community_id?: string
          confirmed_at?: string | null
          confirmed_by?: string | null
          confirmed_via?: string | null
          id?: string
          note?: string | null
          recorded_at?: string
          recorded_by?: string
          status?: string
          via?: string
        }
        Relationships: [
          {
            foreignKeyName: 'wish_deliveries_community_id_claim_id_fkey'
            columns: ['community_id', 'claim_id']
            isOneToOne: false
            referencedRelation: 'wish_claims'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wish_deliveries_community_id_confirmed_by_fkey'
            columns: ['community_id', 'confirmed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wish_deliveries_community_id_recorded_by_fkey'
            columns: ['community_id', 'recorded_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      wish_goods_moves: {
        Row: {
          at: string
          booked_by: string
          claim_id: string
          community_id: string
          direction: string
          id: string
        }
        ComputedFields: never
        Insert: {
          at: string
          booked_by: string
          claim_id: string
          community_id: string
          direction: string
          id: string
        }
        Update: {
          at?: string
          booked_by?: string
          claim_id?: string
          community_id?: string
          direction?: string
          id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'wish_goods_moves_community_id_booked_by_fkey'
            columns: ['community_id', 'booked_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wish_goods_moves_community_id_claim_id_fkey'
            columns: ['community_id', 'claim_id']
            isOneToOne: false
            referencedRelation: 'wish_claims'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      wish_private: {
        Row: {
          address: string | null
          birth_year: number | null
          community_id: string
          consent_by: string | null
          consent_via: string | null
          consented_at: string | null
          facts: string | null
          id: string
          name: string
          name_key: string
          person_id: string | null
          phone: string | null
        }
        ComputedFields: never
        Insert: {
          address?: string | null
          birth_year?: number | null
          community_id: string
          consent_by?: string | null
          consent_via?: string | null
          consented_at?: string | null
          facts?: string | null
          id: string
          name: string
          name_key: string
          person_id?: string | null
          phone?: string | null
        }
        Update: {
          address?: string | null
          birth_year?: number | null
          community_id?: string
          consent_by?: string | null
          consent_via?: string | null
          consented_at?: string | null
          facts?: string | null
          id?: string
          name?: string
          name_key?: string
          person_id?: string | null
          phone?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'wish_private_community_id_consent_by_fkey'
            columns: ['community_id', 'consent_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wish_private_community_id_id_fkey'
            columns: ['community_id', 'id']
            isOneToOne: true
            referencedRelation: 'wishes'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wish_private_community_id_person_id_fkey'
            columns: ['community_id', 'person_id']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      wish_thanks: {
        Row: {
          body: string | null
          claim_id: string
          community_id: string
          id: string
          is_public: boolean
          judged_at: string | null
          judged_by: string | null
          reason: string | null
          status: string
          written_at: string
          written_by: string
        }
        ComputedFields: never
        Insert: {
          body?: string | null
          claim_id: string
          community_id: string
          id: string
          is_public?: boolean
          judged_at?: string | null
          judged_by?: string | null
          reason?: string | null
          status?: string
          written_at: string
          written_by: string
        }
        Update: {
          body?: string | null
          claim_id?: string
          community_id?: string
          id?: string
          is_public?: boolean
          judged_at?: string | null
          judged_by?: string | null
          reason?: string | null
          status?: string
          written_at?: string
          written_by?: string
        }
        Relationships: [
          {
            foreignKeyName: 'wish_thanks_community_id_claim_id_fkey'
            columns: ['community_id', 'claim_id']
            isOneToOne: false
            referencedRelation: 'wish_claims'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wish_thanks_community_id_judged_by_fkey'
            columns: ['community_id', 'judged_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wish_thanks_community_id_written_by_fkey'
            columns: ['community_id', 'written_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      wishes: {
        Row: {
          age_band: string | null
          body: string
          collected_at: string
          collected_by: string
          collected_via: string
          community_id: string
          corps_color: string | null
          drive: string | null
          expires_on: string | null
          given_back: number
          grid_id: string | null
          id: string
          kind: string
          masked_name: string | null
          meeting: string
          needed_by: string | null
          no: number
          opened_at: string | null
          parts: number
          parts_taken: number
          price_yuan: number | null
          realized_at: string | null
          return_reason: string | null
          reviewed_at: string | null
          reviewed_by: string | null
          size: string | null
          status: string
          title: string
          wish_for: string
          withdrawn_at: string | null
        }
        ComputedFields: never
        Insert: {
          age_band?: string | null
          body: string
          collected_at: string
          collected_by: string
          collected_via: string
          community_id: string
          corps_color?: string | null
          drive?: string | null
          expires_on?: string | null
          given_back?: number
          grid_id?: string | null
          id: string
          kind: string
          masked_name?: string | null
          meeting?: string
          needed_by?: string | null
          no: number
          opened_at?: string | null
          parts?: number
          parts_taken?: number
          price_yuan?: number | null
          realized_at?: string | null
          return_reason?: string | null
          reviewed_at?: string | null
          reviewed_by?: string | null
          size?: string | null
          status: string
          title: string
          wish_for: string
          withdrawn_at?: string | null
        }
        Update: {
          age_band?: string | null
          body?: string
          collected_at?: string
          collected_by?: string
          collected_via?: string
          community_id?: string
          corps_color?: string | null
          drive?: string | null
          expires_on?: string | null
          given_back?: number
          grid_id?: string | null
          id?: string
          kind?: string
          masked_name?: string | null
          meeting?: string
          needed_by?: string | null
          no?: number
          opened_at?: string | null
          parts?: number
          parts_taken?: number
          price_yuan?: number | null
          realized_at?: string | null
          return_reason?: string | null
          reviewed_at?: string | null
          reviewed_by?: string | null
          size?: string | null
          status?: string
          title?: string
          wish_for?: string
          withdrawn_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'wishes_community_id_collected_by_fkey'
            columns: ['community_id', 'collected_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wishes_community_id_fkey'
            columns: ['community_id']
            isOneToOne: false
            referencedRelation: 'communities'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'wishes_community_id_grid_id_fkey'
            columns: ['community_id', 'grid_id']
            isOneToOne: false
            referencedRelation: 'grids'
            referencedColumns: ['community_id', 'id']
          },
          {
            foreignKeyName: 'wishes_community_id_reviewed_by_fkey'
            columns: ['community_id', 'reviewed_by']
            isOneToOne: false
            referencedRelation: 'persons'
            referencedColumns: ['community_id', 'id']
          },
        ]
      }
      work_calendar: {
        Row: {
          day: string
          is_workday: boolean
          note: string | null
          provisional: boolean
        }
        ComputedFields: never
        Insert: {
          day: string
          is_workday: boolean
          note?: string | null
          provisional?: boolean
        }
        Update: {
          day?: string
          is_workday?: boolean
          note?: string | null
          provisional?: boolean
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      accept_nomination: {
        Args: {
          p_community_id: string
          p_id: string
          p_nomination_id: string
          p_shows_full_name: boolean
          p_version?: string
          p_via?: string
        }
        Returns: Json
      }
      accept_offer: { Args: { p_community_id: string; p_id: string; p_signup_id: string }; Returns: Json }
      accept_stand_in: {
        Args: { p_community_id: string; p_for_person_id?: string; p_id: string; p_stand_in_id: string }
        Returns: Json
      }
      activity_report: { Args: { p_activity_id: string; p_community_id: string }; Returns: Json }
      add_corps_member: {
        Args: { p_community_id: string; p_corps_id: string; p_id: string; p_person_id: string }
        Returns: Json
      }
      add_on_the_spot: {
        Args: { p_community_id: string; p_id: string; p_person_id: string; p_role: string; p_shift_id: string }
        Returns: Json
      }
      admit_party_member: {
        Args: {
          p_community_id: string
          p_from?: string
          p_group_id?: string
          p_has_paper_consent?: boolean
          p_home_unit?: string
          p_id: string
          p_kind: string
          p_party_org_id: string
          p_person_id: string
        }
        Returns: Json
      }
      advance_demo_clock: { Args: { p_minutes: number }; Returns: Json }
      answer_appeal: {
        Args: { p_answer: string; p_community_id: string; p_id: string; p_strike_id: string; p_uphold: boolean }
        Returns: Json
      }
      answer_check_out: {
        Args: { p_community_id: string; p_id: string; p_left_at: string; p_signup_id: string }
        Returns: Json
      }
      answer_correction: {
        Args: {
          p_answer: string
          p_community_id: string
          p_corrected: boolean
          p_id: string
          p_request_id: string
          p_reverse?: boolean
        }
        Returns: Json
      }
      answer_dispute: {
        Args: {
          p_accept: boolean
          p_answer: string
          p_community_id: string
          p_dispute_id: string
          p_id: string
          p_reverse?: boolean
        }
        Returns: Json
      }
      answer_exemption: {
        Args: { p_answer?: string; p_community_id: string; p_exemption_id: string; p_grant: boolean; p_id: string }
        Returns: Json
      }
      answer_objection: {
        Args: { p_answer: string; p_community_id: string; p_id: string; p_objection_id: string; p_upheld: boolean }
        Returns: Json
      }
      answer_privacy: {
        Args: { p_answer: string; p_community_id: string; p_id: string; p_request_id: string }
        Returns: Json
      }
      answer_score_objection: {
        Args: { p_answer: string; p_community_id: string; p_id: string; p_objection_id: string; p_points?: number }
        Returns: Json
      }
      appeal_strike: {
        Args: { p_community_id: string; p_id: string; p_strike_id: string; p_text: string }
        Returns: Json
      }
      apply_to_corps: {
        Args: { p_community_id: string; p_corps_id: string; p_for_person_id?: string; p_id: string; p_note?: string }
        Returns: Json
      }
      appraisal_desk: { Args: { p_community_id: string }; Returns: Json }
      archive_cycle: { Args: { p_community_id: string; p_cycle_id: string; p_id: string }; Returns: Json }
      ask_exemption: {
        Args: {
          p_community_id: string
          p_for_person_id?: string
          p_from: string
          p_id: string
          p_kind: string
          p_note?: string
          p_to: string
        }
        Returns: Json
      }
      ask_privacy: { Args: { p_community_id: string; p_id: string; p_kind: string; p_note?: string }; Returns: Json }
      assign_post: {
        Args: {
          p_building_id?: string
          p_community_id: string
          p_follows_id?: string
          p_from?: string
          p_grid_id?: string
          p_id: string
          p_liaison_group_id?: string
          p_person_id: string
          p_post: string
          p_relay_phone?: string
        }
        Returns: Json
      }
      backfill_choices: { Args: { p_community_id: string }; Returns: Json }
      backfill_desk: { Args: { p_community_id: string }; Returns: Json }
      backfill_service: {
        Args: {
          p_community_id: string
          p_ends_at: string
          p_evidence: string
          p_for_person_id?: string
          p_id: string
          p_shift_id: string
          p_starts_at: string
        }
        Returns: Json
      }
      begin_roster_import: {
        Args: {
          p_community_id: string
          p_file_hash: string
          p_file_name: string
          p_id: string
          p_kind: string
          p_options?: Json
          p_total_rows: number
        }
        Returns: Json
      }
      board: {
        Args: { p_community_id: string; p_kind: string; p_limit?: number; p_period: string; p_scope?: string }
        Returns: Json
      }
      branch_desk: { Args: { p_community_id: string; p_org_id?: string }; Returns: Json }
      branch_members: { Args: { p_community_id: string; p_org_id: string }; Returns: Json }
      branch_scores: { Args: { p_community_id: string; p_org_id: string; p_year?: number }; Returns: Json }
      calendar_desk: { Args: { p_community_id: string; p_month: number; p_year: number }; Returns: Json }
      cancel_activity: {
        Args: { p_activity_id: string; p_community_id: string; p_id: string; p_reason: string }
        Returns: Json
      }
      cancel_order: {
        Args: { p_community_id: string; p_id: string; p_order_id: string; p_reason?: string }
        Returns: Json
      }
      cancel_signup: {
        Args: { p_community_id: string; p_id: string; p_reason?: string; p_signup_id: string }
        Returns: Json
      }
      cancel_training: {
        Args: { p_community_id: string; p_id: string; p_reason: string; p_training_id: string }
        Returns: Json
      }
      candidate_dossier: { Args: { p_community_id: string; p_nomination_id: string }; Returns: Json }
      check_in: {
        Args: {
          p_at?: string
          p_code?: string
          p_community_id: string
          p_id: string
          p_shift_id: string
          p_signup_id?: string
        }
        Returns: Json
      }
      check_out: {
        Args: {
          p_at?: string
          p_code?: string
          p_community_id: string
          p_id: string
          p_shift_id: string
          p_signup_id?: string
        }
        Returns: Json
      }
      check_qualification: {
        Args: {
          p_accept: boolean
          p_community_id: string
          p_id: string
          p_qualification_id: string
          p_reason?: string
          p_valid_to?: string
        }
        Returns: Json
      }
      claim_shift: {
        Args: { p_community_id: string; p_for_person_id?: string; p_id: string; p_role?: string; p_shift_id: string }
        Returns: Json
      }
      claim_wish: {
        Args: {
          p_community_id: string
          p_firm?: string
          p_id: string
          p_note?: string
          p_parts?: number
          p_wish_id: string
        }
        Returns: Json
      }
      claim_wishes: {
        Args: { p_community_id: string; p_firm: string; p_id: string; p_wish_ids: string[] }
        Returns: Json
      }
      close_account: { Args: Record<PropertyKey, never>; Returns: Json }
      close_party_org: { Args: { p_community_id: string; p_id: string; p_org_id: string }; Returns: Json }
      close_party_year: {
        Args: { p_community_id: string; p_id: string; p_org_id: string; p_year: number }
        Returns: Json
      }
      close_points_year: { Args: { p_community_id: string; p_id: string; p_year: number }; Returns: Json }
      community_calendar: { Args: { p_community_id: string; p_from: string; p_to: string }; Returns: Json }
      community_health: { Args: { p_community_id: string }; Returns: Json }
      community_settings: { Args: { p_community_id: string }; Returns: Json }
      confirm_attendance: {
        Args: { p_community_id: string; p_id: string; p_shift_id: string; p_signup_ids?: string[] }
        Returns: Json
      }
      confirm_cycle: { Args: { p_community_id: string; p_cycle_id: string; p_id: string }; Returns: Json }
      confirm_quarter: {
        Args: { p_community_id: string; p_id: string; p_org_id: string; p_quarter: number; p_year: number }
        Returns: Json
      }
      confirm_realized: {
        Args: { p_claim_id: string; p_code?: string; p_community_id: string; p_id: string }
        Returns: Json
      }
      confirm_report_in: {
        Args: {
          p_checkin_id: string
          p_community_id: string
          p_confirm: boolean
          p_group_id?: string
          p_id: string
          p_party_org_id?: string
          p_reason?: string
        }
        Returns: Json
      }
      corps_desk: { Args: { p_community_id: string; p_corps_id: string }; Returns: Json }
      corps_overview: { Args: { p_community_id: string; p_corps_id?: string }; Returns: Json }
      corps_roster: { Args: { p_community_id: string; p_corps_id: string }; Returns: Json }
      correction_desk: { Args: { p_community_id: string }; Returns: Json }
      create_invite: {
        Args: { p_community_id: string; p_days?: number; p_id: string; p_max_uses?: number }
        Returns: Json
      }
      create_series: {
        Args: { p_community_id: string; p_id: string; p_series: Json; p_series_id: string }
        Returns: Json
      }
      cycle_board: { Args: { p_community_id: string; p_cycle_id: string }; Returns: Json }
      decide_award: {
        Args: { p_community_id: string; p_decision: string; p_id: string; p_nomination_id: string; p_reason?: string }
        Returns: Json
      }
      decide_penalty: {
        Args: { p_community_id: string; p_confirm: boolean; p_id: string; p_note: string; p_penalty_id: string }
        Returns: Json
      }
      declare_emergency: { Args: { p_activity_id: string; p_community_id: string; p_id: string }; Returns: Json }
      decline_nomination: { Args: { p_community_id: string; p_id: string; p_nomination_id: string }; Returns: Json }
      decline_offer: { Args: { p_community_id: string; p_id: string; p_signup_id: string }; Returns: Json }
      decline_stand_in: { Args: { p_community_id: string; p_id: string; p_stand_in_id: string }; Returns: Json }
      discard_attachment: { Args: { p_attachment_id: string; p_community_id: string; p_id: string }; Returns: Json }
      discard_import_rows: { Args: { p_community_id: string; p_id: string; p_import_id: string }; Returns: Json }
      dispute_entry: {
        Args: { p_community_id: string; p_entry_id: string; p_id: string; p_text: string }
        Returns: Json
      }
      duties_to_verify: { Args: { p_community_id: string }; Returns: Json }
      edit_series: {
        Args: {
          p_change: Json
          p_community_id: string
          p_day?: string
          p_id: string
          p_keep_signups?: boolean
          p_scope: string
          p_series_id: string
        }
        Returns: Json
      }
      end_exemption: { Args: { p_community_id: string; p_exemption_id: string; p_id: string }; Returns: Json }
      end_party_exemption: {
        Args: { p_community_id: string; p_id: string; p_last_day?: string; p_person_id: string }
        Returns: Json
      }
      end_party_membership: {
        Args: { p_community_id: string; p_id: string; p_last_day?: string; p_person_id: string; p_reason: string }
        Returns: Json
      }
      end_post: {
        Args: { p_community_id: string; p_id: string; p_last_day?: string; p_post_id: string; p_reason?: string }
        Returns: Json
      }
      end_qualification: {
        Args: { p_community_id: string; p_id: string; p_qualification_id: string; p_reason: string }
        Returns: Json
      }
      end_role: { Args: { p_community_id: string; p_grant_id: string; p_id: string }; Returns: Json }
      end_series: {
        Args: { p_community_id: string; p_id: string; p_reason: string; p_series_id: string }
        Returns: Json
      }
      enrol_in_training: {
        Args: { p_community_id: string; p_for_person_id?: string; p_id: string; p_training_id: string }
        Returns: Json
      }
      erase_me: { Args: { p_community_id: string; p_id: string }; Returns: Json }
      excuse_absence: {
        Args: { p_community_id: string; p_id: string; p_reason: string; p_signup_id: string }
        Returns: Json
      }
      exempt_party_member: {
        Args: {
          p_community_id: string
          p_from?: string
          p_id: string
          p_person_id: string
          p_reason: string
          p_to?: string
        }
        Returns: Json
      }
      export_cycle: {
        Args: { p_community_id: string; p_cycle_id: string; p_id: string; p_reason: string }
        Returns: Json
      }
      export_service: {
        Args: { p_community_id: string; p_from: string; p_id: string; p_reason: string; p_to: string }
        Returns: Json
      }
      feedback_form: { Args: { p_code: string }; Returns: Json }
      file_objection: {
        Args: {
          p_community_id: string
          p_id: string
          p_nomination_id?: string
          p_notice_id: string
          p_phone?: string
          p_text: string
        }
        Returns: Json
      }
      fill_block: {
        Args: { p_block_id: string; p_community_id: string; p_id: string; p_name: string; p_volunteer_no: string }
        Returns: Json
      }
      find_volunteer: { Args: { p_community_id: string; p_corps_id: string; p_volunteer_no: string }; Returns: Json }
      finish_roster_import: { Args: { p_community_id: string; p_id: string; p_import_id: string }; Returns: Json }
      fulfil_order: { Args: { p_code: string; p_community_id: string; p_id: string }; Returns: Json }
      give_consent: {
        Args: { p_community_id: string; p_id: string; p_purpose: string; p_version: string }
        Returns: Json
      }
      give_opinion: {
        Args: { p_community_id: string; p_id: string; p_marks: Json; p_nomination_id: string; p_words?: string }
        Returns: Json
      }
      grant_qualification: {
        Args: {
          p_community_id: string
          p_evidence?: string
          p_id: string
          p_kind: string
          p_person_id: string
          p_valid_from: string
          p_valid_to?: string
        }
        Returns: Json
      }
      grant_role: {
        Args: {
          p_community_id: string
          p_id: string
          p_person_id: string
          p_role: string
          p_scope_id?: string
          p_scope_kind?: string
          p_valid_from?: string
          p_valid_to?: string
        }
        Returns: Json
      }
      group_meetings: { Args: { p_community_id: string }; Returns: Json }
      hand_out_goods: { Args: { p_claim_id: string; p_community_id: string; p_id: string }; Returns: Json }
      hand_over_card: { Args: { p_claim_id: string; p_community_id: string }; Returns: Json }
      hide_board_alias: { Args: { p_alias: string; p_community_id: string; p_id: string }; Returns: Json }
      hours_by_provenance: { Args: { p_community_id: string; p_from?: string; p_to?: string }; Returns: Json }
      ical_feed: { Args: { apikey?: string; token: string }; Returns: unknown }
      identity_card: { Args: { p_community_id: string; p_token: string }; Returns: Json }
      import_earlier_hours: { Args: { p_community_id: string; p_id: string; p_rows: Json }; Returns: Json }
      import_roster_rows: {
        Args: { p_community_id: string; p_id: string; p_import_id: string; p_rows: Json }
        Returns: Json
      }
      issue_certificate: {
        Args: {
          p_community_id: string
          p_for_person_id?: string
          p_from: string
          p_id: string
          p_record_ids?: string[]
          p_replaces_id?: string
          p_to: string
        }
        Returns: Json
      }
      issue_identity_card: {
        Args: { p_community_id: string; p_id: string; p_post_id: string; p_promise: string }
        Returns: Json
      }
      join_desk: { Args: { p_community_id: string }; Returns: Json }
      judge_claim: {
        Args: {
          p_approve: boolean
          p_claim_id: string
          p_community_id: string
          p_id: string
          p_share_address?: boolean
          p_text?: string
        }
        Returns: Json
      }
      judge_thanks: {
        Args: { p_community_id: string; p_id: string; p_pass: boolean; p_reason?: string; p_thanks_id: string }
        Returns: Json
      }
      leader_shifts: { Args: { p_community_id: string; p_from?: string; p_to?: string }; Returns: Json }
      leave_community: { Args: { p_community_id: string; p_id: string }; Returns: Json }
      leave_series: {
        Args: { p_community_id: string; p_for_person_id?: string; p_id: string; p_series_id: string }
        Returns: Json
      }
      leave_training: {
        Args: { p_community_id: string; p_for_person_id?: string; p_id: string; p_training_id: string }
        Returns: Json
      }
      lift_penalty: {
        Args: { p_community_id: string; p_id: string; p_penalty_id: string; p_reason: string }
        Returns: Json
      }
      link_helper: {
        Args: {
          p_community_id: string
          p_helper_person_id: string
          p_id: string
          p_person_id: string
          p_relation?: string
        }
        Returns: Json
      }
      list_people: {
        Args: {
          p_community_id: string
          p_grid_id?: string
          p_kind?: string
          p_limit?: number
          p_offset?: number
          p_search?: string
        }
        Returns: Json
      }
      list_posts: { Args: { p_community_id: string }; Returns: Json }
      list_series: { Args: { p_community_id: string }; Returns: Json }
      list_shifts: {
        Args: {
          p_colors?: string[]
          p_community_id: string
          p_for_person_id?: string
          p_from?: string
          p_place_id?: string
          p_to?: string
        }
        Returns: Json
      }
      list_trainings: { Args: { p_community_id: string; p_corps_id?: string; p_for_person_id?: string }; Returns: Json }
      lock_cycle: {
        Args: { p_before_end?: boolean; p_community_id: string; p_cycle_id: string; p_id: string }
        Returns: Json
      }
      log_duty: {
        Args: {
          p_building_id?: string
          p_community_id: string
          p_draft_kind?: string
          p_draft_text?: string
          p_grid_id?: string
          p_happened_at: string
          p_helped_count?: number
          p_helped_person_ids?: string[]
          p_id: string
          p_kind: string
          p_log_id?: string
          p_minutes: number
          p_note?: string
          p_photo_ids?: string[]
        }
        Returns: Json
      }
      look_up_invite: { Args: { p_code: string }; Returns: Json }
      look_up_pickup: { Args: { p_code: string; p_community_id: string }; Returns: Json }
      make_calendar_drafts: {
        Args: { p_community_id: string; p_id: string; p_month: number; p_year: number }
        Returns: Json
      }
      make_pledge: {
        Args: {
          p_community_id: string
          p_due_on: string
          p_id: string
          p_is_shared?: boolean
          p_target?: string
          p_text: string
        }
        Returns: Json
      }
      mark_no_show: { Args: { p_community_id: string; p_id: string; p_signup_id: string }; Returns: Json }
      mark_notifications_read: { Args: { p_community_id: string; p_notification_id?: string }; Returns: Json }
      mark_order_ready: { Args: { p_community_id: string; p_id: string; p_order_id: string }; Returns: Json }
      merchant_statement: {
        Args: { p_community_id: string; p_from: string; p_merchant_id: string; p_to: string }
        Returns: Json
      }
      move_party_member: {
        Args: {
          p_community_id: string
          p_from?: string
          p_group_id?: string
          p_home_unit?: string
          p_id: string
          p_kind: string
          p_party_org_id: string
          p_person_id: string
        }
        Returns: Json
      }
      move_stock: {
        Args: {
          p_community_id: string
          p_id: string
          p_item_id: string
          p_kind: string
          p_quantity: number
          p_reason?: string
        }
        Returns: Json
      }
      my_backfills: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      my_blocks: { Args: { p_community_id: string }; Returns: Json }
      my_calendar_feeds: { Args: { p_community_id: string }; Returns: Json }
      my_dossier: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      my_duties: { Args: { p_community_id: string; p_month?: string }; Returns: Json }
      my_grid: { Args: { p_community_id: string; p_grid_id?: string }; Returns: Json }
      my_inbox: { Args: { p_community_id: string }; Returns: Json }
      my_member_code: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      my_nominations: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      my_notice_settings: { Args: { p_community_id: string }; Returns: Json }
      my_orders: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      my_party: { Args: { p_community_id: string }; Returns: Json }
      my_party_life: { Args: { p_community_id: string; p_year?: number }; Returns: Json }
      my_people: { Args: { p_community_id: string }; Returns: Json }
      my_pickup_code: { Args: { p_community_id: string; p_order_id: string }; Returns: Json }
      my_place: { Args: { p_community_id: string; p_kind: string; p_period: string; p_scope?: string }; Returns: Json }
      my_places: { Args: { p_community_id: string; p_kind: string; p_year: number }; Returns: Json }
      my_points: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      my_privacy: { Args: { p_community_id: string }; Returns: Json }
      my_qualifications: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      my_series: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      my_service: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      my_session: { Args: Record<PropertyKey, never>; Returns: Json }
      my_shifts: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      my_unread: { Args: { p_community_id: string }; Returns: number }
      my_wish_claims: { Args: { p_community_id: string }; Returns: Json }
      my_wishes: { Args: { p_community_id: string }; Returns: Json }
      my_year: { Args: { p_community_id: string; p_year?: number }; Returns: Json }
      name_panel: {
        Args: { p_community_id: string; p_cycle_id: string; p_id: string; p_person_ids: string[] }
        Returns: Json
      }
      nominate: {
        Args: {
          p_community_id: string
          p_cycle_id: string
          p_id: string
          p_person_id: string
          p_reason: string
          p_title?: string
        }
        Returns: Json
      }
      nominate_many: {
        Args: { p_community_id: string; p_cycle_id: string; p_id: string; p_person_ids: string[] }
        Returns: Json
      }
      nominees_to_propose: { Args: { p_community_id: string; p_cycle_id: string }; Returns: Json }
      note_pledge: {
        Args: { p_community_id: string; p_id: string; p_is_done?: boolean; p_pledge_id: string; p_text: string }
        Returns: Json
      }
      object_to_score: {
        Args: { p_community_id: string; p_id: string; p_rule_code?: string; p_score_id: string; p_text: string }
        Returns: Json
      }
      objection_answer: { Args: { p_code: string }; Returns: Json }
      offer_stand_in: {
        Args: { p_community_id: string; p_id: string; p_name?: string; p_signup_id: string; p_volunteer_no?: string }
        Returns: Json
      }
      office_today: { Args: { p_community_id: string }; Returns: Json }
      open_account: {
        Args: { p_birth_month: number; p_birth_year: number; p_id: string; p_locale?: string; p_terms_version: string }
        Returns: Json
      }
      open_cycle: { Args: { p_community_id: string; p_cycle_id: string; p_id: string }; Returns: Json }
      open_feedback: {
        Args: { p_community_id: string; p_for_person_id?: string; p_id: string; p_kind?: string; p_shift_id: string }
        Returns: Json
      }
      open_samples: {
        Args: { p_community_id: string; p_count: number; p_id: string; p_nomination_id: string }
        Returns: Json
      }
      opinions_wanted: { Args: { p_community_id: string }; Returns: Json }
      party_desk: { Args: { p_community_id: string }; Returns: Json }
      party_score: { Args: { p_community_id: string; p_person_id?: string; p_year?: number }; Returns: Json }
      party_tree: { Args: { p_community_id: string }; Returns: Json }
      penalise_false_record: {
        Args: { p_community_id: string; p_id: string; p_reason: string; p_record_id: string }
        Returns: Json
      }
      place_order: {
        Args: { p_community_id: string; p_for_person_id?: string; p_id: string; p_item_id: string; p_quantity?: number }
        Returns: Json
      }
      plan_cycle: { Args: { p_community_id: string; p_cycle_id: string; p_id: string; p_plan: Json }; Returns: Json }
      point_ledger_of: {
        Args: { p_community_id: string; p_id: string; p_person_id: string; p_reason: string }
        Returns: Json
      }
      point_report: { Args: { p_community_id: string; p_year?: number }; Returns: Json }
      point_statement: {
        Args: { p_community_id: string; p_for_person_id?: string; p_kind?: string; p_limit?: number; p_year?: number }
        Returns: Json
      }
      points_desk: { Args: { p_community_id: string }; Returns: Json }
      post_manual_adjustment: {
        Args: { p_adjustment_id: string; p_approve?: boolean; p_community_id: string; p_id: string }
        Returns: Json
      }
      post_map: { Args: { p_community_id: string }; Returns: Json }
      post_party_month: {
        Args: { p_community_id: string; p_id: string; p_org_id: string; p_year: number }
        Returns: Json
      }
      privacy_desk: { Args: { p_community_id: string }; Returns: Json }
      propose_manual_adjustment: {
        Args: { p_community_id: string; p_id: string; p_person_id: string; p_points: number; p_reason: string }
        Returns: Json
      }
      propose_ruleset: {
        Args: { p_changes: Json; p_community_id: string; p_effective_from: string; p_id: string }
        Returns: Json
      }
      public_corps: { Args: { p_community_id: string; p_corps_id: string }; Returns: Json }
      public_home: { Args: { p_community_id?: string }; Returns: Json }
      public_notice: { Args: { p_community_id?: string; p_notice_id: string }; Returns: Json }
      public_notices: { Args: { p_community_id?: string }; Returns: Json }
      publish_activities: { Args: { p_activity_ids: string[]; p_community_id: string; p_id: string }; Returns: Json }
      publish_activity: { Args: { p_activity_id: string; p_community_id: string; p_id: string }; Returns: Json }
      publish_duty_rules: {
        Args: { p_code: string; p_community_id: string; p_effective_from: string; p_id: string; p_rules: Json }
        Returns: Json
      }
      publish_formula: {
        Args: {
          p_code: string
          p_community_id: string
          p_gates: Json
          p_id: string
          p_indicators: Json
          p_kind: string
          p_quota: Json
        }
        Returns: Json
      }
      publish_notice: { Args: { p_community_id: string; p_cycle_id: string; p_id: string }; Returns: Json }
      publish_ruleset: {
        Args: { p_approve?: boolean; p_community_id: string; p_draft_id: string; p_id: string }
        Returns: Json
      }
      qualification_desk: { Args: { p_community_id: string }; Returns: Json }
      rate_nominee: { Args: { p_code: string; p_id: string; p_marks: Json; p_words?: string }; Returns: Json }
      rate_service: { Args: { p_code: string; p_id: string; p_stars: number; p_words?: string }; Returns: Json }
      read_attachment: { Args: { p_attachment_id: string; p_community_id: string }; Returns: Json }
      read_certificate: { Args: { p_certificate_id: string; p_community_id: string }; Returns: Json }
      realized_wishes: { Args: { p_community_id?: string }; Returns: Json }
      record_delivery: {
        Args: {
          p_attachment_ids?: string[]
          p_claim_id: string
          p_community_id: string
          p_id: string
          p_note?: string
          p_via: string
        }
        Returns: Json
      }
      record_dues: {
        Args: { p_community_id: string; p_id: string; p_month: string; p_paid_on?: string; p_person_ids: string[] }
        Returns: Json
      }
      record_home_proof: {
        Args: { p_community_id: string; p_id: string; p_person_id: string; p_points: number; p_year: number }
        Returns: Json
      }
      record_party_meeting: {
        Args: { p_community_id: string; p_data: Json; p_id: string; p_meeting_id: string }
        Returns: Json
      }
      record_party_remark: {
        Args: {
          p_community_id: string
          p_id: string
          p_kind: string
          p_level?: string
          p_note: string
          p_occurred_on: string
          p_person_id: string
        }
        Returns: Json
      }
      record_party_review: {
        Args: { p_community_id: string; p_grade: string; p_id: string; p_person_id: string; p_year: number }
        Returns: Json
      }
      record_study: {
        Args: {
          p_community_id: string
          p_id: string
          p_minutes: number
          p_person_ids: string[]
          p_studied_on: string
          p_title: string
        }
        Returns: Json
      }
      record_training_attendance: {
        Args: { p_community_id: string; p_id: string; p_present: string[]; p_session_id: string }
        Returns: Json
      }
      record_training_results: {
        Args: { p_community_id: string; p_failed?: string[]; p_id: string; p_passed: string[]; p_training_id: string }
        Returns: Json
      }
      redo_attendance: {
        Args: {
          p_community_id: string
          p_id: string
          p_in: string
          p_out: string
          p_reason: string
          p_signup_id: string
        }
        Returns: Json
      }
      register_past_service: {
        Args: { p_activity_id: string; p_community_id: string; p_id: string; p_service: Json }
        Returns: Json
      }
      register_person: {
        Args: {
          p_birth_month: number
          p_birth_year: number
          p_community_id: string
          p_consent_via?: string
          p_grid_id?: string
          p_guardian_name?: string
          p_guardian_phone?: string
          p_id: string
          p_name: string
          p_phone?: string
        }
        Returns: Json
      }
      register_volunteer: {
        Args: {
          p_availability?: string[]
          p_community_id: string
          p_consent_version: string
          p_for_person_id?: string
          p_id: string
          p_skills?: string[]
        }
        Returns: Json
      }
      reject_activity: {
        Args: { p_activity_id: string; p_community_id: string; p_id: string; p_reason: string }
        Returns: Json
      }
      release_block: { Args: { p_block_id: string; p_community_id: string; p_id: string }; Returns: Json }
      release_wish: {
        Args: { p_claim_id: string; p_community_id: string; p_id: string; p_reason: string; p_why?: string }
        Returns: Json
      }
      remove_corps_member: {
        Args: { p_community_id: string; p_corps_id: string; p_id: string; p_person_id: string }
        Returns: Json
      }
      report_in: {
        Args: {
          p_community_id: string
          p_consent_version?: string
          p_home_unit: string
          p_id: string
          p_liaison_group_id?: string
          p_strengths?: string
          p_unit_phone?: string
        }
        Returns: Json
      }
      request_correction: {
        Args: {
          p_community_id: string
          p_for_person_id?: string
          p_id: string
          p_kind: string
          p_note: string
          p_record_id?: string
          p_service_date?: string
        }
        Returns: Json
      }
      request_join: {
        Args: {
          p_code: string
          p_consent_version: string
          p_guardian_name?: string
          p_guardian_phone?: string
          p_id: string
          p_name: string
          p_phone: string
        }
        Returns: Json
      }
      reserve_block: {
        Args: {
          p_community_id: string
          p_id: string
          p_organisation: string
          p_places: number
          p_role: string
          p_shift_id: string
          p_until_at: string
        }
        Returns: Json
      }
      return_duty: { Args: { p_community_id: string; p_id: string; p_log_id: string; p_reason: string }; Returns: Json }
      return_wish: {
        Args: { p_community_id: string; p_id: string; p_reason: string; p_wish_id: string }
        Returns: Json
      }
      reveal_objection_contact: {
        Args: { p_community_id: string; p_id: string; p_objection_id: string }
        Returns: Json
      }
      reveal_person: {
        Args: { p_community_id: string; p_id: string; p_person_id: string; p_reason: string }
        Returns: Json
      }
      reveal_wish: {
        Args: { p_community_id: string; p_id: string; p_reason: string; p_wish_id: string }
        Returns: Json
      }
      reverse_earlier_hours: { Args: { p_community_id: string; p_entry_id: string; p_id: string }; Returns: Json }
      reverse_entry: {
        Args: { p_community_id: string; p_entry_id: string; p_id: string; p_reason: string }
        Returns: Json
      }
      reverse_service_record: {
        Args: { p_community_id: string; p_id: string; p_reason: string; p_record_id: string }
        Returns: Json
      }
      review_backfill: {
        Args: { p_backfill_id: string; p_community_id: string; p_id: string; p_pass: boolean; p_reason?: string }
        Returns: Json
      }
      review_corps_application: {
        Args: { p_accept: boolean; p_application_id: string; p_community_id: string; p_id: string; p_reason?: string }
        Returns: Json
      }
      review_join: {
        Args: {
          p_community_id: string
          p_decision: string
          p_guardian_consented?: boolean
          p_id: string
          p_person_id?: string
          p_reason?: string
          p_request_id: string
        }
        Returns: Json
      }
      review_spot_check: {
        Args: { p_community_id: string; p_flag_id: string; p_id: string; p_reason: string; p_reverse?: string[] }
        Returns: Json
      }
      review_wish: { Args: { p_community_id: string; p_id: string; p_public: Json; p_wish_id: string }; Returns: Json }
      revoke_award: {
        Args: { p_award_id: string; p_community_id: string; p_id: string; p_reason: string }
        Returns: Json
      }
      revoke_calendar_feed: { Args: { p_community_id: string; p_feed_id: string; p_id: string }; Returns: Json }
      revoke_certificate: { Args: { p_certificate_id: string; p_community_id: string; p_id: string }; Returns: Json }
      revoke_identity_card: { Args: { p_card_id: string; p_community_id: string; p_id: string }; Returns: Json }
      revoke_invite: { Args: { p_community_id: string; p_id: string; p_invite_id: string }; Returns: Json }
      reward_admin: { Args: { p_community_id: string }; Returns: Json }
      reward_desk: { Args: { p_community_id: string }; Returns: Json }
      reward_log: { Args: { p_community_id: string }; Returns: Json }
      reward_shop: { Args: { p_community_id: string; p_for_person_id?: string }; Returns: Json }
      role_desk: { Args: { p_community_id: string }; Returns: Json }
      rotate_calendar_feed: {
        Args: { p_community_id: string; p_corps_id?: string; p_id: string; p_token_hash: string }
        Returns: Json
      }
      rotate_member_code: { Args: { p_community_id: string; p_id: string }; Returns: Json }
      sample_codes: { Args: { p_community_id: string; p_nomination_id: string }; Returns: Json }
      sample_form: { Args: { p_code: string }; Returns: Json }
      save_activity: {
        Args: { p_activity: Json; p_activity_id: string; p_community_id: string; p_id: string }
        Returns: Json
      }
      save_calendar_rule: {
        Args: { p_community_id: string; p_id: string; p_rule: Json; p_rule_id: string }
        Returns: Json
      }
      save_corps: {
        Args: {
          p_charter?: string
          p_color: string
          p_community_id: string
          p_corps_id: string
          p_id: string
          p_name: string
          p_relay_phone?: string
        }
        Returns: Json
      }
      save_merchant: {
        Args: {
          p_address?: string
          p_community_id: string
          p_id: string
          p_is_active?: boolean
          p_merchant_id: string
          p_name: string
          p_opens?: string
          p_relay_phone?: string
        }
        Returns: Json
      }
      save_notice_settings: {
        Args: { p_community_id: string; p_muted: string[]; p_quiet_from: string; p_quiet_to: string }
        Returns: Json
      }
      save_party_org: {
        Args: {
          p_address?: string
          p_community_id: string
          p_founded_on?: string
          p_grid_id?: string
          p_id: string
          p_kind: string
          p_name: string
          p_org_id: string
          p_parent_id?: string
        }
        Returns: Json
      }
      save_reward_item: {
        Args: { p_community_id: string; p_id: string; p_item: Json; p_item_id: string; p_photo_ids?: string[] }
        Returns: Json
      }
      save_settings: { Args: { p_community_id: string; p_id: string; p_settings: Json }; Returns: Json }
      save_statement: {
        Args: { p_body: string; p_community_id: string; p_id: string; p_nomination_id: string }
        Returns: Json
      }
      save_summary: {
        Args: {
          p_activity_id: string
          p_body: string
          p_community_id: string
          p_id: string
          p_people_served?: number
          p_photos?: string[]
        }
        Returns: Json
      }
      save_training: {
        Args: { p_community_id: string; p_id: string; p_training: Json; p_training_id: string }
        Returns: Json
      }
      score_cycle: { Args: { p_community_id: string; p_cycle_id: string; p_id: string }; Returns: Json }
      send_thanks: {
        Args: {
          p_attachment_ids?: string[]
          p_claim_id: string
          p_community_id: string
          p_id: string
          p_is_public?: boolean
          p_text: string
        }
        Returns: Json
      }
      series_detail: { Args: { p_community_id: string; p_series_id: string }; Returns: Json }
      set_aside_objection: {
        Args: { p_community_id: string; p_id: string; p_objection_id: string; p_reason: string }
        Returns: Json
      }
      set_award_name: {
        Args: { p_community_id: string; p_id: string; p_nomination_id: string; p_shows_full_name: boolean }
        Returns: Json
      }
      set_board_consent: {
        Args: { p_alias?: string; p_community_id: string; p_display: string; p_id: string; p_version?: string }
        Returns: Json
      }
      set_capacity: {
        Args: {
          p_capacity: number
          p_community_id: string
          p_id: string
          p_reason?: string
          p_role: string
          p_shift_id: string
        }
        Returns: Json
      }
      set_locale: { Args: { p_locale: string }; Returns: Json }
      set_post_rule: {
        Args: { p_at_most?: number; p_community_id: string; p_id: string; p_post: string; p_wanted: number }
        Returns: Json
      }
      set_series_people: {
        Args: { p_community_id: string; p_id: string; p_people: Json; p_series_id: string }
        Returns: Json
      }
      settle_activity: { Args: { p_activity_id: string; p_community_id: string; p_id: string }; Returns: Json }
      settle_check_out: {
        Args: { p_community_id: string; p_id: string; p_left_at?: string; p_signup_id: string }
        Returns: Json
      }
      settle_pledge: {
        Args: { p_community_id: string; p_id: string; p_kept: boolean; p_pledge_id: string; p_reason?: string }
        Returns: Json
      }
      settle_wishes: { Args: { p_community_id: string }; Returns: Json }
      settling_desk: { Args: { p_community_id: string }; Returns: Json }
      share_pledge: {
        Args: { p_community_id: string; p_id: string; p_is_shared: boolean; p_pledge_id: string }
        Returns: Json
      }
      shift_detail: { Args: { p_community_id: string; p_for_person_id?: string; p_shift_id: string }; Returns: Json }
      shift_places_desk: { Args: { p_community_id: string; p_shift_id: string }; Returns: Json }
      shift_roster: { Args: { p_community_id: string; p_shift_id: string }; Returns: Json }
      sign_decisions: { Args: { p_community_id: string; p_cycle_id: string; p_id: string }; Returns: Json }
      simulate_ruleset: { Args: { p_changes?: Json; p_community_id: string }; Returns: Json }
      spot_check_desk: { Args: { p_community_id: string; p_days?: number }; Returns: Json }
      street_overview: { Args: { p_year?: number }; Returns: Json }
      submit_activity: { Args: { p_activity_id: string; p_community_id: string; p_id: string }; Returns: Json }
      submit_qualification: {
        Args: {
          p_community_id: string
          p_evidence?: string
          p_for_person_id?: string
          p_id: string
          p_kind: string
          p_valid_from: string
          p_valid_to?: string
        }
        Returns: Json
      }
      submit_series: { Args: { p_community_id: string; p_id: string; p_series_id: string }; Returns: Json }
      submit_wish: { Args: { p_community_id: string; p_id: string; p_wish: Json; p_wish_id: string }; Returns: Json }
      submit_wishes: { Args: { p_community_id: string; p_drive: string; p_id: string; p_rows: Json }; Returns: Json }
      training_detail: { Args: { p_community_id: string; p_training_id: string }; Returns: Json }
      undo_attendance: {
        Args: { p_community_id: string; p_id: string; p_reason: string; p_signup_id: string }
        Returns: Json
      }
      unlink_helper: { Args: { p_community_id: string; p_id: string; p_link_id: string }; Returns: Json }
      upload_attachment: {
        Args: {
          p_community_id: string
          p_data: string
          p_id: string
          p_kind: string
          p_mime: string
          p_seconds?: number
          p_words?: string
        }
        Returns: Json
      }
      verify_certificate: { Args: { p_code: string }; Returns: Json }
      verify_duty: { Args: { p_community_id: string; p_id: string; p_log_id: string }; Returns: Json }
      verify_seal: { Args: { p_community_id: string; p_cycle_id: string }; Returns: Json }
      vouch_attendance: { Args: { p_community_id: string; p_id: string; p_meeting_ids: string[] }; Returns: Json }
      wish_desk: { Args: { p_community_id: string }; Returns: Json }
      wish_detail: { Args: { p_community_id?: string; p_wish_id: string }; Returns: Json }
      wish_wall: {
        Args: {
          p_colors?: string[]
          p_community_id?: string
          p_kind?: string
          p_limit?: number
          p_near?: boolean
          p_offset?: number
          p_search?: string
        }
        Returns: Json
      }
      withdraw_award_publicity: {
        Args: { p_community_id: string; p_id: string; p_nomination_id: string }
        Returns: Json
      }
      withdraw_backfill: { Args: { p_backfill_id: string; p_community_id: string; p_id: string }; Returns: Json }
      withdraw_consent: { Args: { p_community_id: string; p_id: string; p_purpose: string }; Returns: Json }
      withdraw_corps_application: {
        Args: { p_application_id: string; p_community_id: string; p_id: string }
        Returns: Json
      }
      withdraw_home_proof: {
        Args: { p_community_id: string; p_id: string; p_proof_id: string; p_reason: string }
        Returns: Json
      }
      withdraw_join: { Args: { p_community_id: string; p_id: string; p_request_id: string }; Returns: Json }
      withdraw_party_meeting: {
        Args: { p_community_id: string; p_id: string; p_meeting_id: string; p_reason: string }
        Returns: Json
      }
      withdraw_party_remark: { Args: { p_community_id: string; p_id: string; p_remark_id: string }; Returns: Json }
      withdraw_stand_in: { Args: { p_community_id: string; p_id: string; p_stand_in_id: string }; Returns: Json }
      withdraw_study: {
        Args: { p_community_id: string; p_id: string; p_reason: string; p_study_id: string }
        Returns: Json
      }
      withdraw_wish: { Args: { p_community_id: string; p_id: string; p_wish_id: string }; Returns: Json }
      withhold_award: {
        Args: { p_community_id: string; p_id: string; p_nomination_id: string; p_reason: string }
        Returns: Json
      }
      year_dashboard: { Args: { p_community_id: string; p_year?: number }; Returns: Json }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums'] | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema['CompositeTypes']
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {},
  },
} as const
