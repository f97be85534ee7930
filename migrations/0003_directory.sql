-- The directory: organisations, their sites, what the sites can do. A blank limit is NULL. Ended rows stay.

CREATE TABLE org (
    id bigint PRIMARY KEY,
    reg_no text,
    name text NOT NULL,
    name_en text,
    kind text,
    homepage text,
    good_deals bigint NOT NULL,
    all_deals bigint NOT NULL,
    version bigint NOT NULL,
    changed_ms bigint NOT NULL
);
CREATE UNIQUE INDEX org_by_reg_no ON org (reg_no);
CREATE INDEX org_by_name ON org (name);

CREATE TABLE site (
    id bigint PRIMARY KEY,
    owner_org bigint NOT NULL REFERENCES org (id),
    ref text NOT NULL,
    name text NOT NULL,
    address text,
    region text,
    lat double precision,
    lon double precision,
    certificates_known bigint NOT NULL,
    version bigint NOT NULL,
    changed_ms bigint NOT NULL,
    ended_ms bigint
);
CREATE UNIQUE INDEX site_by_ref ON site (ref);
CREATE INDEX site_by_org ON site (owner_org, name);

CREATE TABLE site_certificate (
    site_id bigint NOT NULL REFERENCES site (id),
    pos bigint NOT NULL,
    code text NOT NULL,
    until_day bigint,
    PRIMARY KEY (site_id, pos)
);

CREATE TABLE capability (
    id bigint PRIMARY KEY,
    site_id bigint NOT NULL REFERENCES site (id),
    pos bigint NOT NULL,
    ref text NOT NULL,
    process text NOT NULL,
    size_x_mm double precision,
    size_y_mm double precision,
    size_z_mm double precision,
    mass_min_kg double precision,
    mass_max_kg double precision,
    thickness_min_mm double precision,
    thickness_max_mm double precision,
    layer_min_um double precision,
    layer_max_um double precision,
    force_max_t double precision,
    tolerance_it bigint,
    tolerance_mm double precision,
    tolerance_at_mm double precision,
    ra_um double precision,
    hardness_scale text,
    hardness_min double precision,
    hardness_max double precision,
    batch_min bigint,
    batch_max bigint,
    free_per_month double precision,
    free_kg_per_month double precision,
    lead_days bigint,
    price_setup_won double precision,
    price_per_piece_won double precision,
    price_per_kg_won double precision,
    energy_kwh_per_kg double precision,
    evidence text,
    words text,
    changed_ms bigint NOT NULL,
    ended_ms bigint
);
CREATE UNIQUE INDEX capability_by_ref ON capability (ref);
CREATE INDEX capability_by_site ON capability (site_id, pos);

-- kind: material, standard, tag, industry
CREATE TABLE capability_item (
    capability_id bigint NOT NULL REFERENCES capability (id),
    kind text NOT NULL,
    pos bigint NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (capability_id, kind, pos)
);
