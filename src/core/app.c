/* Today, injected or by the clock. */
#include "core/app.h"

struct day app_today(const struct app *app)
{
    return app->today.has ? app->today.v : day_of_ms(time_now_ms(), TIME_KOREA_OFFSET_MIN);
}
