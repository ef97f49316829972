import { HeartHandshake, Leaf, Scale, Shield, Sprout, Stethoscope, Wrench } from '@lucide/vue'
import type { CorpsColor } from '@/lib/corps'
import type { Component } from 'vue'

/** Colour is never the only cue: each corps has its own drawing. */
export const CORPS_ICONS: Record<CorpsColor, Component> = {
  red_relief: HeartHandshake,
  orange_youth: Sprout,
  yellow_patrol: Shield,
  green_eco: Leaf,
  cyan_law: Scale,
  blue_repair: Wrench,
  purple_health: Stethoscope,
}
