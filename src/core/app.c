/* Today, injected or by the clock. */
#include "core/app.h"

#include "core/setting.h"

struct day app_today(const struct app *app)
{
    int offset_min = app->settings ? (int)app->settings->day_offset_min : TIME_KOREA_OFFSET_MIN;
    return app->today.has ? app->today.v : day_of_ms(time_now_ms(), offset_min);
}
