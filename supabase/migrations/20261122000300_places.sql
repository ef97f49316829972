-- Place: compounds, buildings, entrances, households, grids, and venues where activities happen.

create table public.compounds (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  name text not null,
  address text,
  primary key (community_id, id),
  constraint compound_name_is_unique unique (community_id, name)
);
create table public.buildings (
  community_id uuid not null,
  id uuid not null,
  compound_id uuid not null,
  name text not null,
  primary key (community_id, id),
  foreign key (community_id, compound_id) references public.compounds (community_id, id),
  constraint building_name_is_unique_in_compound unique (community_id, compound_id, name)
);
create table public.entrances (
  community_id uuid not null,
  id uuid not null,
  building_id uuid not null,
  name text not null,
  primary key (community_id, id),
  foreign key (community_id, building_id) references public.buildings (community_id, id),
  constraint entrance_name_is_unique_in_building unique (community_id, building_id, name)
);
create table public.grids (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  code text not null,
  name text not null,
  sort int not null default 0,
  primary key (community_id, id),
  constraint grid_code_is_unique unique (community_id, code)
);
create table public.grid_buildings (
  community_id uuid not null,
  id uuid not null,
  grid_id uuid not null,
  building_id uuid not null,
  valid_from date not null,
  valid_to date,
  primary key (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  foreign key (community_id, building_id) references public.buildings (community_id, id),
  constraint grid_building_dates_are_in_order check (valid_to is null or valid_to >= valid_from)
);
create unique index building_is_in_one_grid_at_a_time on public.grid_buildings (community_id, building_id) where valid_to is null;
create index grid_buildings_by_grid on public.grid_buildings (community_id, grid_id);
create index grid_buildings_by_building on public.grid_buildings (community_id, building_id);

create table public.households (
  community_id uuid not null,
  id uuid not null,
  entrance_id uuid not null,
  door_no text not null,
  primary key (community_id, id),
  foreign key (community_id, entrance_id) references public.entrances (community_id, id),
  constraint door_is_unique_in_entrance unique (community_id, entrance_id, door_no)
);
comment on column public.households.door_no is 'personal data: address';

create table public.places (
  community_id uuid not null references public.communities (id),
  id uuid not null,
  name text not null,
  address text,
  compound_id uuid,
  grid_id uuid,
  primary key (community_id, id),
  foreign key (community_id, compound_id) references public.compounds (community_id, id),
  foreign key (community_id, grid_id) references public.grids (community_id, id),
  constraint place_name_is_unique unique (community_id, name)
);
create index places_by_compound on public.places (community_id, compound_id);
create index places_by_grid on public.places (community_id, grid_id);

alter table public.compounds enable row level security;
alter table public.buildings enable row level security;
alter table public.entrances enable row level security;
alter table public.grids enable row level security;
alter table public.grid_buildings enable row level security;
alter table public.households enable row level security;
alter table public.places enable row level security;

comment on table public.compounds is '小区 / 院落.';
comment on table public.buildings is '楼栋.';
comment on table public.entrances is '楼门.';
comment on table public.grids is '片 (网格); 300–500 households by practice.';
comment on table public.grid_buildings is 'Which building lies in which grid, with dates; a building lies in one grid at a time.';
comment on table public.households is '户. Addresses are personal data: readable by the staff only.';
comment on table public.places is 'Venues where activities happen.';
