-- 积分超市 (X18): goods, services and honours for points. Points and stock are held when ordered, captured when handed over
-- against a one-time code, and given back by themselves when nobody came. Locks are taken in one order everywhere: stock
-- rows by item, then the person's account. Other people's accounts are only taken when they are free.

insert into private.setting_keys (key, kind, area, sort, unit, min_value, max_value, default_value) values
  ('reward_min_points', 'number', 'points', 60, 'points', 0, 500, 50),
  ('reward_max_points', 'number', 'points', 70, 'points', 50, 5000, 500),
  ('reward_orders_per_month', 'number', 'points', 80, 'times', 1, 31, 2),
  ('reward_points_per_year', 'number', 'points', 90, 'points', 100, 100000, 3000),
  ('reward_pickup_days', 'number', 'points', 100, 'days', 1, 60, 15)
on conflict (key) do nothing;

insert into private.notice_kinds (kind, "group") values
  ('reward_ready', 'points'), ('reward_lapsed', 'points'), ('reward_ordered_by_helper', 'must'), ('reward_picked_up', 'must'), ('reward_cancelled', 'must');

create table public.merchants (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  name text not null,
  address text,
  relay_phone text,
  opens text,
  is_active boolean not null default true,
  created_at timestamptz not null,
  primary key (community_id, id),
  constraint merchant_name_is_unique unique (community_id, name),
  constraint merchant_name_is_1_to_40 check (char_length(name) between 1 and 40)
);
comment on table public.merchants is 'Partner merchants that hand rewards over; their clerks are role grants reward_clerk with the scope merchant. The community''s own store is none of them.';
comment on column public.merchants.name is 'public within the community: a business, no person';
comment on column public.merchants.address is 'public within the community: where a business is';
comment on column public.merchants.relay_phone is 'public within the community: a business number, never a private one';

create table public.reward_items (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  merchant_id uuid,
  kind text not null check (kind in ('goods', 'service', 'honour')),
  name text not null,
  description text,
  points int not null,
  counts_stock boolean not null,
  min_hours int not null default 0,
  for_minors boolean not null default false,
  per_person_year int,
  status text not null default 'active' check (status in ('active', 'paused', 'retired')),
  sort int not null default 100,
  created_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, merchant_id) references public.merchants (community_id, id),
  constraint item_name_is_1_to_30 check (char_length(name) between 1 and 30),
  constraint points_are_0_to_5000 check (points between 0 and 5000),
  constraint only_an_honour_costs_nothing check (points > 0 or kind = 'honour'),
  constraint min_hours_is_0_to_5000 check (min_hours between 0 and 5000),
  constraint per_person_year_is_1_to_100 check (per_person_year between 1 and 100)
);
create unique index reward_item_name_is_unique on public.reward_items (community_id, name, coalesce(merchant_id, '00000000-0000-0000-0000-000000000000')) where status <> 'retired';
create index reward_items_by_merchant on public.reward_items (community_id, merchant_id);
comment on table public.reward_items is 'The catalogue (rules.md): goods and services for points, honours for none; no cash, no transfer. Under 18: services and books only (for_minors).';
comment on column public.reward_items.name is 'public within the community: what is given, no person';

create table public.reward_stocks (
  community_id uuid not null,
  item_id uuid not null,
  on_hand int not null default 0,
  held int not null default 0,
  primary key (community_id, item_id),
  foreign key (community_id, item_id) references public.reward_items (community_id, id),
  constraint stock_on_hand_is_never_below_zero check (on_hand >= 0),
  constraint held_stock_is_within_on_hand check (held between 0 and on_hand)
);
comment on table public.reward_stocks is 'Pieces there and pieces held by orders; on hand = Σ stock moves (invariant 10). An item that counts no stock (a service) has held orders only.';

create table public.stock_moves (
  community_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  kind text not null check (kind in ('in', 'loss', 'count', 'order')),
  quantity int not null,
  reason text,
  order_id uuid,
  at timestamptz not null,
  moved_by uuid not null,
  primary key (community_id, id),
  foreign key (community_id, item_id) references public.reward_stocks (community_id, item_id),
  foreign key (community_id, moved_by) references public.persons (community_id, id),
  constraint a_move_has_its_direction check (case kind when 'in' then quantity > 0 when 'loss' then quantity < 0 when 'order' then quantity < 0 else true end),
  constraint losses_and_counts_say_why check (kind in ('in', 'order') or reason is not null),
  constraint an_order_move_names_its_order check ((kind = 'order') = (order_id is not null))
);
create index stock_moves_by_item on public.stock_moves (community_id, item_id, at);
create index stock_moves_by_mover on public.stock_moves (community_id, moved_by);
create unique index an_order_leaves_the_store_once on public.stock_moves (community_id, order_id) where order_id is not null;
create trigger tg_stock_moves__append_only before update or delete on public.stock_moves for each row execute function private.tg_append_only();
comment on table public.stock_moves is 'Every piece in and out, append-only: delivered, lost (with a reason), counted (the difference, with a reason), handed over.';
comment on column public.stock_moves.reason is 'public within the office: free text about goods';

create table public.reward_orders (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  person_id uuid not null,
  item_id uuid not null,
  quantity int not null,
  points int not null,
  status text not null default 'placed' check (status in ('placed', 'ready', 'picked_up', 'cancelled', 'lapsed')),
  placed_at timestamptz not null,
  placed_by uuid not null,
  lapses_at timestamptz not null,
  ready_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  reason text,
  primary key (community_id, id),
  foreign key (community_id, person_id) references public.persons (community_id, id),
  foreign key (community_id, item_id) references public.reward_items (community_id, id),
  foreign key (community_id, placed_by) references public.persons (community_id, id),
  foreign key (community_id, ended_by) references public.persons (community_id, id),
  constraint quantity_is_1_to_20 check (quantity between 1 and 20),
  constraint an_ended_order_says_when check ((status in ('picked_up', 'cancelled', 'lapsed')) = (ended_at is not null)),
  constraint nobody_hands_over_to_oneself check (status <> 'picked_up' or ended_by <> person_id)
);
alter table public.stock_moves add constraint a_move_is_of_an_order foreign key (community_id, order_id) references public.reward_orders (community_id, id) not valid;
alter table public.stock_moves validate constraint a_move_is_of_an_order;
create index reward_orders_by_person on public.reward_orders (community_id, person_id, placed_at);
create index reward_orders_by_item on public.reward_orders (community_id, item_id, status);
create index reward_orders_handed_over on public.reward_orders (community_id, ended_at) include (points) where status = 'picked_up';
create index reward_orders_open on public.reward_orders (community_id, lapses_at) where status in ('placed', 'ready');
create index reward_orders_by_placer on public.reward_orders (community_id, placed_by);
create index reward_orders_by_ender on public.reward_orders (community_id, ended_by);
comment on table public.reward_orders is 'placed (hold) → ready → picked_up (capture) | cancelled | lapsed (release). An order past lapses_at is lapsed whether or not anybody wrote it down yet.';
comment on column public.reward_orders.reason is 'personal data: free text';

create table private.pickup_codes (
  community_id uuid not null,
  order_id uuid not null,
  code_hash text not null,
  expires_at timestamptz not null,
  seen_by uuid,
  primary key (community_id, order_id),
  foreign key (community_id, order_id) references public.reward_orders (community_id, id),
  foreign key (community_id, seen_by) references public.persons (community_id, id)
);
create index pickup_codes_by_clerk on private.pickup_codes (community_id, seen_by);
create unique index pickup_code_is_unique on private.pickup_codes (community_id, code_hash);
create table private.pickup_misses (
  community_id uuid not null,
  clerk_id uuid not null,
  at timestamptz not null,
  primary key (community_id, clerk_id, at),
  foreign key (community_id, clerk_id) references public.persons (community_id, id)
);
alter table private.pickup_codes enable row level security;
alter table private.pickup_misses enable row level security;
comment on table private.pickup_codes is 'The one living code of an order, hashed; five minutes, used once.';
comment on column private.pickup_codes.seen_by is 'The clerk who looked it up: only that one hands over against it, so that nobody guesses codes where misses are not counted.';
comment on table private.pickup_misses is 'Wrong codes a clerk typed: ten in ten minutes and one waits.';

create function private.tg_persons__drop_reward_words()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.reward_orders set reason = null where community_id = new.community_id and person_id = new.id and reason is not null;
  return null;
end $$;
create trigger tg_persons__drop_reward_words after update of status on public.persons
  for each row when (new.status = 'erased' and old.status <> 'erased') execute function private.tg_persons__drop_reward_words();

create function private.see_reward_item(p_community_id uuid, p_me uuid, p_owner_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.reward_items i where i.community_id = p_community_id and i.id = p_owner_id)
$$;
insert into private.attachment_owners (kind, can_see) values ('reward_item', 'see_reward_item');

-- ---------------------------------------------------------------- who serves at which counter

create function private.serves_merchant(p_community_id uuid, p_person_id uuid, p_merchant_id uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select case when p_merchant_id is null
    then private.holds_office(p_community_id, p_person_id, array['reward_clerk', 'community_worker', 'community_secretary'])
    else private.person_has_role(p_community_id, p_person_id, array['reward_clerk'], p_merchant_id)
      or private.holds_office(p_community_id, p_person_id, array['community_secretary']) end
$$;
comment on function private.serves_merchant(uuid, uuid, uuid) is
  'The clerks of a counter: of the community''s own store (null) its clerks and the office, of a merchant the merchant''s clerks and the secretary.';

create function private.require_rewards(p_community_id uuid)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.module_is_on(p_community_id, 'rewards') or not private.module_is_on(p_community_id, 'points') then
    perform private.fail(422, 'rewards_switched_off');
  end if;
end $$;

-- ---------------------------------------------------------------- catalogue and stock

create function public.save_merchant(p_community_id uuid, p_id uuid, p_merchant_id uuid, p_name text, p_address text default null,
  p_relay_phone text default null, p_opens text default null, p_is_active boolean default true)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'save_merchant',
    jsonb_build_object('merchant', p_merchant_id, 'name', p_name, 'address', p_address, 'relay', p_relay_phone, 'opens', p_opens, 'active', p_is_active));
  v_name text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_secretary(p_community_id, v_ctx.person_id);
  if p_merchant_id is null then perform private.fail(400, 'field_required', '{"field":"merchant"}'); end if;
  v_name := private.clean_text(p_name, 'name', 40);
  if normalize(coalesce(private.clean_text(p_relay_phone, 'relay_phone', 20, false), '0'), nfkc) !~ '^[0-9+() 转-]+$' then perform private.fail(400, 'phone_invalid'); end if;
  if exists (select 1 from public.merchants m where m.community_id = p_community_id and m.name = v_name and m.id <> p_merchant_id) then
    perform private.fail(409, 'name_taken', jsonb_build_object('name', v_name));
  end if;
  insert into public.merchants (community_id, id, name, address, relay_phone, opens, is_active, created_at)
    values (p_community_id, p_merchant_id, v_name, private.clean_text(p_address, 'address', 100, false), private.clean_text(p_relay_phone, 'relay_phone', 20, false),
      private.clean_text(p_opens, 'opens', 60, false), coalesce(p_is_active, true), private.now())
    on conflict (community_id, id) do update set name = excluded.name, address = excluded.address, relay_phone = excluded.relay_phone,
      opens = excluded.opens, is_active = excluded.is_active;
  return private.end_command(v_ctx, 'merchants', p_merchant_id, jsonb_build_object('merchant_id', p_merchant_id));
exception when unique_violation then perform private.fail(409, 'name_taken', jsonb_build_object('name', v_name)); return null;
end $$;
comment on function public.save_merchant(uuid, uuid, uuid, text, text, text, text, boolean) is
  'Takes a partner merchant in, changes or pauses it. Secretary. Its clerks: grant_role reward_clerk with the scope merchant. Errors: not_allowed, field_required, field_too_long, phone_invalid, name_taken {name}.';

create function public.save_reward_item(p_community_id uuid, p_id uuid, p_item_id uuid, p_item jsonb, p_photo_ids uuid[] default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'save_reward_item', jsonb_build_object('item', p_item_id, 'i', p_item, 'photos', p_photo_ids));
  v_old public.reward_items;
  v_new public.reward_items;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_secretary(p_community_id, v_ctx.person_id);
  if p_item_id is null or jsonb_typeof(p_item) is distinct from 'object' then perform private.fail(400, 'field_required', '{"field":"item"}'); end if;
  select * into v_old from public.reward_items i where i.community_id = p_community_id and i.id = p_item_id for update;
  begin
    v_new := jsonb_populate_record(null::public.reward_items, p_item - array['community_id', 'id', 'created_at']);
  exception when others then perform private.fail(400, 'field_invalid', '{"field":"item"}');
  end;
  if v_new.kind is null or v_new.kind not in ('goods', 'service', 'honour') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  if v_new.points is null or v_new.points not between (v_new.kind <> 'honour')::int and 5000 then perform private.fail(400, 'field_invalid', '{"field":"points"}'); end if;
  if coalesce(v_new.min_hours, 0) not between 0 and 5000 then perform private.fail(400, 'field_invalid', '{"field":"min_hours"}'); end if;
  if v_new.per_person_year not between 1 and 100 then perform private.fail(400, 'field_invalid', '{"field":"per_person_year"}'); end if;
  if coalesce(v_new.status, 'active') not in ('active', 'paused', 'retired') then perform private.fail(400, 'field_invalid', '{"field":"status"}'); end if;
  if v_new.merchant_id is not null and not exists (select 1 from public.merchants m where m.community_id = p_community_id and m.id = v_new.merchant_id) then
    perform private.fail(404, 'merchant_unknown');
  end if;
  -- What people ordered stays what it was: kind, counter and stock-keeping are of the item for good.
  if v_old.id is not null and (v_old.kind, v_old.counts_stock, v_old.merchant_id) is distinct from (v_new.kind, coalesce(v_new.counts_stock, v_new.kind = 'goods'), v_new.merchant_id)
     and exists (select 1 from public.reward_orders o where o.community_id = p_community_id and o.item_id = p_item_id) then
    perform private.fail(409, 'reward_item_in_use');
  end if;
  insert into public.reward_items as t (community_id, id, merchant_id, kind, name, description, points, counts_stock, min_hours, for_minors, per_person_year, status, sort, created_at)
    values (p_community_id, p_item_id, v_new.merchant_id, v_new.kind, private.clean_text(v_new.name, 'name', 30), private.clean_text(v_new.description, 'description', 300, false),
      v_new.points, coalesce(v_new.counts_stock, v_new.kind = 'goods'), coalesce(v_new.min_hours, 0), coalesce(v_new.for_minors, v_new.kind = 'service'),
      v_new.per_person_year, coalesce(v_new.status, 'active'), coalesce(v_new.sort, 100), private.now())
    on conflict (community_id, id) do update set merchant_id = excluded.merchant_id, kind = excluded.kind, name = excluded.name, description = excluded.description,
      points = excluded.points, counts_stock = excluded.counts_stock, min_hours = excluded.min_hours, for_minors = excluded.for_minors,
      per_person_year = excluded.per_person_year, status = excluded.status, sort = excluded.sort;
  insert into public.reward_stocks (community_id, item_id) values (p_community_id, p_item_id) on conflict do nothing;
  if cardinality(p_photo_ids) > 0 then
    perform private.delete_attachments(p_community_id, 'reward_item', p_item_id);
    perform private.claim_attachments(p_community_id, p_photo_ids, 'reward_item', p_item_id, v_ctx.person_id);
  end if;
  return private.end_command(v_ctx, 'reward_items', p_item_id, jsonb_build_object('item_id', p_item_id));
exception when unique_violation then perform private.fail(409, 'name_taken', jsonb_build_object('name', left(v_new.name, 30))); return null;
end $$;
comment on function public.save_reward_item(uuid, uuid, uuid, jsonb, uuid[]) is
  'Puts an item into the catalogue or changes it: {merchant_id, kind goods|service|honour, name, description, points, counts_stock, min_hours, for_minors, per_person_year, status active|paused|retired, sort}, photo. Orders keep the points they were placed with. Secretary. Errors: not_allowed, field_*, merchant_unknown, reward_item_in_use, name_taken {name}, those of attachments.';

create function public.move_stock(p_community_id uuid, p_id uuid, p_item_id uuid, p_kind text, p_quantity int, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'move_stock',
    jsonb_build_object('item', p_item_id, 'kind', p_kind, 'n', p_quantity, 'reason', p_reason));
  v_item public.reward_items;
  v_stock public.reward_stocks;
  v_by int;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_item from public.reward_items i where i.community_id = p_community_id and i.id = p_item_id;
  if not found or not private.serves_merchant(p_community_id, v_ctx.person_id, v_item.merchant_id) then perform private.fail(404, 'reward_item_unknown'); end if;
  if not v_item.counts_stock then perform private.fail(409, 'reward_item_without_stock'); end if;
  if p_kind is null or p_kind not in ('in', 'loss', 'count') then perform private.fail(400, 'field_invalid', '{"field":"kind"}'); end if;
  if p_quantity is null or p_quantity not between (p_kind <> 'count')::int and 100000 then perform private.fail(400, 'field_invalid', '{"field":"quantity"}'); end if;
  perform private.lapse_due(p_community_id, null, p_item_id);
  select * into v_stock from public.reward_stocks s where s.community_id = p_community_id and s.item_id = p_item_id for update;
  v_by := case p_kind when 'in' then p_quantity when 'loss' then -p_quantity else p_quantity - v_stock.on_hand end;
  if v_stock.on_hand + v_by < v_stock.held then
    perform private.fail(422, 'stock_below_held', jsonb_build_object('held', v_stock.held, 'on_hand', v_stock.on_hand));
  end if;
  if v_stock.on_hand + v_by > 1000000 then perform private.fail(400, 'field_invalid', '{"field":"quantity"}'); end if;
  if exists (select 1 from public.stock_moves m where m.community_id = p_community_id and m.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  insert into public.stock_moves (community_id, id, item_id, kind, quantity, reason, at, moved_by)
    values (p_community_id, p_id, p_item_id, p_kind, v_by, private.clean_text(p_reason, 'reason', 200, p_kind <> 'in'), private.now(), v_ctx.person_id);
  update public.reward_stocks set on_hand = on_hand + v_by where community_id = p_community_id and item_id = p_item_id;
  return private.end_command(v_ctx, 'stock_moves', p_id, jsonb_build_object('item_id', p_item_id, 'on_hand', v_stock.on_hand + v_by, 'change', v_by));
end $$;
comment on function public.move_stock(uuid, uuid, uuid, text, int, text) is
  'Stock in (delivered), loss (broken, past its date; with a reason) or count (the number counted; the difference is booked with a reason). Clerks of the counter. {item_id, on_hand, change}. Errors: reward_item_unknown, reward_item_without_stock, field_invalid, field_required, stock_below_held {held, on_hand}.';

create function private.tg_reward_stocks__agree()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  s public.reward_stocks;
begin
  select * into s from public.reward_stocks x where x.community_id = new.community_id and x.item_id = new.item_id;
  if s.on_hand <> (select coalesce(sum(m.quantity), 0) from public.stock_moves m where m.community_id = s.community_id and m.item_id = s.item_id)
     or s.held <> (select coalesce(sum(o.quantity), 0) from public.reward_orders o join public.reward_items i on i.community_id = o.community_id and i.id = o.item_id
       where o.community_id = s.community_id and o.item_id = s.item_id and i.counts_stock and o.status in ('placed', 'ready')) then
    raise exception 'stock_is_the_sum_of_its_moves: item %', s.item_id using errcode = '23514';
  end if;
  return null;
end $$;
comment on function private.tg_reward_stocks__agree() is 'Invariant 10, before a transaction may end: on hand = Σ moves, held = Σ open orders.';
create constraint trigger tg_reward_stocks__agree after insert or update on public.reward_stocks deferrable initially deferred
  for each row execute function private.tg_reward_stocks__agree();

-- ---------------------------------------------------------------- orders

create function private.order_has_lapsed(p_order public.reward_orders)
returns boolean language sql stable security definer set search_path = '' as $$
  select p_order.status in ('placed', 'ready') and p_order.lapses_at <= private.now()
$$;

create function private.end_order(p_order public.reward_orders, p_status text, p_by uuid, p_reason text)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.reward_orders set status = p_status, ended_at = case p_status when 'lapsed' then lapses_at else private.now() end, ended_by = p_by, reason = p_reason
    where community_id = p_order.community_id and id = p_order.id;
  delete from private.pickup_codes where community_id = p_order.community_id and order_id = p_order.id;
  update public.reward_stocks s set held = s.held - p_order.quantity from public.reward_items i
    where s.community_id = p_order.community_id and s.item_id = p_order.item_id and i.community_id = s.community_id and i.id = s.item_id and i.counts_stock;
  if p_order.points > 0 then perform private.release_hold(p_order.community_id, p_order.id); end if;
  if p_status = 'lapsed' then
    perform private.notify(p_order.community_id, p_order.person_id, 'reward_lapsed', jsonb_build_object('points', p_order.points, 'title',
      (select i.name from public.reward_items i where i.community_id = p_order.community_id and i.id = p_order.item_id)), '/rewards/orders');
  end if;
end $$;
comment on function private.end_order(public.reward_orders, text, uuid, text) is 'Cancelled or lapsed: stock and points are free again. The caller holds the stock row''s lock.';

create function private.lapse_due(p_community_id uuid, p_person_id uuid, p_item_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  o public.reward_orders;
begin
  -- Stock rows by item first, as everywhere.
  perform 1 from public.reward_stocks s where s.community_id = p_community_id and (s.item_id = p_item_id or s.item_id in (
      select d.item_id from public.reward_orders d where d.community_id = p_community_id and d.person_id = p_person_id
        and d.status in ('placed', 'ready') and d.lapses_at <= private.now()))
    order by s.item_id for update;
  if p_person_id is not null then perform private.lock_account(p_community_id, p_person_id); end if;
  for o in select d.* from public.reward_orders d where d.community_id = p_community_id and (d.item_id = p_item_id or d.person_id = p_person_id)
      and d.status in ('placed', 'ready') and d.lapses_at <= private.now() order by (d.person_id = p_person_id) desc nulls last, d.lapses_at limit 50
  loop
    -- An order that came in between under another item is lapsed by whoever touches that item.
    continue when o.item_id is distinct from p_item_id and not exists (select 1 from public.reward_stocks s
      where s.community_id = p_community_id and s.item_id = o.item_id for update skip locked);
    -- Somebody else's account is waited for by nobody: whoever holds it may be waiting for ours.
    if o.person_id is distinct from p_person_id and o.points > 0 then
      perform 1 from public.point_accounts a where a.community_id = p_community_id and a.id = o.person_id for update skip locked;
      continue when not found;
    end if;
    perform private.end_order(o, 'lapsed', null, null);
  end loop;
end $$;
comment on function private.lapse_due(uuid, uuid, uuid) is
  'Writes down what lapsed of an item and of a person (or null), before anything is decided about either, and keeps the person''s account locked. Correct without a job: until then every read says lapsed by the time.';

create function private.lapse_orders_of(p_community_id uuid, p_person_id uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  o public.reward_orders;
begin
  for o in select d.* from public.reward_orders d where d.community_id = p_community_id and d.person_id = p_person_id
      and d.status in ('placed', 'ready') and d.lapses_at <= private.now() order by d.item_id loop
    perform 1 from public.reward_stocks s where s.community_id = p_community_id and s.item_id = o.item_id for update skip locked;
    continue when not found;
    perform 1 from public.point_accounts a where a.community_id = p_community_id and a.id = p_person_id for update skip locked;
    continue when not found and o.points > 0;
    o := private.lock_order(o);
    continue when not private.order_has_lapsed(o);
    perform private.end_order(o, 'lapsed', null, null);
  end loop;
end $$;
comment on function private.lapse_orders_of(uuid, uuid) is
  'Writes down which orders of a person lapsed and tells them, where nobody else holds the locks: part of send_due_reminders, which waits for nobody.';

create function private.fund_use(p_community_id uuid, out outstanding bigint, out redeemed bigint)
language sql stable security definer set search_path = '' as $$
  select (select coalesce(sum(l.remaining), 0) from public.point_lots l where l.community_id = p_community_id and l.remaining > 0 and (l.expires_at > private.now() or l.held > 0)),
    (select coalesce(sum(o.points), 0) from public.reward_orders o where o.community_id = p_community_id and o.status = 'picked_up'
      and o.ended_at >= date_trunc('year', private.today())::timestamp at time zone 'Asia/Shanghai')
$$;
comment on function private.fund_use(uuid) is 'What the fund of the year has to cover, in points: what is outstanding, and what was handed over this year.';

create function private.fund_left_fen(p_community_id uuid)
returns bigint language sql stable security definer set search_path = '' as $$
  select nullif(private.setting_int(p_community_id, 'reward_fund_yuan', 0), 0)::bigint * 100 - (u.outstanding + u.redeemed) * private.setting_int(p_community_id, 'point_worth_fen', 10)
  from private.fund_use(p_community_id) u
$$;
comment on function private.fund_left_fen(uuid) is
  'The budget guard (rules.md): the fund approved for the year less what was redeemed this year and what outstanding points are worth, in fen; null where no fund is set. An order or a hand-over does not change it: points that are given do.';

create function private.fund_json(p_community_id uuid)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('yuan', private.setting_int(p_community_id, 'reward_fund_yuan', 0), 'worth_fen', private.setting_int(p_community_id, 'point_worth_fen', 10),
    'outstanding', u.outstanding, 'redeemed', u.redeemed, 'left_fen', private.fund_left_fen(p_community_id)) from private.fund_use(p_community_id) u
$$;
comment on function private.fund_json(uuid) is 'The fund as the office reads it.';

create function private.reward_use(p_community_id uuid, p_person_id uuid, out orders_this_month int, out points_this_year int)
language sql stable security definer set search_path = '' as $$
  select count(*) filter (where o.placed_at >= date_trunc('month', private.today())::timestamp at time zone 'Asia/Shanghai')::int,
    coalesce(sum(o.points), 0)::int
  from public.reward_orders o where o.community_id = p_community_id and o.person_id = p_person_id
    and o.placed_at >= date_trunc('year', private.today())::timestamp at time zone 'Asia/Shanghai'
    and (o.status = 'picked_up' or o.status in ('placed', 'ready') and o.lapses_at > private.now())
$$;
comment on function private.reward_use(uuid, uuid) is 'What counts against the limits: orders handed over or still open, by the Shanghai month and year they were placed in.';

create function private.why_not_reward(p_item public.reward_items, p_person_id uuid, p_quantity int, p_available int, out slug text, out params jsonb)
language plpgsql stable security definer set search_path = '' as $$
declare
  c uuid := p_item.community_id;
  v_points int := p_item.points * p_quantity;
  v_use record;
  v_n int;
begin
  params := '{}';
  if p_item.status <> 'active' or exists (select 1 from public.merchants m where m.community_id = c and m.id = p_item.merchant_id and not m.is_active) then
    slug := 'reward_item_paused';
    return;
  end if;
  if not p_item.for_minors and coalesce((select private.age_on(p.birth_year, pp.birth_month, private.today()) from public.persons p
      join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id where p.community_id = c and p.id = p_person_id), 18) < 18 then
    slug := 'reward_not_for_minors';
    return;
  end if;
  if p_item.min_hours > 0 then
    select coalesce(sum(r.minutes), 0) / 60 into v_n from public.service_records r where r.community_id = c and r.person_id = p_person_id;
    if v_n < p_item.min_hours then
      slug := 'reward_needs_hours';
      params := jsonb_build_object('hours', p_item.min_hours, 'have', v_n);
      return;
    end if;
  end if;
  if p_item.kind <> 'honour' and v_points < private.setting_int(c, 'reward_min_points') then
    slug := 'reward_below_minimum';
    params := jsonb_build_object('min', private.setting_int(c, 'reward_min_points'),
      'quantity', ceil(private.setting_int(c, 'reward_min_points')::numeric / p_item.points));
    return;
  end if;
  -- A single piece that costs more may be ordered alone: the catalogue has such (rules.md).
  if p_quantity > 1 and v_points > private.setting_int(c, 'reward_max_points') then
    slug := 'reward_above_maximum';
    params := jsonb_build_object('max', private.setting_int(c, 'reward_max_points'));
    return;
  end if;
  select * into v_use from private.reward_use(c, p_person_id);
  if p_item.kind <> 'honour' and v_use.orders_this_month >= private.setting_int(c, 'reward_orders_per_month') then
    slug := 'reward_month_used_up';
    params := jsonb_build_object('max', private.setting_int(c, 'reward_orders_per_month'));
    return;
  end if;
  if v_use.points_this_year + v_points > private.setting_int(c, 'reward_points_per_year') then
    slug := 'reward_year_used_up';
    params := jsonb_build_object('max', private.setting_int(c, 'reward_points_per_year'), 'used', v_use.points_this_year);
    return;
  end if;
  if p_item.per_person_year is not null then
    select coalesce(sum(o.quantity), 0) into v_n from public.reward_orders o where o.community_id = c and o.person_id = p_person_id and o.item_id = p_item.id
      and o.placed_at >= date_trunc('year', private.today())::timestamp at time zone 'Asia/Shanghai'
      and (o.status = 'picked_up' or o.status in ('placed', 'ready') and o.lapses_at > private.now());
    if v_n + p_quantity > p_item.per_person_year then
      slug := 'reward_item_limit';
      params := jsonb_build_object('max', p_item.per_person_year, 'have', v_n);
      return;
    end if;
  end if;
  if p_item.counts_stock then
    select s.on_hand - s.held + coalesce((select sum(o.quantity) from public.reward_orders o where o.community_id = c and o.item_id = p_item.id
        and o.status in ('placed', 'ready') and o.lapses_at <= private.now()), 0)
      into v_n from public.reward_stocks s where s.community_id = c and s.item_id = p_item.id;
    if coalesce(v_n, 0) < p_quantity then
      slug := 'reward_out_of_stock';
      params := jsonb_build_object('left', greatest(coalesce(v_n, 0), 0));
      return;
    end if;
  end if;
  if p_available < v_points then
    slug := 'points_not_enough';
    params := jsonb_build_object('available', p_available, 'needed', v_points);
  end if;
end $$;
comment on function private.why_not_reward(public.reward_items, uuid, int, int) is
  'The first reason why a person cannot order so many of an item now, or null; the same for the hint on the screen and for the command.';

create function public.place_order(p_community_id uuid, p_id uuid, p_item_id uuid, p_quantity int default 1, p_for_person_id uuid default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'place_order',
    jsonb_build_object('item', p_item_id, 'n', p_quantity, 'for', p_for_person_id));
  v_person uuid := coalesce(p_for_person_id, v_ctx.person_id);
  v_item public.reward_items;
  v_why record;
  v_points int;
  v_lapses timestamptz;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_rewards(p_community_id);
  if v_person <> v_ctx.person_id and not private.is_party_to(p_community_id, v_ctx.person_id, v_person) then perform private.fail(403, 'not_allowed'); end if;
  if p_quantity is null or p_quantity not between 1 and 20 then perform private.fail(400, 'field_invalid', '{"field":"quantity"}'); end if;
  if not exists (select 1 from public.persons p where p.community_id = p_community_id and p.id = v_person and p.status = 'active') then perform private.fail(404, 'person_unknown'); end if;
  if not exists (select 1 from public.reward_stocks s where s.community_id = p_community_id and s.item_id = p_item_id) then perform private.fail(404, 'reward_item_unknown'); end if;
  perform private.lapse_due(p_community_id, v_person, p_item_id);
  select * into v_item from public.reward_items i where i.community_id = p_community_id and i.id = p_item_id;
  v_points := v_item.points * p_quantity;
  select * into v_why from private.why_not_reward(v_item, v_person, p_quantity, private.points_available(p_community_id, v_person));
  if v_why.slug is not null then perform private.fail(422, v_why.slug, v_why.params); end if;
  -- The budget guard (rules.md): an order moves points from open to held, so that nobody's order changes this number.
  if v_points > 0 and private.fund_left_fen(p_community_id) < 0 then perform private.fail(422, 'reward_fund_used_up'); end if;
  if exists (select 1 from public.reward_orders o where o.community_id = p_community_id and o.id = p_id) then perform private.fail(409, 'id_reused'); end if;
  if v_points > 0 then perform private.hold_points(p_community_id, p_id, v_person, v_points, 'reward_order', p_id); end if;
  if v_item.counts_stock then
    update public.reward_stocks s set held = s.held + p_quantity where s.community_id = p_community_id and s.item_id = p_item_id and s.on_hand - s.held >= p_quantity;
    -- What lapsed of somebody whose account is busy just now holds its piece a moment longer.
    if not found then perform private.fail(422, 'reward_out_of_stock', '{"left":0}'); end if;
  end if;
  v_lapses := (private.today() + private.setting_int(p_community_id, 'reward_pickup_days') + 1)::timestamp at time zone 'Asia/Shanghai';
  insert into public.reward_orders (community_id, id, person_id, item_id, quantity, points, placed_at, placed_by, lapses_at)
    values (p_community_id, p_id, v_person, p_item_id, p_quantity, v_points, private.now(), v_ctx.person_id, v_lapses);
  if v_person <> v_ctx.person_id then
    perform private.notify(p_community_id, v_person, 'reward_ordered_by_helper', jsonb_build_object('title', v_item.name, 'points', v_points), '/rewards/orders');
  end if;
  return private.end_command(v_ctx, 'reward_orders', p_id,
    jsonb_build_object('order_id', p_id, 'status', 'placed', 'points', v_points, 'lapses_at', v_lapses), jsonb_build_object('item_id', p_item_id), v_person);
end $$;
comment on function public.place_order(uuid, uuid, uuid, int, uuid) is
  'Orders 1–20 pieces of an item for points: stock and points are held until picked up, cancelled or lapsed (15 days, to the end of the day). p_id is the order. For oneself or somebody one helps; the office spends nobody''s points. {order_id, status, points, lapses_at}. Errors: rewards_switched_off, not_allowed, person_unknown, reward_item_unknown, field_invalid, reward_item_paused, reward_not_for_minors, reward_needs_hours {hours, have}, reward_below_minimum {min, quantity}, reward_above_maximum {max}, reward_month_used_up {max}, reward_year_used_up {max, used}, reward_item_limit {max, have}, reward_out_of_stock {left}, reward_fund_used_up, points_not_enough {available, needed}, points_frozen {until_at}.';

create function private.order_for(p_community_id uuid, p_order_id uuid, p_me uuid)
returns public.reward_orders language plpgsql stable security definer set search_path = '' as $$
declare
  o public.reward_orders;
begin
  select * into o from public.reward_orders x where x.community_id = p_community_id and x.id = p_order_id;
  if not found or not (private.is_party_to(p_community_id, p_me, o.person_id)
      or private.serves_merchant(p_community_id, p_me, (select i.merchant_id from public.reward_items i where i.community_id = p_community_id and i.id = o.item_id))) then
    perform private.fail(404, 'order_unknown');
  end if;
  return o;
end $$;

create function private.lock_order(p_order public.reward_orders)
returns public.reward_orders language plpgsql volatile security definer set search_path = '' as $$
declare
  o public.reward_orders;
begin
  perform 1 from public.reward_stocks s where s.community_id = p_order.community_id and s.item_id = p_order.item_id for update;
  select * into o from public.reward_orders x where x.community_id = p_order.community_id and x.id = p_order.id for update;
  return o;
end $$;
comment on function private.lock_order(public.reward_orders) is 'The order as it is under the lock of its stock row.';

create function public.cancel_order(p_community_id uuid, p_id uuid, p_order_id uuid, p_reason text default null)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'cancel_order', jsonb_build_object('order', p_order_id, 'reason', p_reason));
  o public.reward_orders;
  v_reason text;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  o := private.order_for(p_community_id, p_order_id, v_ctx.person_id);
  -- A counter that cannot deliver says why.
  v_reason := private.clean_text(p_reason, 'reason', 200, not private.is_party_to(p_community_id, v_ctx.person_id, o.person_id));
  o := private.lock_order(o);
  if private.order_has_lapsed(o) then
    perform private.fail(409, 'order_ended', '{"status":"lapsed"}');
  end if;
  if o.status not in ('placed', 'ready') then perform private.fail(409, 'order_ended', jsonb_build_object('status', o.status)); end if;
  perform private.end_order(o, 'cancelled', v_ctx.person_id, v_reason);
  if v_ctx.person_id <> o.person_id then
    perform private.notify(p_community_id, o.person_id, 'reward_cancelled', jsonb_build_object('title',
      (select i.name from public.reward_items i where i.community_id = p_community_id and i.id = o.item_id), 'reason', coalesce(v_reason, ''), 'points', o.points), '/rewards/orders');
  end if;
  return private.end_command(v_ctx, 'reward_orders', p_order_id, jsonb_build_object('order_id', p_order_id, 'status', 'cancelled', 'points', o.points), '{}', o.person_id);
end $$;
comment on function public.cancel_order(uuid, uuid, uuid, text) is
  'Takes an order back: all points and pieces are free again. The person, a helper, or the counter with a reason. Errors: order_unknown, order_ended {status}, field_required.';

create function public.mark_order_ready(p_community_id uuid, p_id uuid, p_order_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'mark_order_ready', jsonb_build_object('order', p_order_id));
  o public.reward_orders := private.order_for(p_community_id, p_order_id, v_ctx.person_id);
  v_item public.reward_items;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  select * into v_item from public.reward_items i where i.community_id = p_community_id and i.id = o.item_id;
  if not private.serves_merchant(p_community_id, v_ctx.person_id, v_item.merchant_id) then perform private.fail(403, 'not_allowed'); end if;
  o := private.lock_order(o);
  if o.status <> 'placed' or private.order_has_lapsed(o) then
    perform private.fail(409, 'order_ended', jsonb_build_object('status', case when private.order_has_lapsed(o) then 'lapsed' else o.status end));
  end if;
  update public.reward_orders set status = 'ready', ready_at = private.now() where community_id = p_community_id and id = p_order_id;
  perform private.notify(p_community_id, o.person_id, 'reward_ready', jsonb_build_object('title', v_item.name, 'lapses_at', o.lapses_at), '/rewards/orders');
  return private.end_command(v_ctx, 'reward_orders', p_order_id, jsonb_build_object('order_id', p_order_id, 'status', 'ready'), '{}', o.person_id);
end $$;
comment on function public.mark_order_ready(uuid, uuid, uuid) is 'The counter has it ready; the person is told. Clerks of the counter. Errors: order_unknown, not_allowed, order_ended {status}.';

-- ---------------------------------------------------------------- the one-time code and the counter

create function public.my_pickup_code(p_community_id uuid, p_order_id uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  o public.reward_orders := private.order_for(p_community_id, p_order_id, v_me);
  v_code text;
  v_until timestamptz := private.now() + interval '5 minutes';
begin
  if not private.is_party_to(p_community_id, v_me, o.person_id) then perform private.fail(404, 'order_unknown'); end if;
  if o.status not in ('placed', 'ready') or private.order_has_lapsed(o) then
    perform private.fail(409, 'order_ended', jsonb_build_object('status', case when private.order_has_lapsed(o) then 'lapsed' else o.status end));
  end if;
  delete from private.pickup_codes k where k.community_id = p_community_id and k.expires_at < private.now();
  for n in 1..5 loop
    v_code := lpad((('x' || encode(extensions.gen_random_bytes(6), 'hex'))::bit(48)::bigint % 100000000)::text, 8, '0');
    begin
      insert into private.pickup_codes (community_id, order_id, code_hash, expires_at)
        values (p_community_id, p_order_id, encode(sha256(convert_to(p_community_id || v_code, 'UTF8')), 'hex'), v_until)
        on conflict (community_id, order_id) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at, seen_by = null;
      exit;
    exception when unique_violation then v_code := null;
    end;
  end loop;
  if v_code is null then perform private.fail(409, 'code_ambiguous'); end if;
  return jsonb_build_object('code', v_code, 'qr', 'SLP1:' || p_order_id || ':' || v_code, 'expires_at', v_until, 'server_time', private.now());
end $$;
comment on function public.my_pickup_code(uuid, uuid) is
  'A fresh one-time code of an order, five minutes, eight digits and the same as QR text; the one before is worthless. The person or a helper. Errors: not_signed_in, not_a_member, order_unknown, order_ended {status}.';

create function private.order_of_code(p_community_id uuid, p_clerk_id uuid, p_code text)
returns public.reward_orders language plpgsql volatile security definer set search_path = '' as $$
declare
  v_code text := regexp_replace(normalize(coalesce(p_code, ''), nfkc), '[\s-]', '', 'g');
  o public.reward_orders;
begin
  if p_code ~ '^\s*SLP1:' then v_code := split_part(p_code, ':', 3); end if;
  if v_code !~ '^[0-9]{8}$' then perform private.fail(400, 'pickup_code_invalid'); end if;
  select x.* into o from private.pickup_codes k join public.reward_orders x on x.community_id = k.community_id and x.id = k.order_id
    join public.reward_items i on i.community_id = x.community_id and i.id = x.item_id
    where k.community_id = p_community_id and k.code_hash = encode(sha256(convert_to(p_community_id || v_code, 'UTF8')), 'hex')
      and k.expires_at > private.now() and private.serves_merchant(p_community_id, p_clerk_id, i.merchant_id);
  return o;
end $$;
comment on function private.order_of_code(uuid, uuid, text) is 'The order of a living code at this clerk''s counter; null for a wrong one. Error: pickup_code_invalid (not a code at all).';

create function private.require_clerk(p_community_id uuid, p_person_id uuid)
returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not (private.serves_merchant(p_community_id, p_person_id, null) or exists (select 1 from public.merchants m
      where m.community_id = p_community_id and private.serves_merchant(p_community_id, p_person_id, m.id))) then
    perform private.fail(403, 'not_allowed');
  end if;
  if (select count(*) from private.pickup_misses m where m.community_id = p_community_id and m.clerk_id = p_person_id and m.at > private.now() - interval '10 minutes') >= 10 then
    perform private.fail(422, 'too_many_wrong_codes');
  end if;
end $$;
comment on function private.require_clerk(uuid, uuid) is 'Somebody who serves a counter and has not just typed ten wrong codes. Errors: not_allowed, too_many_wrong_codes.';

create function public.look_up_pickup(p_community_id uuid, p_code text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  o public.reward_orders;
begin
  perform private.require_clerk(p_community_id, v_me);
  o := private.order_of_code(p_community_id, v_me, p_code);
  if o.id is null then
    -- Answered, not raised: a refusal would take the count of misses back with it.
    insert into private.pickup_misses (community_id, clerk_id, at) values (p_community_id, v_me, private.now()) on conflict do nothing;
    delete from private.pickup_misses m where m.community_id = p_community_id and m.at < private.now() - interval '1 day';
    return jsonb_build_object('found', false);
  end if;
  update private.pickup_codes set seen_by = v_me where community_id = p_community_id and order_id = o.id;
  return (select jsonb_build_object('found', true, 'order_id', o.id, 'item', i.name, 'kind', i.kind, 'quantity', o.quantity, 'points', o.points,
      'name', p.display_name, 'placed_at', o.placed_at, 'is_me', o.person_id = v_me, 'placed_by_helper', o.placed_by <> o.person_id)
    from public.reward_items i, public.persons p
    where i.community_id = o.community_id and i.id = o.item_id and p.community_id = o.community_id and p.id = o.person_id);
end $$;
comment on function public.look_up_pickup(uuid, text) is
  'What a code is for, before anything is handed over: {found, order_id, item, quantity, points, name (masked)…}. A wrong, used or old code, or one of another counter, is {found: false} and counted. Clerks. Errors: not_signed_in, not_a_member, not_allowed, too_many_wrong_codes, pickup_code_invalid.';

create function public.fulfil_order(p_community_id uuid, p_id uuid, p_code text)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ctx private.command_context := private.begin_command(p_community_id, p_id, 'fulfil_order', jsonb_build_object('code', p_code));
  o public.reward_orders;
  v_item public.reward_items;
begin
  if v_ctx.replayed is not null then return v_ctx.replayed; end if;
  perform private.require_clerk(p_community_id, v_ctx.person_id);
  o := private.order_of_code(p_community_id, v_ctx.person_id, p_code);
  if o.id is null or not exists (select 1 from private.pickup_codes k where k.community_id = p_community_id and k.order_id = o.id and k.seen_by = v_ctx.person_id) then
    perform private.fail(422, 'pickup_code_wrong');
  end if;
  if o.person_id = v_ctx.person_id then perform private.fail(403, 'own_order'); end if;
  o := private.lock_order(o);
  -- The code again under the lock: whoever was second finds it used.
  delete from private.pickup_codes k where k.community_id = p_community_id and k.order_id = o.id;
  if not found or o.status not in ('placed', 'ready') then perform private.fail(409, 'order_ended', jsonb_build_object('status', o.status)); end if;
  if private.order_has_lapsed(o) then perform private.fail(409, 'order_ended', '{"status":"lapsed"}'); end if;
  select * into v_item from public.reward_items i where i.community_id = p_community_id and i.id = o.item_id;
  update public.reward_orders set status = 'picked_up', ended_at = private.now(), ended_by = v_ctx.person_id where community_id = p_community_id and id = o.id;
  if v_item.counts_stock then
    insert into public.stock_moves (community_id, id, item_id, kind, quantity, order_id, at, moved_by)
      values (p_community_id, private.new_id(), o.item_id, 'order', -o.quantity, o.id, private.now(), v_ctx.person_id);
    update public.reward_stocks set on_hand = on_hand - o.quantity, held = held - o.quantity where community_id = p_community_id and item_id = o.item_id;
  end if;
  if o.points > 0 then perform private.capture_hold(p_community_id, o.id, v_ctx.person_id); end if;
  perform private.notify(p_community_id, o.person_id, 'reward_picked_up', jsonb_build_object('title', v_item.name, 'points', o.points), '/rewards/orders');
  return private.end_command(v_ctx, 'reward_orders', o.id, jsonb_build_object('order_id', o.id, 'status', 'picked_up', 'points', o.points), '{}', o.person_id);
end $$;
comment on function public.fulfil_order(uuid, uuid, text) is
  'Hands an order over against its one-time code (eight digits or the scanned text), which the same clerk has looked up: points are spent, the piece leaves the store. Clerks of that counter, never to oneself. Errors: not_allowed, too_many_wrong_codes, pickup_code_invalid, pickup_code_wrong, own_order, order_ended {status}.';

-- ---------------------------------------------------------------- reading

create function private.stock_left(p_item public.reward_items)
returns int language sql stable security definer set search_path = '' as $$
  select case when p_item.counts_stock then (
    select greatest(s.on_hand - s.held + coalesce((select sum(o.quantity)::int from public.reward_orders o where o.community_id = s.community_id
        and o.item_id = s.item_id and o.status in ('placed', 'ready') and o.lapses_at <= private.now()), 0), 0)
    from public.reward_stocks s where s.community_id = p_item.community_id and s.item_id = p_item.id) end
$$;
comment on function private.stock_left(public.reward_items) is 'Pieces one can order now (null: a service or honour without stock); what lapsed counts as free.';

create function public.reward_shop(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
  v_available int;
  v_use record;
begin
  if v_person <> v_me and not private.is_party_to(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  perform private.require_rewards(p_community_id);
  v_available := private.points_available(p_community_id, v_person)
    + coalesce((select sum(o.points)::int from public.reward_orders o where o.community_id = p_community_id and o.person_id = v_person
        and o.status in ('placed', 'ready') and o.lapses_at <= private.now()), 0);
  select * into v_use from private.reward_use(p_community_id, v_person);
  return jsonb_build_object('available', v_available, 'orders_this_month', v_use.orders_this_month, 'points_this_year', v_use.points_this_year,
    'orders_per_month', private.setting_int(p_community_id, 'reward_orders_per_month'), 'points_per_year', private.setting_int(p_community_id, 'reward_points_per_year'),
    'min_points', private.setting_int(p_community_id, 'reward_min_points'), 'max_points', private.setting_int(p_community_id, 'reward_max_points'),
    'pickup_days', private.setting_int(p_community_id, 'reward_pickup_days'), 'server_time', private.now(),
    'items', coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'name', i.name, 'description', i.description, 'points', i.points,
        'min_hours', i.min_hours, 'for_minors', i.for_minors, 'per_person_year', i.per_person_year, 'left', private.stock_left(i),
        'merchant', (select jsonb_build_object('id', m.id, 'name', m.name, 'address', m.address, 'relay_phone', m.relay_phone, 'opens', m.opens)
          from public.merchants m where m.community_id = i.community_id and m.id = i.merchant_id),
        'least_quantity', q.n, 'why_not', w.slug, 'why_params', w.params, 'photos', private.attachments_of(p_community_id, 'reward_item', i.id))
        order by i.sort, i.points, i.name)
      from public.reward_items i
      cross join lateral (select case when i.points = 0 or i.kind = 'honour' then 1
        else greatest(ceil(private.setting_int(p_community_id, 'reward_min_points')::numeric / i.points), 1)::int end as n) q
      cross join lateral private.why_not_reward(i, v_person, q.n, v_available) w
      where i.community_id = p_community_id and i.status = 'active'), '[]'));
end $$;
comment on function public.reward_shop(uuid, uuid) is
  'The shop as one person sees it: what can be spent, the limits and how much of them is used, every item with what is left, the least number one orders, and why_not (slug or null). Errors: not_signed_in, not_a_member, not_allowed, rewards_switched_off.';

create function private.order_json(p_order public.reward_orders)
returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', p_order.id, 'item_id', p_order.item_id, 'item', i.name, 'kind', i.kind, 'quantity', p_order.quantity, 'points', p_order.points,
    'status', case when private.order_has_lapsed(p_order) then 'lapsed' else p_order.status end, 'placed_at', p_order.placed_at, 'lapses_at', p_order.lapses_at,
    'ready_at', p_order.ready_at, 'ended_at', case when private.order_has_lapsed(p_order) then p_order.lapses_at else p_order.ended_at end, 'reason', p_order.reason,
    'merchant', (select jsonb_build_object('id', m.id, 'name', m.name, 'address', m.address, 'relay_phone', m.relay_phone, 'opens', m.opens)
      from public.merchants m where m.community_id = i.community_id and m.id = i.merchant_id))
  from public.reward_items i where i.community_id = p_order.community_id and i.id = p_order.item_id
$$;

create function public.my_orders(p_community_id uuid, p_for_person_id uuid default null)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
  v_person uuid := coalesce(p_for_person_id, v_me);
begin
  if v_person <> v_me and not private.is_party_to(p_community_id, v_me, v_person) then perform private.fail(403, 'not_allowed'); end if;
  return jsonb_build_object('server_time', private.now(), 'orders', coalesce((
    select jsonb_agg(private.order_json(o) order by o.placed_at desc, o.id)
    from (select * from public.reward_orders x where x.community_id = p_community_id and x.person_id = v_person order by x.placed_at desc limit 100) o), '[]'));
end $$;
comment on function public.my_orders(uuid, uuid) is 'A person''s last 100 orders, each as it stands now. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.reward_desk(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not (private.serves_merchant(p_community_id, v_me, null) or exists (select 1 from public.merchants m
      where m.community_id = p_community_id and private.serves_merchant(p_community_id, v_me, m.id))) then
    perform private.fail(403, 'not_allowed');
  end if;
  return jsonb_build_object('server_time', private.now(),
    'counters', (select jsonb_agg(jsonb_build_object('merchant_id', c.id, 'name', c.name) order by c.id is not null, c.name) from (
        select null::uuid as id, null::text as name where private.serves_merchant(p_community_id, v_me, null)
        union all select m.id, m.name from public.merchants m where m.community_id = p_community_id and private.serves_merchant(p_community_id, v_me, m.id)) c),
    'orders', coalesce((select jsonb_agg(private.order_json(o) || jsonb_build_object('name', p.display_name, 'is_me', o.person_id = v_me) order by o.status = 'placed', o.lapses_at)
      from public.reward_orders o
      join public.reward_items i on i.community_id = o.community_id and i.id = o.item_id
      join public.persons p on p.community_id = o.community_id and p.id = o.person_id
      where o.community_id = p_community_id and o.status in ('placed', 'ready') and o.lapses_at > private.now()
        and private.serves_merchant(p_community_id, v_me, i.merchant_id)), '[]'),
    'handed_over_today', (select count(*) from public.reward_orders o where o.community_id = p_community_id and o.ended_by = v_me and o.status = 'picked_up'
      and private.day_of(o.ended_at) = private.today()),
    'stock', coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'name', i.name, 'kind', i.kind, 'merchant_id', i.merchant_id, 'points', i.points, 'status', i.status,
        'counts_stock', i.counts_stock, 'on_hand', s.on_hand, 'held', s.held,
        'moves', (select coalesce(jsonb_agg(jsonb_build_object('kind', v.kind, 'quantity', v.quantity, 'reason', v.reason, 'at', v.at) order by v.at desc), '[]')
          from (select * from public.stock_moves x where x.community_id = i.community_id and x.item_id = i.id order by x.at desc limit 10) v)) order by i.sort, i.name)
      from public.reward_items i join public.reward_stocks s on s.community_id = i.community_id and s.item_id = i.id
      where i.community_id = p_community_id and i.status <> 'retired' and private.serves_merchant(p_community_id, v_me, i.merchant_id)), '[]'));
end $$;
comment on function public.reward_desk(uuid) is
  'The counter: which counters the caller serves, their open orders by masked names, and their stock with the last ten moves. Clerks, office. Errors: not_signed_in, not_a_member, not_allowed.';

create function public.merchant_statement(p_community_id uuid, p_merchant_id uuid, p_from date, p_to date)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  if not private.serves_merchant(p_community_id, v_me, p_merchant_id) then perform private.fail(403, 'not_allowed'); end if;
  if p_from is null or p_to is null or not p_from between date '2000-01-01' and date '2200-01-01' or p_to not between p_from and p_from + 400 then perform private.fail(400, 'field_invalid', '{"field":"period"}'); end if;
  return (with lines as (
    select o.ended_at, i.name as item, o.quantity, o.points, p.display_name as person
    from public.reward_orders o
    join public.reward_items i on i.community_id = o.community_id and i.id = o.item_id and i.merchant_id is not distinct from p_merchant_id
    join public.persons p on p.community_id = o.community_id and p.id = o.person_id
    where o.community_id = p_community_id and o.status = 'picked_up'
      and o.ended_at >= p_from::timestamp at time zone 'Asia/Shanghai' and o.ended_at < (p_to + 1)::timestamp at time zone 'Asia/Shanghai')
    select jsonb_build_object('from', p_from, 'to', p_to, 'worth_fen', private.setting_int(p_community_id, 'point_worth_fen', 10),
      'merchant', (select m.name from public.merchants m where m.community_id = p_community_id and m.id = p_merchant_id),
      'points', (select coalesce(sum(l.points), 0) from lines l), 'orders', (select count(*) from lines),
      'items', coalesce((select jsonb_agg(to_jsonb(x) order by x.item) from (select l.item, sum(l.quantity)::int as quantity, sum(l.points)::int as points from lines l group by l.item) x), '[]'),
      'lines', coalesce((select jsonb_agg(jsonb_build_object('at', l.ended_at, 'item', l.item, 'quantity', l.quantity, 'points', l.points, 'name', l.person) order by l.ended_at) from lines l), '[]')));
end $$;
comment on function public.merchant_statement(uuid, uuid, date, date) is
  'What a counter (null: the community''s own store) handed over between two Shanghai days: sums by item, points and what a point is worth, lines with masked names. Its clerks, the secretary. Errors: not_signed_in, not_a_member, not_allowed, field_invalid {field: period}.';

create function public.reward_log(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  perform private.require_rewards(p_community_id);
  return coalesce((select jsonb_agg(jsonb_build_object('name', private.mask_name(coalesce(pp.real_name, '*')), 'item', i.name, 'quantity', o.quantity, 'day', private.day_of(o.ended_at)) order by o.ended_at desc)
    from (select * from public.reward_orders x where x.community_id = p_community_id and x.status = 'picked_up' order by x.ended_at desc limit 200) o
    join public.reward_items i on i.community_id = o.community_id and i.id = o.item_id
    left join public.person_private pp on pp.community_id = o.community_id and pp.person_id = o.person_id
    where o.person_id is not null and v_me is not null), '[]');
end $$;
comment on function public.reward_log(uuid) is 'The public log (rules.md): masked name, item, day of the last 200 handed over. Members. Errors: not_signed_in, not_a_member, rewards_switched_off.';

create function public.reward_admin(p_community_id uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_community_id);
begin
  perform private.require_secretary(p_community_id, v_me);
  return jsonb_build_object('server_time', private.now(),
    'items', coalesce((select jsonb_agg(to_jsonb(i) - array['community_id'] || jsonb_build_object('on_hand', s.on_hand, 'held', s.held,
        'photos', private.attachments_of(p_community_id, 'reward_item', i.id),
        'ordered_this_year', (select coalesce(sum(o.quantity), 0) from public.reward_orders o where o.community_id = i.community_id and o.item_id = i.id and o.status = 'picked_up'
          and o.placed_at >= date_trunc('year', private.today())::timestamp at time zone 'Asia/Shanghai')) order by i.status, i.sort, i.name)
      from public.reward_items i join public.reward_stocks s on s.community_id = i.community_id and s.item_id = i.id where i.community_id = p_community_id), '[]'),
    'merchants', coalesce((select jsonb_agg(to_jsonb(m) - array['community_id'] || jsonb_build_object('clerks', (
        select count(*) from public.role_grants g where g.community_id = m.community_id and g.role = 'reward_clerk' and g.scope_id = m.id
          and g.valid_from <= private.today() and (g.valid_to is null or g.valid_to >= private.today()))) order by m.name)
      from public.merchants m where m.community_id = p_community_id), '[]'),
    'fund', private.fund_json(p_community_id));
end $$;
comment on function public.reward_admin(uuid) is 'Catalogue, merchants with their clerks, and what is left of the fund. Secretary. Errors: not_signed_in, not_a_member, not_allowed.';

-- ---------------------------------------------------------------- policies

alter table public.merchants enable row level security;
alter table public.reward_items enable row level security;
alter table public.reward_stocks enable row level security;
alter table public.stock_moves enable row level security;
alter table public.reward_orders enable row level security;
grant select on public.merchants, public.reward_items, public.reward_stocks, public.stock_moves, public.reward_orders to authenticated;
create policy select_as_member on public.merchants for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_member on public.reward_items for select to authenticated using (community_id = any(array(select private.my_communities())));
create policy select_as_office on public.reward_stocks for select to authenticated using (community_id = any(array(select private.office_communities())));
create policy select_as_office on public.stock_moves for select to authenticated using (community_id = any(array(select private.office_communities())));
create policy select_own_or_as_office on public.reward_orders for select to authenticated using (
  (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.my_persons()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.my_person_keys() k))
  or (community_id = any(array(select private.my_communities())) and person_id = any(array(select private.persons_i_help()))
    and (community_id, person_id) in (select k.community_id, k.person_id from private.helped_person_keys() k))
  or community_id = any(array(select private.office_communities())));

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as signature, n.nspname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where (n.nspname = 'public' and p.proname in ('save_merchant', 'save_reward_item', 'move_stock', 'place_order', 'cancel_order', 'mark_order_ready', 'my_pickup_code',
        'look_up_pickup', 'fulfil_order', 'reward_shop', 'my_orders', 'reward_desk', 'merchant_statement', 'reward_log', 'reward_admin'))
      or (n.nspname = 'private' and p.proname in ('tg_persons__drop_reward_words', 'see_reward_item', 'serves_merchant', 'require_rewards', 'tg_reward_stocks__agree',
        'order_has_lapsed', 'end_order', 'lapse_due', 'lapse_orders_of', 'fund_use', 'fund_left_fen', 'fund_json', 'reward_use', 'why_not_reward', 'order_for', 'lock_order', 'order_of_code', 'require_clerk',
        'stock_left', 'order_json'))
  loop
    execute format('revoke all on function %s from public, anon, authenticated', f.signature);
    if f.nspname = 'public' then execute format('grant execute on function %s to authenticated', f.signature); end if;
  end loop;
end $$;
