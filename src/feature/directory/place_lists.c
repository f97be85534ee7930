/* The lists that are known, by their headings. Only what these lists share with a site is named here. */
#include "feature/directory/place_list.h"

static const struct place_column fablab[] = {
    {"facility_id", PLACE_REF},       {"name", PLACE_ORG_NAME}, {"type", PLACE_ROLES},   {"country", PLACE_COUNTRY},
    {"state_region", PLACE_PROVINCE}, {"city", PLACE_DISTRICT}, {"url", PLACE_HOMEPAGE}, {"address", PLACE_ADDRESS},
    {"postcode", PLACE_POSTCODE},     {"lat", PLACE_LAT},       {"lon", PLACE_LON},
};

static const struct place_column ted[] = {
    {"name", PLACE_ORG_NAME}, {"cpv_codes", PLACE_CPV},   {"evidence_titles", PLACE_TEXT}, {"country", PLACE_COUNTRY},
    {"town", PLACE_DISTRICT}, {"address", PLACE_ADDRESS}, {"postal_code", PLACE_POSTCODE},
};

/* Yearly list of registered factories of the whole country; one number may span several rows. */
static const struct place_column factory_year[] = {
    {"회사명", PLACE_ORG_NAME},   {"공장관리번호", PLACE_REF}, {"생산품", PLACE_PRODUCTS}, {"시도명", PLACE_PROVINCE},
    {"시군구명", PLACE_DISTRICT}, {"공장주소", PLACE_ADDRESS}, {"업종명", PLACE_INDUSTRY},
};

/* The same register as an open API names it. */
static const struct place_column factory_api[] = {
    {"cmpnyNm", PLACE_ORG_NAME}, {"fctryManageNo", PLACE_REF}, {"mainProductCn", PLACE_PRODUCTS},
    {"rnAdres", PLACE_ADDRESS},  {"indutyNm", PLACE_INDUSTRY}, {"hmpadr", PLACE_HOMEPAGE},
};

static const struct place_column ulsan[] = {
    {"entrprsNm", PLACE_ORG_NAME},
    {"locplc", PLACE_ADDRESS},
    {"mainProduct", PLACE_PRODUCTS},
    {"hmpg", PLACE_HOMEPAGE},
};

static const struct place_column smart_factory[] = {
    {"공장명", PLACE_ORG_NAME},   {"공장 일련번호", PLACE_REF}, {"주요생산제품", PLACE_PRODUCTS},
    {"공장업종", PLACE_INDUSTRY}, {"보유설비", PLACE_TEXT},
};

static const struct place_column us_suppliers[] = {
    {"name", PLACE_ORG_NAME}, {"city", PLACE_DISTRICT}, {"state", PLACE_PROVINCE},  {"postal_code", PLACE_POSTCODE},
    {"lat", PLACE_LAT},       {"lon", PLACE_LON},       {"address", PLACE_ADDRESS},
};

#define LIST(name, prefix, kind, columns, marks)                                                                       \
    {                                                                                                                  \
        name, prefix, kind, columns, sizeof columns / sizeof columns[0], marks                                         \
    }

const struct place_list place_lists[PLACE_LISTS] = {
    LIST("fablab", "FAB-", "fablab", fablab, 6),
    LIST("ted", "", "contractor", ted, 3),
    LIST("factory", "F-", "factory", factory_year, 3),
    LIST("factory", "F-", "factory", factory_api, 3),
    LIST("ulsan", "", NULL, ulsan, 3),
    LIST("smart_factory", "SF-", "factory", smart_factory, 3),
    LIST("us_suppliers", "", NULL, us_suppliers, 6),
};
